/** The files a manifest names: there, inside the product's folder, and a logo that is one. */
import type { Finding } from '../../model/diagnostic.ts'
import type { FileFact } from '../../model/file-fact.ts'
import { pointer } from '../../model/pointer.ts'
import { type FileReference, fileReferences } from '../../model/references.ts'
import type { Rule } from './rule.ts'

const logoPixels = 120
const logoBytes = 5 * 1024 * 1024

export const filesRule: Rule = ({ manifest, files }) =>
  fileReferences(manifest).flatMap((reference) => {
    const fact = files.get(reference.file)
    return fact === undefined ? [] : findingsOf(reference, fact)
  })

function findingsOf({ path, file, role }: FileReference, fact: FileFact): readonly Finding[] {
  const at = pointer(path)
  switch (fact.is) {
    case 'missing':
      return [{ code: 'file-missing', path: at, message: `There is no file \`${file}\`.`, ...slashHint(file) }]
    case 'unreadable':
      return [
        { code: 'file-missing', path: at, message: `\`${file}\` cannot be read.`, hint: 'Check its permissions.' },
      ]
    case 'folder':
      return [{ code: 'file-missing', path: at, message: `\`${file}\` is a folder, not a file.` }]
    case 'outside':
      return [{ code: 'file-outside', path: at, message: `\`${file}\` leads out of the product’s folder.` }]
    case 'file':
      return role === 'logo' ? logoFindings(at, fact) : []
  }
}

function slashHint(file: string): { readonly hint?: string } {
  return file.includes('\\') ? { hint: 'Write paths with forward slashes.' } : {}
}

function logoFindings(path: string, { bytes, head }: Extract<FileFact, { is: 'file' }>): readonly Finding[] {
  const size = pngSize(head)
  if (size === undefined) return [{ code: 'logo-format', path, message: 'The logo is not a PNG image.' }]
  if (bytes > logoBytes) {
    return [{ code: 'logo-bytes', path, message: `The logo has ${bytes} bytes, more than ${logoBytes}.` }]
  }
  if (size.width === logoPixels && size.height === logoPixels) return []
  const message = `The logo measures ${size.width} × ${size.height} pixels, not ${logoPixels} × ${logoPixels}.`
  return [{ code: 'logo-size', path, message }]
}

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const headerEnd = 24

/** Width and height from a PNG's first chunk, or undefined where the bytes are no PNG. */
function pngSize(head: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (head.length < headerEnd || !pngStart.every((byte, index) => head[index] === byte)) return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

const packagePath = ['delivery', 'package', 'files']

/** The package's globs stay in the product's folder, match something, and match no link. */
export const packageRule: Rule = ({ manifest, packageFiles, packageLinks = [] }) => {
  const globs = manifest.delivery.package?.files ?? []
  const outside = globs.flatMap((glob, index): readonly Finding[] => {
    const path = pointer([...packagePath, index])
    const message = `\`${glob}\` leads out of the product’s folder.`
    return leadsOut(glob) ? [{ code: 'file-outside', path, message }] : []
  })
  if (outside.length > 0) return outside
  const path = pointer(packagePath)
  const links = packageLinks.map((link): Finding => {
    return { code: 'package-link', path, message: `\`${link}\` is a symbolic link, which the bundle would not hold.` }
  })
  if (packageFiles === undefined || packageFiles.length + links.length > 0) return links
  return [{ code: 'package-empty', path, message: 'These globs match no file, so the bundle would be empty.' }]
}

function leadsOut(glob: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(glob) || glob.split(/[/\\]/).includes('..')
}
