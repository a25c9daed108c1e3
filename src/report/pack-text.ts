/** Bundles as a person reads them: packed, listed, verified. */

import { type Bundle, type ReadyBundle, signatureName } from '../model/bundle.ts'
import { bytesText } from '../model/bytes-text.ts'
import type { Outcome } from '../model/outcome.ts'
import type { PackageEntry, Reason } from '../model/package-contents.ts'
import { shownPath } from '../model/package-entries.ts'
import type { SignatureState, VerifiedBundle } from '../model/verified-bundle.ts'
import { framedAll } from './frame.ts'
import { count, type Style } from './style.ts'
import { cells } from './width.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

export function packedText({ bundles, without, diagnostics, scans }: Of<'packed'>, style: Style): string {
  const blocks = bundles.map((each) => ('ready' in each ? readyText(each, style) : bundleText(each, style)))
  const looked = scans.flatMap(({ key, scanner, is, why }) => {
    if (is === 'off') return []
    const said = `${key}: ${scanner} ${scanWords[is]}${why === undefined ? '' : ` (${why})`}`
    return [`${is === 'clean' ? style.dim('-') : style.yellow('!')} ${said}`]
  })
  const nothing = without.map(({ key, why }) => `${style.dim('-')} ${key}: ${why}.`)
  const framed = diagnostics.length === 0 ? [] : [framedAll(diagnostics, style)]
  return [...framed, ...blocks, ...looked, ...nothing].join('\n')
}

function bundleText(bundle: Bundle, style: Style): string {
  const { path, sha256, contentSha256, sbom, signedBy } = bundle
  return [
    head(bundle, style),
    `  SHA-256     ${sha256}`,
    `  of content  ${contentSha256}`,
    `  SBOM        ${sbomText(sbom)}`,
    `  signature   ${signedBy === undefined ? style.dim('none (--sign)') : `${path}.minisig, key ${signedBy}`}`,
  ].join('\n')
}

function readyText(bundle: ReadyBundle, style: Style): string {
  const { path, sha256, unpackedBytes, checksum, signature, signedBy } = bundle
  const signed = signature === undefined ? style.dim('none (--sign)') : `${signature}, key ${signedBy}`
  // Beside the archive it is found; elsewhere it has to be named.
  const isElsewhere = signature !== undefined && signature !== signatureName(path)
  return [
    head(bundle, style),
    `  ready: looked through and left as it is, ${bytesText(unpackedBytes)} unpacked`,
    `  SHA-256     ${sha256}`,
    `  checksum    ${checksum}`,
    `  signature   ${signed}`,
    ...(isElsewhere ? [style.dim(`              koo verify ${path} --signature ${signature}`)] : []),
  ].join('\n')
}

function head({ path, bytes: size, entries }: Bundle | ReadyBundle, style: Style): string {
  const about = `(${count(entries.length, 'entry', 'entries')}, ${bytesText(size)})`
  return `${style.green('✔')} ${style.bold(path)} ${style.dim(about)}`
}

const scanWords = {
  clean: 'found nothing',
  found: 'found something',
  absent: 'is not installed, so it did not look',
  failed: 'could not look',
  off: 'is switched off',
} as const

function sbomText(sbom: Bundle['sbom']): string {
  if (sbom === undefined) return 'none: no lock file or package manifest is in the package'
  if (sbom.components === undefined) return `${sbom.path}, your own`
  return `${sbom.path}, ${count(sbom.components, 'component')}`
}

export function contentsText({ products }: Of<'contents'>, style: Style): string {
  if (products.length === 0) return 'None of these products has files to pack.'
  return products
    .map(({ name, folder, contents: { packed, left, bytes: size } }) =>
      [
        `${style.bold(name)} ${style.dim(`from ${folder}: ${count(packed.length, 'entry', 'entries')}, ${bytesText(size)}`)}`,
        ...tree(packed, style),
        ...(left.length === 0 ? [] : ['', 'Left out:', ...tree(left, style, foldersOf(packed))]),
      ].join('\n'),
    )
    .join('\n\n')
}

/** Each folder once, what is in it below it, with the reason at the end of the line. */
function tree(
  entries: readonly PackageEntry[],
  style: Style,
  partly: ReadonlySet<string> = new Set(),
): readonly string[] {
  const lines: (readonly [text: string, size: string, why: string])[] = []
  let open: readonly string[] = []
  for (const entry of entries) {
    const parts = shownPath(entry.path).split('/')
    const folders = parts.slice(0, -1)
    const shared = folders.findIndex((folder, index) => folder !== open[index])
    const from = shared < 0 ? folders.length : shared
    for (const [index, folder] of folders.entries()) {
      if (index >= from) lines.push([`${'  '.repeat(index + 1)}${folder}/`, '', ''])
    }
    open = folders
    lines.push([
      `${'  '.repeat(parts.length)}${nameOf(entry)}`,
      entry.kind === 'file' ? bytesText(entry.bytes) : '',
      `${partly.has(entry.path) ? 'the rest of it: ' : ''}${reason(entry.why)}`,
    ])
  }
  const width = Math.min(
    60,
    lines.reduce((most, [text]) => Math.max(most, cells(text)), 0),
  )
  return lines.map(([text, size, why]) => {
    const gap = ' '.repeat(Math.max(0, width - cells(text)))
    return why === '' ? text : `${text}${gap}  ${size.padStart(9)}  ${style.dim(why)}`
  })
}

/** Every folder something lies in. */
function foldersOf(entries: readonly PackageEntry[]): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const { path } of entries) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      folders.add(path.slice(0, slash))
  }
  return folders
}

function nameOf({ path, kind, executable, target }: PackageEntry): string {
  const name = shownPath(path.slice(path.lastIndexOf('/') + 1))
  switch (kind) {
    case 'folder':
      return `${name}/`
    case 'link':
      return `${name} -> ${shownPath(target ?? '')}`
    case 'file':
      return executable ? `${name}*` : name
    default:
      return `${name} (${kind === 'special' ? 'no file' : 'unreadable'})`
  }
}

function reason(why: Reason): string {
  switch (why.by) {
    case 'files':
      return why.glob
    case 'exclude':
      return `exclude: ${why.glob}`
    case 'ignore':
      return `.kooignore:${why.line}: ${why.pattern}`
    case 'default':
      return 'never packed, unless .kooignore says so'
    case 'koo':
      return 'made by koo'
    case 'manifest':
      return why.field
    case 'archive':
      return ''
    case 'nothing':
      return 'no glob matches'
  }
}

export function verifiedText({ bundles }: Of<'verified'>, style: Style): string {
  return bundles.map((bundle) => verifiedOne(bundle, style)).join('\n')
}

function verifiedOne(bundle: VerifiedBundle, style: Style): string {
  const { path, bytes: size, product, entries, problems, signature, digest, sha256 } = bundle
  const good = problems.length === 0
  const about =
    product === undefined ? '' : shownPath(`${product.key} ${product.version}, packed by koo ${product.koo}; `)
  const held =
    entries === undefined ? 'not packed by koo, so its entries are not checked' : count(entries, 'entry', 'entries')
  return [
    `${good ? style.green('✔') : style.red('✘')} ${style.bold(path)} ${style.dim(`(${about}${held}, ${bytesText(size)})`)}`,
    ...problems.slice(0, mostProblems).map(({ message }) => `  ${style.red('error:')} ${message}`),
    ...(problems.length > mostProblems ? [`  and ${problems.length - mostProblems} more`] : []),
    `  SHA-256    ${sha256}${digestWords[digest]}`,
    `  signature  ${signatureText(signature)}`,
  ].join('\n')
}

const mostProblems = 20
const digestWords = { same: ', as its checksum file says', other: '', missing: '; there is no checksum file' } as const

function signatureText(signature: SignatureState): string {
  switch (signature.is) {
    case 'valid':
      return `valid, by key ${signature.keyId}`
    case 'unknown-key':
      return `by key ${signature.keyId}, which is not known here; not checked (--key)`
    case 'missing':
      return 'none, so nothing proves who packed it'
    default:
      return 'refused'
  }
}
