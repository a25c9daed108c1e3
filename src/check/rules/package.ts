/** The software package koo packs: its globs stay in the folder, match something, match no link and not too much. */
import type { Finding } from '../../model/diagnostic.ts'
import type { Manifest } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import { leadsOut } from '../../model/references.ts'
import { sizeFindings } from './archive.ts'
import type { Rule } from './rule.ts'

const packagePath = ['delivery', 'package', 'files']

export const packageRule: Rule = ({
  manifest,
  packageFiles,
  packageLinks = [],
  packageBytes = 0,
  packageIdle = [],
}) => {
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
  const links = packageLinks.map((link): Finding => {
    return { code: 'package-link', path, message: `\`${link}\` is a symbolic link, which the bundle would not hold.` }
  })
  if (packageFiles === undefined || packageFiles.length + links.length > 0) {
    return [...links, ...idleFindings(manifest, packageIdle), ...sizeFindings(path, packageBytes)]
  }
  const message = 'These globs match no file, so the bundle would be empty.'
  const hint = 'Globs are relative to the manifest; for all of a folder, write software/**.'
  // One glob is the mistake itself.
  const at = globs.length === 1 ? pointer([...packagePath, 0]) : path
  return [{ code: 'package-empty', path: at, message, hint }]
}

function idleFindings({ delivery }: Manifest, idle: readonly string[]): readonly Finding[] {
  const { files = [], exclude = [] } = delivery.package ?? {}
  const told = (globs: readonly string[], key: string, says: string) =>
    globs.flatMap((glob, index): readonly Finding[] => {
      if (!idle.includes(glob)) return []
      const path = pointer(['delivery', 'package', key, index])
      return [{ code: 'package-glob-idle', path, message: `\`${glob}\` matches no file${says}.` }]
    })
  return [...told(files, 'files', ''), ...told(exclude, 'exclude', ', so it leaves nothing out')]
}
