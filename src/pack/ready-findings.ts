/** What a look through a ready archive found → findings at the field that names it. */
import type { Finding } from '../model/diagnostic.ts'
import type { DiagnosticCode } from '../model/diagnostic-codes.ts'
import type { PackageEntry } from '../model/package-contents.ts'
import {
  brokenLinks,
  clashes,
  foldersOf,
  followed,
  linksOf,
  parentsOf,
  shownPath,
  unpackable,
} from '../model/package-entries.ts'
import { pointer } from '../model/pointer.ts'
import { leadsOut } from '../model/references.ts'
import { secretInArchive } from '../model/secret-names.ts'
import type { Ready } from './ready.ts'
import type { ReadyEntry } from './ready-look.ts'

export const readyPath = pointer(['delivery', 'package', 'archive'])

/** `exclude` and comments that suppress, of which the codes speak, are for packages koo packs. */
const hints: Readonly<Partial<Record<DiagnosticCode, string>>> = {
  'package-entry': 'Make the archive again without it.',
  'package-link-outside': 'Make the archive again, with the file itself in its place or without it.',
  'package-link-broken': 'Make the archive again, with what it points at or without it.',
  'package-name-clash': 'Make the archive again, with another name for one of them.',
  'package-secret': secretInArchive,
}

/** The rest is counted. */
const mostOfAKind = 20

export function findingsOf(code: DiagnosticCode, messages: readonly string[]): readonly Finding[] {
  const rest = messages.length - mostOfAKind
  const hint = hints[code]
  return messages.slice(0, mostOfAKind).map((message, index): Finding => {
    const isLast = index === mostOfAKind - 1 && rest > 0
    const told = isLast ? `${message} There are ${rest} more like it.` : message
    return { code, path: readyPath, message: told, ...(hint === undefined ? {} : { hint }) }
  })
}

/** All but secrets. */
export function readyFindings(archive: string, { entries, troubles, damage }: Ready): readonly Finding[] {
  const hard = entries.filter((entry) => entry.hard)
  const packed = listedEntries(entries.filter((entry) => !entry.hard))
  const outside = packed.filter(({ leads }) => leads === 'outside')
  const names = new Set(entries.filter((entry) => entry.kind === 'file').map(({ path }) => path))
  const strays = hard.filter(({ target = '' }) => leadsOut(target))
  const lost = hard.filter(({ target = '' }) => !leadsOut(target) && !names.has(target.replace(/^(\.\/)+/, '')))
  return [
    ...findingsOf('package-broken', [
      ...(damage === undefined ? [] : [`\`${archive}\` cannot be read to its end. ${damage}`]),
      ...troubles,
    ]),
    ...findingsOf('package-entry', [
      ...entries.flatMap((entry) => unsafeName(entry) ?? unpackable({ path: entry.name, kind: entry.kind })),
      ...behindLinks(packed),
    ]),
    ...findingsOf(
      'package-link-outside',
      [...outside, ...strays].map(
        ({ path, target = '' }) =>
          `The link \`${shownPath(path)}\` leads out of the archive, to \`${shownPath(target)}\`.`,
      ),
    ),
    ...findingsOf(
      'package-link-broken',
      // What is missing in an archive that breaks off is not worth telling.
      (damage === undefined ? [...brokenLinks(packed), ...lost] : []).map(
        ({ path, target = '' }) =>
          `\`${shownPath(path)}\` points at \`${shownPath(target)}\`, which is not in the archive.`,
      ),
    ),
    ...findingsOf('package-name-clash', [
      ...clashes(entries).map(
        ([one, other]) => `\`${shownPath(one)}\` and \`${shownPath(other)}\` are one file on Windows and macOS.`,
      ),
      ...repeated(entries),
    ]),
  ]
}

/** The entries as those of a package koo packs. */
export function listedEntries(entries: readonly ReadyEntry[]): readonly PackageEntry[] {
  const plain = entries.map(({ path, kind, bytes, executable, target }): PackageEntry => {
    return { path, kind, bytes, executable, why: { by: 'archive' }, ...(target === undefined ? {} : { target }) }
  })
  const links = linksOf(plain)
  return plain.map((entry) => {
    if (entry.kind !== 'link') return entry
    const { is } = followed(entry.path, entry.target ?? '', links)
    return { ...entry, leads: is === 'loop' ? 'nowhere' : is }
  })
}

function unsafeName({ name }: ReadyEntry): readonly string[] | undefined {
  if (name === '') return ['An entry has no name.']
  return leadsOut(name) ? [`\`${shownPath(name)}\` would be unpacked outside of the folder.`] : undefined
}

/** Programs that unpack them write where the link leads, or refuse to. */
function behindLinks(packed: readonly PackageEntry[]): readonly string[] {
  const links = linksOf(packed)
  if (links.size === 0) return []
  return packed.flatMap(({ path }) => {
    const link = parentsOf(path).find((each) => links.has(each))
    return link === undefined
      ? []
      : [`\`${shownPath(path)}\` would be unpacked through the link \`${shownPath(link)}\`.`]
  })
}

/** Names that are there twice, where the last one wins, and files that are folders too. */
function repeated(entries: readonly ReadyEntry[]): readonly string[] {
  const kinds = new Map<string, ReadyEntry['kind']>()
  const twice = new Set<string>()
  const both = new Set<string>()
  for (const { path, kind } of entries) {
    const before = kinds.get(path)
    if (before !== undefined && before !== kind) both.add(path)
    else if (before !== undefined && kind !== 'folder') twice.add(path)
    kinds.set(path, kind)
  }
  for (const folder of foldersOf(entries)) if (kinds.get(folder) === 'file') both.add(folder)
  return [
    ...[...twice].map((path) => `\`${shownPath(path)}\` is in the archive more than once.`),
    ...[...both].map((path) => `\`${shownPath(path)}\` is two things in the archive.`),
  ]
}
