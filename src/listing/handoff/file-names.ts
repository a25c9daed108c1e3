/** What the files of a product are called in the folder of its hand-over: by what they are, in the form's own words. */
import { pointer } from '../../model/pointer.ts'
import { fileReferences } from '../../model/references.ts'
import type { Form } from './form.ts'

export interface NamedFile {
  /** JSON Pointer of the field that names it. */
  readonly field: string
  /** As the manifest names it. */
  readonly file: string
  readonly name: string
  /** The software package, ready. */
  readonly isPackage: boolean
}

/** Every file that is entered somewhere, once for each place. What only goes into the package is not among them. */
export function namedFiles(manifest: unknown, form: Form): readonly NamedFile[] {
  return fileReferences(manifest).flatMap(({ path, file, role }): readonly NamedFile[] => {
    if ('why' in form.place(path)) return []
    const field = pointer(path)
    if (role === 'archive') return [{ field, file, name: packageName(file), isPackage: true }]
    const last = path.at(-1) ?? ''
    const isOne = !/^\d+$/.test(last)
    const named = form.at(isOne ? path : path.slice(0, -1)).file ?? plain(isOne ? last : (path.at(-2) ?? 'file'))
    const { stem, suffix } = parted(file)
    const name = isOne ? named : `${named}-${String(Number(last) + 1).padStart(2, '0')}-${plain(stem)}`
    return [{ field, file, name: `${name}${suffix}`, isPackage: false }]
  })
}

/**
 * The asset center takes letters, digits, "-", "_" and parentheses before the suffix.
 * Source: https://support.huaweicloud.com/intl/zh-cn/sp-marketplace/en-us_topic_0000002094807665.html, 2025-12-02.
 */
export function packageName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const suffix = /(\.tar\.gz|\.tar|\.zip)$/i.exec(name)?.[0] ?? ''
  const stem = name
    .slice(0, name.length - suffix.length)
    // An accent goes, its letter stays.
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_()-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${stem === '' ? 'package' : stem}${suffix.toLowerCase()}`
}

function parted(file: string): { readonly stem: string; readonly suffix: string } {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const suffix = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return { stem: name.slice(0, name.length - suffix.length), suffix: suffix.toLowerCase() }
}

/** Letters of all scripts stay, and nothing that another operating system, or a form, could stumble over. */
function plain(stem: string): string {
  const words = stem
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
  return words.replace(/^-+|-+$/g, '').toLowerCase() || 'file'
}
