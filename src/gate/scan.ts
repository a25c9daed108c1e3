/** Asks the scanners that are installed about the files of a package. */
import type { Finding } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import type { ScannerName, ScanReport } from '../model/scan-report.ts'
import { clamscan } from './clamscan.ts'
import { grype } from './grype.ts'
import type { Scan, ScanMode, Scannable, Scanned, ScanPorts } from './scanner.ts'
import { trivy } from './trivy.ts'

interface Search {
  /** As in "viruses". */
  readonly what: string
  /** In their order; the next is asked where one is absent. */
  readonly scanners: readonly { readonly name: ScannerName; readonly scan: Scan }[]
}

const searches: readonly Search[] = [
  { what: 'viruses', scanners: [{ name: 'clamscan', scan: clamscan }] },
  {
    what: 'known vulnerabilities',
    scanners: [
      { name: 'grype', scan: grype },
      { name: 'trivy', scan: trivy },
    ],
  },
]

interface Scans {
  readonly reports: readonly ScanReport[]
  readonly findings: readonly Finding[]
}

/**
 * A scanner that is absent or failed is told, never passed over in silence.
 *
 * @throws {Failure} (usage) with `require`, where nobody could look for viruses, or nobody for vulnerabilities.
 */
export async function scan(
  ports: ScanPorts,
  product: Scannable,
  paths: readonly string[],
  mode: ScanMode,
): Promise<Scans> {
  if (mode === 'off') return { reports: everyScanner.map((scanner) => ({ scanner, is: 'off' })), findings: [] }
  const reports: ScanReport[] = []
  const findings: Finding[] = []
  for (const search of searches) {
    const scanned = await searched(search, ports, product, paths)
    if (mode === 'require') refuseUnscanned(search, scanned)
    reports.push(...scanned.map(({ report }) => report))
    findings.push(...scanned.flatMap((each) => each.findings))
  }
  return { reports, findings }
}

const everyScanner = searches.flatMap(({ scanners }) => scanners.map(({ name }) => name))

/** What was asked, up to the first that is installed. */
async function searched({ scanners }: Search, ...call: Parameters<Scan>): Promise<readonly Scanned[]> {
  const asked: Scanned[] = []
  for (const { scan: ask } of scanners) {
    const scanned = await ask(...call)
    asked.push(scanned)
    if (scanned.report.is !== 'absent') break
  }
  return asked
}

function refuseUnscanned({ what, scanners }: Search, scanned: readonly Scanned[]): void {
  if (scanned.some(({ report }) => report.is === 'clean' || report.is === 'found')) return
  const names = scanners.map(({ name }) => name).join(' or ')
  const failed = scanned.find(({ report }) => report.is === 'failed')?.report
  const why =
    failed === undefined
      ? `${names} is not installed`
      : `${failed.scanner} failed: ${failed.why ?? 'it does not say why'}`
  throw usage(
    'no-scanner',
    `Nobody can look for ${what} in the package: ${why}.`,
    `Install ${names}, with its data, or pack without with \`--scan off\`.`,
  )
}
