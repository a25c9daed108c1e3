/** Manifest + files → a deterministic `.tar.gz`: sorted entries, fixed times, no owners, its own list of contents. */
import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { Transform } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type Pack, pack as startTar } from 'tar-stream'
import { type Bundle, type BundleEntry, bundleName } from '../model/bundle.ts'
import { Failure } from '../model/failure.ts'
import type { Manifest } from '../model/manifest.ts'
import type { Files } from '../ports.ts'
import { packageContents } from './contents.ts'

/** The name, inside a bundle, of the list of its contents. */
const contentsName = 'koo-bundle.json'
const modes = { executable: 0o755, plain: 0o644 } as const
/** Every entry has the same time, or two packings of the same files would differ. */
const fixedTime = new Date(0)
const compression = 6

/** A product whose package is to be packed. */
export interface Packable {
  readonly manifest: Manifest
  /** The manifest's folder. */
  readonly folder: string
}

/** Writes the bundle into a folder, beside it a checksum file that `sha256sum -c` reads. */
export async function pack(files: Files, product: Packable, out: string): Promise<Bundle> {
  const { key, version } = product.manifest.product
  const name = bundleName(key, version)
  const path = files.join(out, name)
  const tar = new Tar(files, product)
  const whole = createHash('sha256')
  let bytes = 0
  const gzip = tar.stream().pipe(createGzip({ level: compression }))
  tar.onFailure((error) => gzip.destroy(error))
  const counted = async function* (): AsyncIterable<Uint8Array> {
    for await (const chunk of gzip as AsyncIterable<Uint8Array>) {
      whole.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  await files.writeAll(path, counted())
  const sha256 = whole.digest('hex')
  await files.write(`${path}.sha256`, `${sha256}  ${name}\n`)
  return { key, version, path: files.shown(path), sha256, bytes, ...tar.result() }
}

/** What a bundle would hold, without writing or compressing it: its entries and the digest of its tar. */
export async function measure(files: Files, product: Packable): Promise<Pick<Bundle, 'contentSha256' | 'entries'>> {
  const tar = new Tar(files, product)
  const stream = tar.stream()
  tar.onFailure((error) => stream.destroy(error))
  for await (const _ of stream) {
    // Reading drives the hash.
  }
  return tar.result()
}

/** One tar in the making. */
class Tar {
  readonly #files: Files
  readonly #product: Packable
  readonly #hash: Hash = createHash('sha256')
  readonly #entries: BundleEntry[] = []
  #fail: (error: Error) => void = () => {}

  constructor(files: Files, product: Packable) {
    this.#files = files
    this.#product = product
  }

  /** The tar's bytes; starts reading the files. */
  stream(): Transform {
    const tar = startTar()
    const hash = this.#hash
    const tap = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    this.#fill(tar).catch((error: unknown) => {
      tar.destroy()
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    })
    return tar.pipe(tap)
  }

  onFailure(fail: (error: Error) => void): void {
    this.#fail = fail
  }

  result(): Pick<Bundle, 'contentSha256' | 'entries'> {
    return { contentSha256: this.#hash.digest('hex'), entries: this.#entries }
  }

  async #fill(tar: Pack): Promise<void> {
    const { manifest, folder } = this.#product
    for (const path of (await packageContents(this.#files, manifest, folder))?.files ?? []) {
      this.#entries.push(await this.#add(tar, path, this.#files.join(folder, path)))
    }
    const { key, name, version } = manifest.product
    const contents = { format: 1, key, name, version, method: manifest.delivery.method, entries: this.#entries }
    const text = Buffer.from(`${JSON.stringify(contents, null, 2)}\n`)
    await finished(tar, header(contentsName, text.length, modes.plain), [text])
    tar.finalize()
  }

  async #add(tar: Pack, path: string, from: string): Promise<BundleEntry> {
    const { bytes, executable } = await this.#files.entry(from)
    const mode = executable ? modes.executable : modes.plain
    const hash = createHash('sha256')
    const source = this.#files.stream(from)
    const read = async function* (): AsyncIterable<Uint8Array> {
      let seen = 0
      for await (const chunk of source) {
        hash.update(chunk)
        seen += chunk.length
        if (seen > bytes) break
        yield chunk
      }
      if (seen !== bytes) throw changed(path)
    }
    await finished(tar, header(path, bytes, mode), read())
    return { path, bytes, mode, sha256: hash.digest('hex') }
  }
}

function header(name: string, size: number, mode: number) {
  return { name, size, mode, mtime: fixedTime, uid: 0, gid: 0, uname: '', gname: '', type: 'file' as const }
}

function changed(path: string): Failure {
  return new Failure({
    code: 'file-changed',
    exit: 'findings',
    message: `\`${path}\` changed while it was being packed.`,
    hint: 'Let the program that writes it finish, then pack again.',
  })
}

/** Writes one entry, waiting wherever the tar is full. */
async function finished(
  tar: Pack,
  entry: ReturnType<typeof header>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const { sink, done } = open(tar, entry)
  for await (const chunk of chunks) {
    if (!sink.write(chunk)) await once(sink, 'drain')
  }
  sink.end(undefined)
  await done
}

function open(tar: Pack, entry: ReturnType<typeof header>) {
  let settle: (error?: Error | null) => void = () => {}
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve())
  })
  // When reading fails first, that error is the one to tell.
  done.catch(() => {})
  return { sink: tar.entry(entry, (error) => settle(error)), done }
}
