/** What was found in a bundle, and what its signature and checksum say → what is wrong with it. */
import { shownPath } from '../model/package-entries.ts'
import type { BundleProblem, SignatureState, VerifiedBundle } from '../model/verified-bundle.ts'
import type { EntryDifference } from './compared.ts'
import type { Examined } from './verify.ts'

export function verdictOn(of: {
  readonly path: string
  readonly examined: Examined
  readonly signature: SignatureState
  /** From the checksum file beside the bundle; empty where that is none. */
  readonly digest: string | undefined
}): VerifiedBundle {
  const { path, examined, signature } = of
  const { format, bytes, sha256, contentSha256, list } = examined
  const digest = of.digest === undefined ? 'missing' : of.digest === sha256 ? 'same' : 'other'
  return {
    path,
    format,
    bytes,
    sha256,
    ...(contentSha256 === undefined ? {} : { contentSha256 }),
    signature,
    digest,
    ...(list === undefined
      ? {}
      : { entries: list.entries.length, product: { key: list.key, version: list.version, koo: list.koo } }),
    problems: [
      ...signatureProblems(signature),
      ...(digest === 'other'
        ? [{ code: 'digest' as const, message: 'Its SHA-256 is not the one in the checksum file.' }]
        : []),
      ...(list === undefined && examined.differences.length === 0
        ? unlistedProblems(examined, { isSigned: signature.is === 'valid', isWhole: digest === 'same' })
        : contentProblems(examined)),
    ],
  }
}

function signatureProblems(signature: SignatureState): readonly BundleProblem[] {
  const told = (message: string): readonly BundleProblem[] => [{ code: 'signature', message }]
  switch (signature.is) {
    case 'invalid':
      return told('The signature is not of this file: one of the two was changed.')
    case 'other-key':
      return told(`It is signed with the key ${signature.keyId}, not with ${signature.wanted}.`)
    case 'malformed':
      return told(signature.why)
    case 'missing':
      return signature.isWanted ? told('There is no signature.') : []
    default:
      return []
  }
}

/** An archive of somebody else's making has no list, and may be packed in ways that koo does not: its signature decides. */
function unlistedProblems(
  examined: Examined,
  is: { readonly isSigned: boolean; readonly isWhole: boolean },
): readonly BundleProblem[] {
  if (is.isSigned) return []
  if (examined.damage !== undefined && !is.isWhole) return contentProblems(examined)
  const message =
    'It holds no koo-bundle.json that says what should be in it, and no signature by a known key proves it.'
  return [{ code: 'no-list', message }]
}

function contentProblems(examined: Examined): readonly BundleProblem[] {
  const { damage, damagedEntry, differences, oddities, isRepacked } = examined
  const altered = new Set(differences.map(({ path }) => path))
  return [
    ...differences.map((each): BundleProblem => ({ code: each.is, entry: each.path, message: sentence(each) })),
    ...(damage === undefined ? [] : [isRepacked ? repackedProblem(damage) : damageProblem(damage, damagedEntry)]),
    ...oddProblems(isRepacked ? [] : oddities.filter(({ path }) => !altered.has(path))),
  ]
}

/** What is odd about many entries is told once. */
function oddProblems(oddities: Examined['oddities']): readonly BundleProblem[] {
  const byWhat = new Map<string, { readonly entry: string; readonly count: number }>()
  for (const { path, what } of oddities) {
    const { entry = path, count = 0 } = byWhat.get(what) ?? {}
    byWhat.set(what, { entry, count: count + 1 })
  }
  return [...byWhat].map(([what, { entry, count }]) => {
    const more = count === 1 ? '' : ` The same of ${count - 1} more.`
    return { code: 'odd', entry, message: `\`${shownPath(entry)}\`: ${what}.${more}` }
  })
}

function repackedProblem(damage: string): BundleProblem {
  return { code: 'damaged', message: `Another program packed it again. ${damage}` }
}

function damageProblem(damage: string, entry: string | undefined): BundleProblem {
  if (entry === undefined) return { code: 'damaged', message: `The archive is damaged. ${damage}` }
  return { code: 'damaged', entry, message: `The archive is damaged, in or before \`${shownPath(entry)}\`. ${damage}` }
}

function sentence({ path: exact, is, what = '' }: EntryDifference): string {
  const path = shownPath(exact)
  switch (is) {
    case 'altered':
      return `\`${path}\` was altered: ${what}.`
    case 'added':
      return `\`${path}\` was added.`
    case 'removed':
      return `\`${path}\` was removed.`
    case 'repeated':
      return `\`${path}\` is there twice.`
    default:
      return `\`${path}\` is in another place.`
  }
}
