/** Puts an archive that is ready through the gate, without changing it, for `koo pack` and `koo publish`. */
import { secretsByName } from '../gate/allowed.ts'
import type { ScanMode } from '../gate/scanner.ts'
import { type FoundSecret, searchFor } from '../gate/secrets.ts'
import { type BundleFormat, type ReadyBundle, signatureName } from '../model/bundle.ts'
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import { Failure, usage } from '../model/failure.ts'
import type { ListedContents } from '../model/outcome.ts'
import { shownPath } from '../model/package-entries.ts'
import { pointer } from '../model/pointer.ts'
import type { ScanReport } from '../model/scan-report.ts'
import { secretByName } from '../model/secret-names.ts'
import { lookInto, type Ready, type ReadyOptions } from '../pack/ready.ts'
import { findingsOf, listedEntries, readyFindings } from '../pack/ready-findings.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { allowedSecrets, passGate, secretDiagnostics } from './gate.ts'
import type { Signer } from './signer.ts'

/** Where the archive of a product is, relative to its folder; undefined where koo packs it, or there is none. */
export function archiveOf({ manifest }: Pick<Product, 'manifest'>): string | undefined {
  const { files, archive } = manifest.delivery.package ?? {}
  return files === undefined ? archive : undefined
}

export interface Gated {
  readonly ready: Ready
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly reports: readonly ScanReport[]
}

/** What the gate says of a ready archive. The scanners are asked about one that is sound so far. */
export async function passReady(
  world: World,
  product: Product,
  archive: string,
  { scan, digests }: { readonly scan: ScanMode } & Pick<ReadyOptions, 'digests'>,
): Promise<Gated> {
  const allowSecrets = product.manifest.delivery.package?.allowSecrets ?? []
  const isAllowed = await allowedSecrets(product.manifest)
  const found: FoundSecret[] = []
  const ready = await look(world, product, archive, {
    ...(digests === undefined ? {} : { digests }),
    inspect: (path) => {
      if (isAllowed(path) || secretByName(path) !== undefined) return undefined
      const search = searchFor(path)
      return { look: (bytes) => search.look(bytes), end: () => void found.push(...search.end()) }
    },
  })
  const paths = ready.entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)
  const { secrets, idle } = await secretsByName(paths, allowSecrets)
  const told = [
    ...readyFindings(archive, ready),
    ...findingsOf('package-secret', secrets.map(namedMessage)),
    ...allowSecrets.flatMap((glob, index) => {
      if (!idle.includes(glob)) return []
      const path = pointer(['delivery', 'package', 'allowSecrets', index])
      const message = `\`${glob}\` matches no file in the archive, so it allows nothing.`
      return [{ code: 'package-glob-idle' as const, path, message }]
    }),
  ].map(product.place)
  const placed = [...told, ...secretDiagnostics(product, found)]
  if (hasErrors(placed)) return { ready, diagnostics: placed, reports: [] }
  const { diagnostics, reports } = await passGate(world, product, [world.files.join(archive)], scan)
  return { ready, diagnostics: [...placed, ...diagnostics], reports }
}

function namedMessage(path: string): string {
  const what = secretByName(path) ?? 'of some kind'
  return `\`${shownPath(path)}\` is in the archive, and files of this name hold secrets: ${what}.`
}

async function look(
  world: World,
  { manifest, folder }: Product,
  archive: string,
  options: Pick<ReadyOptions, 'digests' | 'inspect'>,
): Promise<Ready> {
  const { key } = manifest.product
  const start = world.clock.now()
  try {
    return await lookInto(world.files, world.files.join(folder, archive), {
      ...options,
      stop: world.stop,
      progress: (done, total) => {
        const elapsed = world.clock.now() - start
        world.emit({ is: 'working', key, doing: 'looking through', done, total, elapsed })
      },
    })
  } finally {
    world.emit({ is: 'settled', key })
  }
}

/** Writes the checksum, and the signature if there is a signer; the archive stays where and what it is. */
export async function writeBeside(
  world: World,
  { manifest, folder }: Product,
  archive: string,
  { ready, out, signer }: { readonly ready: Ready; readonly out: string; readonly signer?: Signer },
): Promise<ReadyBundle> {
  const { files } = world
  const { key, version } = manifest.product
  const { format, bytes, unpacked, entries, sha256 = '', blake2b512 } = ready
  const path = files.join(folder, archive)
  const name = nameOf(archive)
  const beside = files.join(out, name)
  const isOwnFolder = files.absolute(beside) === files.absolute(path)
  await files.write(`${beside}.sha256`, `${sha256}  ${name}\n`)
  const signature = signatureName(beside)
  if (signer !== undefined && blake2b512 !== undefined) {
    await files.write(signature, signer.sign(blake2b512, `file:${name}\tkey:${key}\tversion:${version}`))
  } else if (!isOwnFolder) {
    // One of an archive before would tell against this one; beside the archive it may be the seller's own.
    await files.remove(signature)
  }
  return {
    ready: true,
    key,
    version,
    path: files.shown(path),
    format,
    sha256,
    bytes,
    unpackedBytes: unpacked,
    entries: entries.map(({ path: entry, kind, bytes: size }) => ({ path: entry, kind, bytes: size })),
    checksum: files.shown(`${beside}.sha256`),
    ...(signer === undefined ? {} : { signature: files.shown(signature), signedBy: signer.keyId }),
  }
}

/** What is in the archive, for `koo pack --list`; or why that cannot be told. */
export async function listReady(
  world: World,
  product: Product,
  archive: string,
): Promise<ListedContents | { readonly diagnostics: readonly FramedDiagnostic[] }> {
  const ready = await look(world, product, archive, {})
  if (ready.damage !== undefined) {
    const message = `\`${archive}\` cannot be read to its end. ${ready.damage}`
    return { diagnostics: findingsOf('package-broken', [message]).map(product.place) }
  }
  const { key, version } = product.manifest.product
  const packed = [...listedEntries(ready.entries)].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const contents = { packed, left: [], bytes: ready.unpacked, idle: [] }
  return { key, version, name: nameOf(archive), folder: world.files.shown(product.folder), contents }
}

function nameOf(archive: string): string {
  return archive.slice(archive.lastIndexOf('/') + 1)
}

/** @throws {Failure} (usage) where `--archive` asks for another type than an archive that is ready has. */
export function refuseOtherFormat(products: readonly Product[], format: BundleFormat | undefined): void {
  if (format === undefined) return
  for (const product of products) {
    const archive = archiveOf(product)
    if (archive === undefined || archive.endsWith(`.${format}`)) continue
    throw usage(
      'contradiction',
      `${product.file} names an archive that is ready, ${nameOf(archive)}, and \`--archive ${format}\` cannot change it.`,
      'Leave --archive out, or name the products koo packs.',
    )
  }
}

/** @throws {Failure} where the checksum files of two archives would overwrite one another. */
export function refuseSameNames(products: readonly Product[]): void {
  const seen = new Map<string, string>()
  for (const product of products) {
    const archive = archiveOf(product)
    if (archive === undefined) continue
    const name = nameOf(archive)
    const other = seen.get(name)
    seen.set(name, product.file)
    if (other === undefined) continue
    throw new Failure({
      code: 'name-repeated',
      exit: 'usage',
      message: `${other} and ${product.file} both name an archive ${name}, whose checksums would overwrite each other.`,
      hint: 'Pack them one by one, each with an --out of its own.',
    })
  }
}
