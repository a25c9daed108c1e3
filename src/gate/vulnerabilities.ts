/** Known vulnerabilities of components, whichever scanner tells them, and those that keep a package from being taken. */
import type { Finding } from '../model/diagnostic.ts'
import type { Manifest } from '../model/manifest.ts'
import { packagePlace } from './scanner.ts'

export interface Vulnerability {
  /** Its names; one vulnerability may have a CVE and a GHSA id. */
  readonly ids: readonly string[]
  readonly component: string
  readonly version: string
  /** The files it was seen in. */
  readonly places: readonly string[]
  /** CVSS base scores, of whatever version and from whatever source. */
  readonly scores: readonly number[]
  /** In the scanner's own words. */
  readonly severity: string
  readonly fixed: readonly string[]
}

/** From this score on, the asset center takes no package (page "Application assets"). */
const tooHigh = 7
/** Who has no score has one of these names from it on (CVSS v3.1, section 5: 7.0 is where High begins). */
const highSeverity = /^(high|critical)$/i

/**
 * One finding for each vulnerability of each component, the worst first. With `packed`, only what was seen in one of
 * these files counts; `base` is the folder that absolute places begin with.
 */
export function vulnerabilityFindings(
  all: readonly Vulnerability[],
  manifest: Manifest,
  within?: { readonly packed: readonly string[]; readonly base: string },
): readonly Finding[] {
  const packed = new Set(within?.packed)
  const worst = new Map<string, Vulnerability>()
  for (const each of all) {
    const places = within === undefined ? each.places : each.places.map((place) => relative(place, within.base))
    const seen = within === undefined ? places : places.filter((place) => packed.has(place))
    if (!isTooHigh(each) || (within !== undefined && seen.length === 0)) continue
    const key = `${nameOf(each)} ${each.component} ${each.version}`
    const known = worst.get(key)
    worst.set(key, known === undefined ? { ...each, places: seen } : merged(known, { ...each, places: seen }))
  }
  return [...worst.values()]
    .sort((a, b) => scoreOf(b) - scoreOf(a))
    .map((each) => ({ code: 'package-vulnerable', ...packagePlace(manifest), message: messageOf(each) }))
}

function isTooHigh({ scores, severity }: Vulnerability): boolean {
  return scores.length === 0 ? highSeverity.test(severity) : Math.max(...scores) >= tooHigh
}

function scoreOf({ scores }: Vulnerability): number {
  return scores.length === 0 ? tooHigh : Math.max(...scores)
}

/** The CVE, where there is one: it is the same everywhere. */
function nameOf({ ids }: Vulnerability): string {
  return ids.find((id) => id.startsWith('CVE-')) ?? ids[0] ?? 'a vulnerability'
}

function merged(a: Vulnerability, b: Vulnerability): Vulnerability {
  const both = <T>(one: readonly T[], two: readonly T[]): readonly T[] => [...new Set([...one, ...two])]
  return {
    ...a,
    ids: both(a.ids, b.ids),
    places: both(a.places, b.places),
    scores: both(a.scores, b.scores),
    fixed: both(a.fixed, b.fixed),
  }
}

function messageOf(vulnerability: Vulnerability): string {
  const { component, version, places, scores, severity, fixed, ids } = vulnerability
  const name = nameOf(vulnerability)
  const other = ids.filter((id) => id !== name)
  const [first = 'the package', ...more] = places
  const where = more.length === 0 ? `\`${first}\`` : `\`${first}\` and ${more.length} more`
  const known = other.length === 0 ? name : `${name} (${other.join(', ')})`
  const level = scores.length === 0 ? `severity ${severity.toLowerCase()}` : `CVSS ${Math.max(...scores).toFixed(1)}`
  const mended = fixed.length === 0 ? 'no version is known that mends it' : `mended in ${fixed.join(', ')}`
  return `${component} ${version} in ${where} has ${known}, ${level}; ${mended}.`
}

/** Scanners write a place from the folder they look at, with a slash or a dot before it, or in full. */
function relative(place: string, base: string): string {
  const slashed = place.replaceAll('\\', '/')
  const own = slashed.startsWith(`${base}/`) ? slashed.slice(base.length) : slashed
  return own.replace(/^(?:\.?\/)+/, '')
}
