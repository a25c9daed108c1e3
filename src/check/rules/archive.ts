/** A software package that is ready: its name, its format and its size (page "Application assets"). */
import type { Finding } from '../../model/diagnostic.ts'
import type { NamedFile } from './files.ts'
import { contentType, expectedType } from './signatures.ts'

const gigabyte = 1024 ** 3
const most = 20 * gigabyte

const suffix = /\.(zip|tar|tar\.gz)$/

export function archiveFindings({ path, file, fact }: NamedFile): readonly Finding[] {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return [...nameFindings(path, name), ...formatFindings(path, name, fact.head), ...sizeFindings(path, fact.bytes)]
}

function nameFindings(path: string, name: string): readonly Finding[] {
  const stem = name.replace(suffix, '')
  if (stem === name || stem === '' || !/^[A-Za-z0-9_().-]+$/.test(stem)) {
    const message = `The asset center does not take a package named \`${name}\`.`
    return [{ code: 'package-name', path, message }]
  }
  if (!stem.includes('.')) return []
  const better = `${stem.replaceAll('.', '-')}${suffix.exec(name)?.[0] ?? ''}`
  const message = `\`${name}\` has dots before its suffix.`
  return [{ code: 'package-name-dots', path, message, hint: `Rename it, for example to ${better}.` }]
}

function formatFindings(path: string, name: string, head: Uint8Array): readonly Finding[] {
  const expected = suffix.test(name) ? expectedType(name) : undefined
  if (expected === undefined || contentType(head) === expected) return []
  return [{ code: 'package-format', path, message: `\`${name}\` is not the archive its name says.` }]
}

/** Over 20 GB a package is refused, over 1 GB it goes through the seller's own OBS bucket. */
export function sizeFindings(path: string, bytes: number): readonly Finding[] {
  const size = `${(bytes / gigabyte).toFixed(1)} GB`
  if (bytes > most) {
    return [{ code: 'package-too-large', path, message: `The software package has ${size}; 20 GB are the most.` }]
  }
  if (bytes <= gigabyte) return []
  return [{ code: 'package-large', path, message: `The software package has ${size}, and goes through OBS.` }]
}
