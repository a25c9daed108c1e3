/** What a package passes before it is written or sent: no secrets, no viruses, no known vulnerabilities of CVSS 7.0 or more. */
import { allowedBy, secretsByName } from '../gate/allowed.ts'
import type { ScanMode } from '../gate/scanner.ts'
import { packagePlace } from '../gate/scanner.ts'
import type { FoundSecret } from '../gate/secrets.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import type { Manifest } from '../model/manifest.ts'
import type { ScanReport } from '../model/scan-report.ts'
import { namedSecret, secretInArchive } from '../model/secret-names.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'

const modes: Readonly<Record<ScanMode, true>> = { auto: true, require: true, off: true }

/**
 * What `--scan` says; `auto` without it.
 *
 * @throws {Failure} (usage) for another word.
 */
export function scanModeOf(text: string | undefined): ScanMode {
  if (text === undefined) return 'auto'
  if (isScanMode(text)) return text
  throw usage('scan-unknown', `--scan takes ${Object.keys(modes).join(', ')}, not \`${text}\`.`)
}

function isScanMode(text: string): text is ScanMode {
  return Object.hasOwn(modes, text)
}

/**
 * Secrets by name and the scanners, before anything is written; `paths` are relative to the product's folder. A comment
 * may suppress what `koo validate` says of a name, but only `allowSecrets` lets the file pass here.
 *
 * @throws {Failure} (usage) with `require`, where a kind of scanner is missing.
 */
export async function passGate(
  world: World,
  product: Product,
  paths: readonly string[],
  mode: ScanMode,
): Promise<{ readonly reports: readonly ScanReport[]; readonly diagnostics: readonly FramedDiagnostic[] }> {
  const { programs, files, environment, stop } = world
  const { manifest, place } = product
  const { secrets } = await secretsByName(paths, allowGlobs(manifest))
  const named = secrets.map((path) =>
    place({ code: 'package-secret', ...packagePlace(manifest), message: namedSecret(path) }),
  )
  const { scan } = await import('../gate/scan.ts')
  if (mode !== 'off') {
    world.emit({ is: 'step', key: manifest.product.key, text: 'looking for viruses and known vulnerabilities' })
  }
  const scratch = files.join((await world.folders()).cache, 'scans', world.randomness.hex(6))
  const { reports, findings } = await scan({ programs, files, environment, stop, scratch }, product, paths, mode)
  return { reports, diagnostics: [...named, ...findings.map(place)] }
}

/** Which packed files need no search for secrets. */
export async function allowedSecrets(manifest: Manifest): Promise<(path: string) => boolean> {
  return allowedBy(allowGlobs(manifest))
}

function allowGlobs({ delivery }: Manifest): readonly string[] {
  return delivery.package?.allowSecrets ?? []
}

/** The rest is counted: a folder of keys is one mistake. */
const mostTold = 20

/** Placed diagnostics of what the search in the packed bytes found, in files that may not hold secrets. */
export function secretDiagnostics(product: Product, found: readonly FoundSecret[]): readonly FramedDiagnostic[] {
  const place = packagePlace(product.manifest)
  const { files, archive } = product.manifest.delivery.package ?? {}
  const hint = files === undefined && archive !== undefined ? { hint: secretInArchive } : {}
  return found.slice(0, mostTold).map(({ path, line, what }, index) => {
    const where = line === undefined ? `\`${path}\`` : `\`${path}\`, line ${line},`
    const left = index === mostTold - 1 ? found.length - mostTold : 0
    const more = left > 0 ? ` There are ${left} more such places.` : ''
    return product.place({ code: 'package-secret', ...place, message: `${where} holds ${what}.${more}`, ...hint })
  })
}
