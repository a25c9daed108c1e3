/** Aqua's Trivy: known vulnerabilities of components, as its JSON tells them (`pkg/types/report.go`). */
import { valueAt } from '../model/pointer.ts'
import { isText, jsonIn, listAt, numberAt, textAt } from './reports.ts'
import { reasonOf, type Scan } from './scanner.ts'
import { type Vulnerability, vulnerabilityFindings } from './vulnerabilities.ts'

/**
 * `fs` looks at what software is built of, such as lock files; `rootfs` at what was built, such as JARs, Go programs and
 * installed packages (https://trivy.dev/docs/latest/coverage/language/). A package may be either.
 */
const kinds = ['fs', 'rootfs'] as const

const absent = { report: { scanner: 'trivy', is: 'absent' }, findings: [] } as const

export const trivy: Scan = async ({ programs, files, stop }, { folder, manifest }, paths) => {
  const base = files.absolute(folder)
  const { archive } = manifest.delivery.package ?? {}
  if (archive !== undefined) {
    const { is } = await programs.run('trivy', ['--version'], { stop })
    // Nothing found would only mean that nothing was looked at.
    return is === 'absent' ? absent : failed(`it does not look into archives such as ${archive}; Grype does`)
  }
  const found: Vulnerability[] = []
  let about = ''
  for (const kind of kinds) {
    const end = await programs.run('trivy', [kind, '--scanners', 'vuln', '--format', 'json', '--quiet', base], { stop })
    if (end.is === 'absent') return absent
    const read = readTrivy(end.stdout)
    if (read === undefined) return failed(reasonOf(end))
    found.push(...read.vulnerabilities)
    about = read.about
  }
  const findings = vulnerabilityFindings(found, manifest, { packed: paths, base })
  const why = about === '' ? {} : { why: about }
  return { report: { scanner: 'trivy', is: findings.length > 0 ? 'found' : 'clean', ...why }, findings }
}

function failed(why: string) {
  return { report: { scanner: 'trivy', is: 'failed', why }, findings: [] } as const
}

interface Read {
  readonly vulnerabilities: readonly Vulnerability[]
  /** Its version, where it says it. */
  readonly about: string
}

/** Undefined where it is no report of Trivy's. Without anything to look at, a report has no results. */
export function readTrivy(stdout: string): Read | undefined {
  const report = jsonIn(stdout)
  if (numberAt(report, 'SchemaVersion') === undefined) return undefined
  const vulnerabilities = listAt(report, 'Results').flatMap((result) => {
    const target = textAt(result, 'Target') ?? ''
    return listAt(result, 'Vulnerabilities').map((each) => vulnerabilityOf(each, target))
  })
  return { vulnerabilities, about: textAt(report, 'Trivy', 'Version') ?? '' }
}

function vulnerabilityOf(vulnerability: unknown, target: string): Vulnerability {
  const cvss = valueAt(vulnerability, ['CVSS'])
  const bySource = typeof cvss === 'object' && cvss !== null ? Object.values(cvss) : []
  return {
    ids: [textAt(vulnerability, 'VulnerabilityID')].filter(isText),
    component: textAt(vulnerability, 'PkgName') ?? 'a component',
    version: textAt(vulnerability, 'InstalledVersion') ?? 'of no version',
    // The target of installed packages is only the name of their language.
    places: [textAt(vulnerability, 'PkgPath') ?? target],
    scores: bySource.flatMap((each) =>
      ['V2Score', 'V3Score', 'V40Score'].flatMap((version) => numberAt(each, version) ?? []),
    ),
    severity: textAt(vulnerability, 'Severity') ?? 'unknown',
    fixed: (textAt(vulnerability, 'FixedVersion') ?? '').split(/,\s*/).filter(isText),
  }
}
