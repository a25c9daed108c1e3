/** A seller with a few consulting products, a sandbox, and what publishing them takes; all in this process. */
import { randomBytes, randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { httpMarketplace } from '../../src/adapters/http-marketplace.ts'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { signedHttp } from '../../src/adapters/signed-http.ts'
import { readProducts } from '../../src/commands/manifests.ts'
import type { Event } from '../../src/model/event.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Clock, Marketplace, Randomness } from '../../src/ports.ts'
import { openJournal, readJournals } from '../../src/publish/journal.ts'
import { type PublishOptions, type PublishTools, publishMany } from '../../src/publish/many.ts'
import { openMemory } from '../../src/publish/memory.ts'
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'

const example = join(import.meta.dirname, '../../examples/consulting')

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, 20))
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
}
export const randomness: Randomness = {
  uuid: () => randomUUID(),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
}

export interface Stall {
  readonly folder: string
  readonly marketplace: Marketplace
  /** Calls of the marketplace so far, by name. */
  readonly calls: Map<string, number>
  readonly events: Event[]
  /** A manifest of a key, in a folder of that name. */
  add(key: string, change?: (manifest: string) => string): Promise<void>
  publish(how?: {
    readonly paths?: readonly string[]
    readonly over?: (marketplace: Marketplace) => Marketplace
    readonly tools?: Partial<PublishTools>
    readonly options?: Partial<PublishOptions>
    /** Where koo's own data are: another one is another machine. */
    readonly machine?: string
  }): Promise<Extract<Outcome, { is: 'published' }>>
  close(): Promise<void>
}

export async function openStall(given: Partial<SandboxOptions> = {}): Promise<Stall> {
  const folder = await mkdtemp(join(tmpdir(), 'koo-stall-'))
  const data = join(folder, 'market')
  const options = { port: 0, data, review: 'auto', reviewDelay: 0, clock, randomness, ...given } as const
  const sandbox = await startSandbox(options)
  const never = new AbortController().signal
  const { url, credentials } = sandbox
  const http = signedHttp({ who: 'The marketplace', base: new URL(url), credentials, clock, randomness, stop: never })
  const calls = new Map<string, number>()
  const marketplace = counted(httpMarketplace(http, url), calls)
  const files = nodeFiles(folder, () => randomness.hex(6))
  const events: Event[] = []
  return {
    folder,
    marketplace,
    calls,
    events,
    async add(key, change = (manifest) => manifest) {
      await cp(example, join(folder, key), { recursive: true })
      const file = join(folder, key, 'koo.yaml')
      const text = await readFile(file, 'utf8')
      const own = text.replace(/key: \S+/, `key: ${key}`).replace(/name: .*/, `name: ${key.replaceAll('-', ' ')}`)
      await writeFile(file, change(own))
    },
    async publish({
      paths = ['.'],
      over = (each: Marketplace) => each,
      tools = {},
      options: chosen = {},
      machine = 'mine',
    } = {}) {
      const read = await readProducts(files, paths)
      if (read.is === 'unsound') throw new Error(JSON.stringify(read.diagnostics))
      const records = `${machine}-koo`
      const sent = await readJournals({ files, clock }, `${records}/journal`, () => {})
      const header = { koo: '0', marketplace: url, account: 'a' }
      const outcome = await publishMany(
        {
          ...{ files, clock, randomness, stop: never, name: url, bundles: `${records}/bundles` },
          marketplace: over(marketplace),
          images: { find: async () => undefined },
          memory: openMemory(files, `${records}/baselines`, sent),
          journal: openJournal({ files, clock, randomness }, `${records}/journal`, header),
          packing: { pack: () => Promise.reject(new Error('not expected here')), basis: () => '', isSigned: false },
          gate: async () => [],
          confirm: async () => true,
          emit: (event) => void events.push(event),
          ...tools,
        },
        read.products,
        { rows: [], diagnostics: [] },
        {
          ...{ jobs: 4, resubmit: false, overwrite: false, allowRemovals: false, keepGoing: false },
          ...{ wait: { until: 'on-sale', atMost: 5000 }, beginUntil: Number.POSITIVE_INFINITY },
          ...chosen,
        },
      )
      if (outcome.is !== 'published') throw new Error(`The run ended with ${outcome.is}.`)
      return outcome
    },
    async close() {
      await http.close()
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function counted(marketplace: Marketplace, calls: Map<string, number>): Marketplace {
  const entries = Object.entries(marketplace).map(([name, work]) => [
    name,
    (...given: readonly unknown[]) => {
      calls.set(name, (calls.get(name) ?? 0) + 1)
      return (work as (...given: readonly unknown[]) => unknown)(...given)
    },
  ])
  return Object.fromEntries(entries) as Marketplace
}
