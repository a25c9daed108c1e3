/** Manifest + files → a bundle: the same input gives the same bytes, anywhere and on any number of processors. */
import { createHash } from 'node:crypto'
import {
  type Bundle,
  type BundleFormat,
  type BundleSbom,
  bundleName,
  mostEntries,
  sbomName,
  signatureName,
} from '../model/bundle.ts'
import { Failure } from '../model/failure.ts'
import type { Manifest } from '../model/manifest.ts'
import type { PackageContents } from '../model/package-contents.ts'
import type { Files } from '../ports.ts'
import { archives } from './archives.ts'
import { Contents, type Inspection, type Sources } from './steps.ts'

/** 1980-01-01, the earliest time a zip can say. */
export const defaultTime = 315_532_800

/** A product whose package is to be packed. */
export interface Packable {
  readonly manifest: Manifest
  /** The manifest's folder. */
  readonly folder: string
}

/** Signs a file by its BLAKE2b-512 digest; gives the text of a minisign signature. */
export interface BundleSigner {
  readonly keyId: string
  sign(digest: Uint8Array, trustedComment: string): string
}

export interface PackOptions {
  /** The folder the bundle is written to. */
  readonly out: string
  /** What the manifest says, or else tar.gz. */
  readonly format?: BundleFormat
  readonly signer?: BundleSigner
  /** The time every entry bears, in seconds since 1970. */
  readonly time?: number
  /** The version of koo. */
  readonly koo: string
  readonly processors: number
  readonly stop: AbortSignal
  /** Looks at the bytes of a file while they are packed. */
  readonly inspect?: (path: string) => Inspection | undefined
  /** Called when everything has been read and nothing is written yet; what it throws is thrown on, and nothing is. */
  readonly accept?: () => void
  /** Told how many bytes of the files have been read. */
  readonly progress?: (done: number) => void
  readonly notice?: (text: string) => void
}

/**
 * Writes the bundle into a folder, beside it a checksum file that `sha256sum -c` reads and, with a signer, a signature
 * that `minisign -V` checks.
 *
 * @throws {Failure} where a file changes meanwhile, or the user stops; nothing is left behind.
 */
export async function pack(
  files: Files,
  product: Packable,
  { packed }: PackageContents,
  options: PackOptions,
): Promise<Bundle> {
  const { manifest, folder } = product
  if (packed.length > mostEntries) throw tooMany(packed.length)
  const { key, version } = manifest.product
  const format = options.format ?? manifest.delivery.package?.format ?? 'tar.gz'
  const time = options.time ?? defaultTime
  const { sbom, made } = await billOf(files, product, packed, options)
  const ownSbom =
    manifest.delivery.package?.sbom === undefined ? {} : { ownSbom: files.join(manifest.delivery.package.sbom) }
  const contents = new Contents({
    files,
    manifest,
    folder,
    packed,
    koo: options.koo,
    time,
    ...ownSbom,
    ...made,
    ...seen(options),
  })
  const whole = createHash('sha256')
  const content = createHash('sha256')
  const signed = options.signer === undefined ? undefined : createHash('blake2b512')
  let bytes = 0
  // Enough that no processor waits while one block is written.
  const width = Math.min(64, 2 * options.processors + 2)
  const archive = archives[format](contents.steps(), { time, width, content: (part) => content.update(part) })
  const chunks = async function* (): AsyncGenerator<readonly Uint8Array[]> {
    for await (const parts of archive) {
      if (options.stop.aborted) throw stopped()
      for (const part of parts) {
        whole.update(part)
        signed?.update(part)
        bytes += part.length
      }
      yield parts
    }
    options.accept?.()
  }
  const name = bundleName(key, version, format)
  const path = files.join(options.out, name)
  await files.writeAll(path, chunks())
  const sha256 = whole.digest('hex')
  const contentSha256 = content.digest('hex')
  await files.write(`${path}.sha256`, `${sha256}  ${name}\n`)
  const signature = signatureName(path)
  if (signed === undefined || options.signer === undefined) {
    // One of a bundle before would tell against this one.
    await files.remove(signature)
  } else {
    const comment = `file:${name}\tkey:${key}\tversion:${version}\tcontent-sha256:${contentSha256}`
    await files.write(signature, options.signer.sign(signed.digest(), comment))
  }
  return {
    key,
    version,
    path: files.shown(path),
    format,
    sha256,
    bytes,
    contentSha256,
    filesSha256: contents.filesSha256(),
    entries: contents.entries,
    ...(sbom === undefined ? {} : { sbom }),
    ...(options.signer === undefined ? {} : { signedBy: options.signer.keyId }),
  }
}

/** The digest of a bundle's files, without packing them. */
export async function measure(
  files: Files,
  { manifest, folder }: Packable,
  { packed }: PackageContents,
): Promise<Pick<Bundle, 'filesSha256' | 'entries'>> {
  const contents = new Contents({ files, manifest, folder, packed, koo: '', time: defaultTime })
  for await (const _ of contents.steps()) {
    // Taking the steps reads the files.
  }
  return { filesSha256: contents.filesSha256(), entries: contents.entries.slice(0, contents.own) }
}

function seen({ inspect, progress }: PackOptions): Pick<Sources, 'inspect'> {
  if (inspect === undefined && progress === undefined) return {}
  let done = 0
  return {
    inspect: (path) => {
      const inspection = inspect?.(path)
      return {
        look(bytes) {
          inspection?.look(bytes)
          done += bytes.length
          progress?.(done)
        },
        end: () => inspection?.end(),
      }
    },
  }
}

/** The seller's own bill of materials, or one made of the lock files in the package. */
async function billOf(
  files: Files,
  { manifest, folder }: Packable,
  packed: PackageContents['packed'],
  options: PackOptions,
): Promise<{ readonly sbom?: BundleSbom; readonly made?: { readonly sbom: { path: string; text: string } } }> {
  const own = manifest.delivery.package?.sbom
  if (own !== undefined) return { sbom: { path: files.join(own) } }
  const { sbomOf } = await import('../sbom/sbom.ts')
  const { key, name, version } = manifest.product
  const made = await sbomOf({
    read: (path, most) => files.read(files.join(folder, path), most),
    paths: packed.filter(({ kind }) => kind === 'file').map(({ path }) => path),
    product: { key, name, version },
    ...(options.time === undefined ? {} : { time: new Date(options.time * 1000) }),
  })
  if (made === undefined) return {}
  for (const trouble of made.troubles) options.notice?.(trouble)
  const { text, components, from } = made
  return { sbom: { path: sbomName, components, from }, made: { sbom: { path: sbomName, text } } }
}

function tooMany(count: number): Failure {
  return new Failure({
    code: 'too-many-files',
    exit: 'findings',
    message: `The software package has ${count} entries; ${mostEntries} are the most.`,
    hint: 'Leave files out with `exclude`, or put folders of many small files into archives.',
  })
}

function stopped(): Failure {
  return new Failure({ code: 'stopped', exit: 'stopped', message: 'Stopped. No bundle was written.' })
}
