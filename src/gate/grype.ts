/** Anchore's Grype: known vulnerabilities of components, as its JSON tells them (`grype/presenter/models`). */
import { isText, jsonIn, listAt, numberAt, textAt } from './reports.ts'
import { reasonOf, type Scan } from './scanner.ts'
import { type Vulnerability, vulnerabilityFindings } from './vulnerabilities.ts'

/**
 * Grype's own settings hold, as those of whoever scans by hand: so its exit code may tell findings (`fail-on-severity`)
 * or a failure, and only its answer says which.
 */
export const grype: Scan = async ({ programs, files, stop }, { folder, manifest }, paths) => {
  const base = files.absolute(folder)
  const { archive } = manifest.delivery.package ?? {}
  // An archive that is ready is unpacked by Grype, and all in it is packed.
  const source = archive === undefined ? `dir:${base}` : `file:${files.absolute(files.join(folder, archive))}`
  const end = await programs.run('grype', [source, '-o', 'json', '-q'], { stop })
  if (end.is === 'absent') return { report: { scanner: 'grype', is: 'absent' }, findings: [] }
  const read = readGrype(end.stdout)
  if (read === undefined) return { report: { scanner: 'grype', is: 'failed', why: reasonOf(end) }, findings: [] }
  const within = archive === undefined ? { packed: paths, base } : undefined
  const findings = vulnerabilityFindings(read.vulnerabilities, manifest, within)
  const why = read.about === '' ? {} : { why: read.about }
  return { report: { scanner: 'grype', is: findings.length > 0 ? 'found' : 'clean', ...why }, findings }
}

interface Read {
  readonly vulnerabilities: readonly Vulnerability[]
  /** Version and data, as far as it says. */
  readonly about: string
}

/** Undefined where it is no answer of Grype's. */
export function readGrype(stdout: string): Read | undefined {
  const answer = jsonIn(stdout)
  if (!Array.isArray((answer as { readonly matches?: unknown } | undefined)?.matches)) return undefined
  const built = textAt(answer, 'descriptor', 'db', 'status', 'built') ?? textAt(answer, 'descriptor', 'db', 'built')
  const version = textAt(answer, 'descriptor', 'version')
  const about = [version, built === undefined ? undefined : `data of ${built.slice(0, 10)}`].filter(isText).join(', ')
  return { vulnerabilities: listAt(answer, 'matches').map(vulnerabilityOf), about }
}

function vulnerabilityOf(match: unknown): Vulnerability {
  const related = listAt(match, 'relatedVulnerabilities')
  const locations = listAt(match, 'artifact', 'locations')
  const ids = [textAt(match, 'vulnerability', 'id'), ...related.map((each) => textAt(each, 'id'))].filter(isText)
  return {
    ids: [...new Set(ids)],
    component: textAt(match, 'artifact', 'name') ?? 'a component',
    version: textAt(match, 'artifact', 'version') ?? 'of no version',
    places: [...new Set(locations.map((each) => textAt(each, 'path')).filter(isText))],
    // A GHSA may have no score where its CVE has one.
    scores: [...listAt(match, 'vulnerability', 'cvss'), ...related.flatMap((each) => listAt(each, 'cvss'))].flatMap(
      (each) => numberAt(each, 'metrics', 'baseScore') ?? [],
    ),
    severity: textAt(match, 'vulnerability', 'severity') ?? 'unknown',
    fixed: listAt(match, 'vulnerability', 'fix', 'versions').filter(isText),
  }
}
