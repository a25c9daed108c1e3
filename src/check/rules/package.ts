/** The software package koo packs: its globs stay in the folder and match something, and everything in it can be kept. */
import type { Finding } from '../../model/diagnostic.ts'
import type { DiagnosticCode } from '../../model/diagnostic-codes.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { PackageContents, PackageEntry } from '../../model/package-contents.ts'
import { pointer } from '../../model/pointer.ts'
import { leadsOut } from '../../model/references.ts'
import { sizeFindings } from './archive.ts'
import type { Rule } from './rule.ts'

const packagePath = ['delivery', 'package', 'files']

export const packageRule: Rule = ({ manifest, inPackage }) => {
  const { files: globs, archive } = manifest.delivery.package ?? {}
  if (globs === undefined) return []
  const path = pointer(packagePath)
  if (archive !== undefined) {
    const message = 'The software package is given twice, as `archive` and as `files`.'
    return [{ code: 'package-ambiguous', path, message, at: 'key' }]
  }
  const outside = globs.flatMap((glob, index): readonly Finding[] => {
    const message = `\`${glob}\` leads out of the product’s folder.`
    return leadsOut(glob) ? [{ code: 'file-outside', path: pointer([...packagePath, index]), message }] : []
  })
  if (outside.length > 0) return outside
  if (inPackage === undefined) return []
  if (inPackage.packed.some(({ why }) => why.by === 'files')) {
    return [...entryFindings(inPackage), ...idleFindings(manifest, inPackage), ...sizeFindings(path, inPackage.bytes)]
  }
  const message = 'These globs match no file, so the bundle would be empty.'
  const hint = 'Globs are relative to the manifest; for all of a folder, write software/**.'
  // One glob is the mistake itself.
  const at = globs.length === 1 ? pointer([...packagePath, 0]) : path
  return [{ code: 'package-empty', path: at, message, hint }]
}

/** Nobody reads more of a kind. */
const mostOfAKind = 20

/** What an archive could not keep, or a customer could not unpack. */
function entryFindings(contents: PackageContents): readonly Finding[] {
  const { packed } = contents
  const told = (code: DiagnosticCode, messages: readonly string[]): readonly Finding[] =>
    messages.slice(0, mostOfAKind).map((message) => ({ code, path: pointer(packagePath), message }))
  const outside = packed.filter(({ leads }) => leads === 'outside')
  return [
    ...told('package-entry', packed.flatMap(unpackable)),
    ...told(
      'package-link-outside',
      outside.map(
        ({ path, target }) => `The symbolic link \`${path}\` leads out of the product’s folder, to \`${target}\`.`,
      ),
    ),
    ...told(
      'package-link-broken',
      brokenLinks(packed).map(({ path, target }) => `\`${path}\` points at \`${target}\`, which is not in the bundle.`),
    ),
    ...told(
      'package-name-clash',
      clashes(packed).map(([one, other]) => `\`${one}\` and \`${other}\` are one file on Windows and macOS.`),
    ),
  ]
}

function unpackable({ path, kind }: PackageEntry): readonly string[] {
  const shown = JSON.stringify(path).slice(1, -1)
  if (kind === 'special') return [`\`${shown}\` is a socket, a device or a pipe.`]
  if (path.includes('\uFFFD')) return [`The name of \`${shown}\` is not UTF-8.`]
  if (kind === 'lost') return [`\`${shown}\` cannot be looked at.`]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\\\u0000-\u001f\u007f]/.test(path)) return [`The name \`${shown}\` has a backslash or a control character.`]
  return []
}

/** Links that point at nothing, or at something that is not packed with them. */
function brokenLinks(packed: readonly PackageEntry[]): readonly PackageEntry[] {
  const links = packed.filter(({ leads }) => leads === 'inside' || leads === 'nowhere')
  if (links.length === 0) return []
  const there = new Set(packed.flatMap(({ path }) => [path, ...parentsOf(path)]))
  const isLink = new Set(packed.filter(({ kind }) => kind === 'link').map(({ path }) => path))
  return links.filter(({ path, target = '', leads }) => {
    const aim = resolved(path, target)
    // What lies behind another link is not worked out here.
    return leads === 'nowhere' || !(aim === '' || there.has(aim) || parentsOf(aim).some((each) => isLink.has(each)))
  })
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Where a link points, in the bundle. */
function resolved(link: string, target: string): string {
  const parts = link.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** Paths, of files or the folders they are in, that differ only in case or in how accents are written. */
function clashes(packed: readonly PackageEntry[]): readonly (readonly [string, string])[] {
  const first = new Map<string, string>()
  const found = new Map<string, readonly [string, string]>()
  for (const entry of packed) {
    for (const path of [...parentsOf(entry.path), entry.path]) {
      const folded = path.normalize('NFC').toLowerCase()
      const other = first.get(folded)
      if (other === undefined) first.set(folded, path)
      else if (other !== path && !found.has(path)) found.set(path, [other, path])
    }
  }
  return [...found.values()]
}

function idleFindings({ delivery }: Manifest, { idle }: PackageContents): readonly Finding[] {
  const { files = [], exclude = [] } = delivery.package ?? {}
  const told = (globs: readonly string[], key: string, says: string) =>
    globs.flatMap((glob, index): readonly Finding[] => {
      if (!idle.includes(glob)) return []
      const path = pointer(['delivery', 'package', key, index])
      return [{ code: 'package-glob-idle', path, message: `\`${glob}\` matches no file${says}.` }]
    })
  return [...told(files, 'files', ''), ...told(exclude, 'exclude', ', so it leaves nothing out')]
}
