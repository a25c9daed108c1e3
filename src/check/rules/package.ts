/** The software package koo packs: its globs stay in the folder, match something, match no link and not too much. */
import type { Finding } from '../../model/diagnostic.ts'
import { pointer } from '../../model/pointer.ts'
import { leadsOut } from '../../model/references.ts'
import { sizeFindings } from './archive.ts'
import type { Rule } from './rule.ts'

const packagePath = ['delivery', 'package', 'files']

export const packageRule: Rule = ({ manifest, packageFiles, packageLinks = [], packageBytes = 0 }) => {
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
    return [...links, ...sizeFindings(path, packageBytes)]
  }
  return [{ code: 'package-empty', path, message: 'These globs match no file, so the bundle would be empty.' }]
}
