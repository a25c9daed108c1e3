/** Products made for a test, packed and verified in this process. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { verify } from '../../src/commands/verify.ts'
import type { Bundle, BundleFormat, BundleList } from '../../src/model/bundle.ts'
import type { Manifest } from '../../src/model/manifest.ts'
import type { PackageContents } from '../../src/model/package-contents.ts'
import type { VerifiedBundle } from '../../src/model/verified-bundle.ts'
import type { ArchiveEntry } from '../../src/pack/archive-entry.ts'
import { archives } from '../../src/pack/archives.ts'
import { defaultTime, type PackOptions, pack } from '../../src/pack/bundle.ts'
import { packageContents } from '../../src/pack/contents.ts'
import type { Step, Steps } from '../../src/pack/steps.ts'
import type { Files, World } from '../../src/ports.ts'

export const formats = ['tar.gz', 'zip', 'tar'] as const

/** What a path is: a file by its content, or something else. */
export type Planted =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly folder: true }
  | { readonly script: string }
export type Tree = Readonly<Record<string, Planted>>

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'koo-pack-'))
}

export function plant(folder: string, tree: Tree): void {
  for (const [path, what] of Object.entries(tree)) {
    const full = join(folder, path)
    mkdirSync(dirname(full), { recursive: true })
    if (typeof what === 'string' || what instanceof Uint8Array) writeFileSync(full, what)
    else if ('link' in what) symlinkSync(what.link, full)
    else if ('folder' in what) mkdirSync(full, { recursive: true })
    else {
      writeFileSync(full, what.script)
      chmodSync(full, 0o755)
    }
  }
}

type Package = NonNullable<Manifest['delivery']['package']>

/** A sound manifest of a product whose package is everything below `software`. */
export function manifestOf(more: {
  readonly package?: Package
  readonly documents?: NonNullable<Manifest['documents']>
  readonly authorization?: NonNullable<Manifest['delivery']['authorization']>
}): Manifest {
  const { documents } = more
  return {
    koo: 1,
    product: {
      key: 'harbor-crm',
      name: 'Harbor CRM',
      version: 'V1.2',
      logo: 'logo.png',
      overview: 'A CRM for freight forwarders.',
      description: 'Harbor CRM keeps quotes, shipments and customers in one place.',
      highlights: ['Quotes in two minutes'],
    },
    support: { email: 'support@harbor.example' },
    ...(documents === undefined ? {} : { documents }),
    delivery: {
      method: 'license',
      deployment: ['customer-private-cloud'],
      serviceFlow: 'environment configuration',
      package: more.package ?? { files: ['software/**'] },
      authorization: more.authorization ?? { kind: 'license-file' },
    },
    specifications: [{ name: 'Team', billing: 'buyout', price: 490 }],
  }
}

export interface Packed extends Bundle {
  readonly file: string
}

type Wishes = Partial<Omit<PackOptions, 'koo'>> & {
  readonly manifest?: Manifest
  readonly files?: Files
  readonly contents?: PackageContents
}

/** Packs what lies in a folder, without the checks of `koo pack`. */
export async function packed(folder: string, wishes: Wishes = {}): Promise<Packed> {
  const { manifest = manifestOf({}), files = filesIn(folder), contents, ...options } = wishes
  const found = contents ?? (await packageContents(files, manifest, '.'))
  if (found === undefined) throw new Error('the manifest has nothing to pack')
  const bundle = await pack(files, { manifest, folder: '.' }, found, {
    out: 'out',
    koo: '0.0.0-test',
    processors: 2,
    stop: new AbortController().signal,
    ...options,
  })
  return { ...bundle, file: join(folder, bundle.path) }
}

/** One bundle in each format. */
export async function packedAll(folder: string, wishes: Wishes = {}): Promise<readonly Packed[]> {
  const all: Packed[] = []
  for (const format of formats) all.push(await packed(folder, { ...wishes, format }))
  return all
}

let count = 0
export function filesIn(folder: string): Files {
  return nodeFiles(folder, () => `t${++count}`)
}

/** As `koo verify` would, in a world that has only files, keys and an environment. */
export async function verified(
  file: string,
  options: Readonly<Record<string, string>> = {},
  environment: World['environment'] = {},
): Promise<VerifiedBundle> {
  const folder = dirname(file)
  const part: Partial<World> = {
    processors: () => 2,
    files: filesIn(folder),
    clock: { now: () => 0, sleep: async () => {} },
    environment,
    terminal: { asks: false },
    folders: async () => ({ data: folder, cache: folder }),
    stop: new AbortController().signal,
    emit: () => {},
  }
  const outcome = await verify.run({ arguments: [file], options: options as object }, part as World)
  const bundle = outcome.is === 'verified' ? outcome.bundles[0] : undefined
  if (bundle === undefined) throw new Error('nothing was verified')
  return bundle
}

/** Some bytes as a file of its own, with nothing beside it, verified. */
export async function verifiedBytes(bytes: Uint8Array, format: BundleFormat): Promise<VerifiedBundle> {
  const folder = temporaryFolder()
  try {
    const file = join(folder, `harbor-crm_V1-2.${format}`)
    writeFileSync(file, bytes)
    return await verified(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Numbers of chance that are the same each time: 0 up to, not including, `below`. */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    // "mulberry32"
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Bytes no compressor makes smaller, the same each time. */
export function noise(length: number, seed = 1): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < length; at += 64) blocks.push(createHash('sha512').update(`${seed} ${at}`).digest())
  return Buffer.concat(blocks).subarray(0, length)
}

/** Text that gets a lot smaller. */
export function prose(length: number): string {
  const line = (index: number) => `Line ${index} of the harbor log: ${(index * 7919) % 1009} ships, all well.\n`
  return Array.from({ length: Math.ceil(length / 40) }, (_, index) => line(index))
    .join('')
    .slice(0, length)
}

/** The list of contents in a bundle, as GNU tar or unzip print it. */
export function listIn({ file, format }: Pick<Packed, 'file' | 'format'>): BundleList {
  const [program, args] = format === 'zip' ? ['unzip', ['-p', file]] : ['tar', ['xOf', file]]
  return JSON.parse(execFileSync(program, [...args, 'koo-bundle.json'], { encoding: 'utf8' })) as BundleList
}

/** Entries with their contents, as steps of a bundle. */
export async function* stepsOf(
  entries: readonly (readonly [entry: ArchiveEntry, content?: string | Uint8Array])[],
): AsyncGenerator<Step> {
  for (const [entry, content] of entries) {
    yield { is: 'entry', entry }
    if (content !== undefined && content.length > 0) yield { is: 'bytes', bytes: Buffer.from(content) }
  }
}

/** An archive of these entries, however little a bundle it is. */
export async function archived(steps: Steps, format: BundleFormat, time = defaultTime): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of archives[format](steps, { time, width: 4, content: () => {} })) {
    parts.push(Buffer.concat(chunk))
  }
  return Buffer.concat(parts)
}

export function fileEntry(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): [ArchiveEntry, string | Uint8Array] {
  return [{ is: 'file', path, bytes: Buffer.from(content).length, mode }, content]
}

const alphabet = ['a', 'b', 'c.txt', 'd.log', '.e', 'f[1]', 'g h']

/** Some empty files in some folders, of names that patterns are about. */
export function randomTree(chance: (below: number) => number): Tree {
  const found: Record<string, Planted> = {}
  for (let left = 5 + chance(25); left > 0; left -= 1) {
    const path = Array.from({ length: 1 + chance(4) }, () => alphabet[chance(alphabet.length)]).join('/')
    const isIn = (one: string, other: string) => one === other || one.startsWith(`${other}/`)
    if (!Object.keys(found).some((each) => isIn(each, path) || isIn(path, each))) found[path] = ''
  }
  return found
}
