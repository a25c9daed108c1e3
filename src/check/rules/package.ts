/** The software package koo packs: its globs stay in the folder and match something, and everything in it can be kept. */
import type { Finding } from '../../model/diagnostic.ts'
import type { DiagnosticCode } from '../../model/diagnostic-codes.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { PackageContents } from '../../model/package-contents.ts'
import { brokenLinks, clashes, unpackable } from '../../model/package-entries.ts'
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
