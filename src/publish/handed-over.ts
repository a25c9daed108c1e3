/** What was entered in Seller Console by hand: a record for each product, and the marketplace that these records make. */
import type { DeliveryMethod } from '../model/delivery-methods.ts'
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import { byHand, handOversFolder } from '../model/hand-over.ts'
import type { ManifestData, ReleaseFile, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Files, Marketplace } from '../ports.ts'
import { aside } from './aside.ts'
import { namesIn } from './notes.ts'

/** A version of a product as it was entered. */
export interface HandedOver {
  /** KooGallery's own id of the product. */
  readonly productId: string
  readonly name: string
  readonly version: string
  readonly method: DeliveryMethod
  readonly contentDigest: string
  readonly manifest: ManifestData
  readonly files: readonly ReleaseFile[]
  /** When it was recorded, in milliseconds since 1970. */
  readonly at: number
}

export interface HandOverRecord {
  readonly key: string
  /** Newest first; at least one. */
  readonly entered: readonly [HandedOver, ...HandedOver[]]
}

export interface HandOvers {
  /** @throws {Failure} where there is a record that cannot be read: it is the only one of what was done by hand. */
  find(key: string): Promise<HandOverRecord | undefined>
  /** All that can be read. */
  all(): Promise<readonly HandOverRecord[]>
  /** Those of these products that can be read; what is damaged is told, and hinders no other. */
  some(keys: readonly string[]): Promise<readonly HandOverRecord[]>
  keep(record: HandOverRecord): Promise<void>
  forget(key: string): Promise<void>
}

/** The code of the failure where a record cannot be read. */
export const damagedCode = 'record-damaged'

const format = 1
const suffix = '.json'

/** A file for each product, readable by its owner alone. Nothing is read where nothing was ever recorded. */
export function openHandOvers(files: Files, data: string, emit: (event: Event) => void = () => {}): HandOvers {
  const folder = files.join(data, handOversFolder)
  const pathOf = (key: string): string => files.join(folder, `${key}${suffix}`)
  const find: HandOvers['find'] = async (key) => {
    const path = pathOf(key)
    if (!(await files.exists(path))) return undefined
    return recordIn(Buffer.from(await files.read(path)).toString('utf8'), key) ?? damaged(files.shown(path), key)
  }
  const some: HandOvers['some'] = async (keys) => {
    const found: HandOverRecord[] = []
    for (const key of keys) {
      await aside(emit, async () => {
        const record = await find(key)
        if (record !== undefined) found.push(record)
      })
    }
    return found
  }
  return {
    find,
    some,
    async all() {
      if (!(await files.isFolder(folder))) return []
      const kept = (await files.tree(folder, () => false)).filter(({ kind, path }) => kind === 'file' && isKept(path))
      return some(kept.map(({ path }) => path.slice(0, -suffix.length)))
    },
    keep: (record) => files.write(pathOf(record.key), JSON.stringify({ format, ...record }), { secret: true }),
    forget: (key) => files.removeFile(pathOf(key)),
  }
}

function isKept(path: string): boolean {
  return path.endsWith(suffix)
}

function recordIn(text: string, key: string): HandOverRecord | undefined {
  try {
    const { format: its, ...value } = JSON.parse(text) as HandOverRecord & { readonly format: unknown }
    const isWhole =
      its === format &&
      value.key === key &&
      value.entered.length > 0 &&
      value.entered.every(
        (each) =>
          [each.productId, each.version, each.contentDigest, each.method].every((word) => typeof word === 'string') &&
          typeof each.at === 'number' &&
          typeof each.manifest === 'object' &&
          each.manifest !== null &&
          Array.isArray(each.files),
      )
    return isWhole ? value : undefined
  } catch {
    return undefined
  }
}

function damaged(path: string, key: string): never {
  throw new Failure({
    code: damagedCode,
    exit: 'usage',
    message: `${path} is no record of a hand-over that this koo can read.`,
    hint: `Remove it with \`koo handoff ${key} --forget\`, and record the product again with --done.`,
  })
}

/** What `koo status`, `diff`, `plan` and `list` ask; whatever would write is refused, because a person has to do it. */
export function handedOverMarket(records: HandOvers): Marketplace {
  const byId = async (productId: string): Promise<HandOverRecord | undefined> =>
    (await records.all()).find(({ key, entered }) => productOf(key, entered).id === productId)
  const release = async (id: string): Promise<{ readonly release: RemoteRelease; readonly entered: HandedOver }> => {
    for (const { key, entered } of await records.all()) {
      const index = releasesOf(key, entered).findIndex((each) => each.id === id)
      const [found, itself] = [releasesOf(key, entered)[index], entered[index]]
      if (found !== undefined && itself !== undefined) return { release: found, entered: itself }
    }
    throw new Failure({ code: 'no-release', exit: 'usage', message: `No product was recorded with the release ${id}.` })
  }
  const productsByKey: Marketplace['productsByKey'] = async (keys) => {
    // What is asked of one product alone fails with its record.
    const [only, ...others] = keys
    if (only !== undefined && others.length === 0) await records.find(only)
    const found = await records.some(keys)
    return new Map(found.map(({ key, entered }) => [key, productOf(key, entered)]))
  }
  return {
    account: async () => ({ id: byHand, name: 'Seller Console' }),
    async *products() {
      for (const { key, entered } of await records.all()) yield productOf(key, entered)
    },
    product: async (key) => (await productsByKey([key])).get(key),
    productsByKey,
    async releases(productId) {
      const record = await byId(productId)
      return record === undefined ? [] : releasesOf(record.key, record.entered)
    },
    release: async (id) => (await release(id)).release,
    async releasesById(ids) {
      const all = (await records.all()).flatMap(({ key, entered }) => releasesOf(key, entered))
      return all.filter(({ id }) => ids.includes(id))
    },
    async content(id) {
      const { entered } = await release(id)
      const { contentDigest, manifest, files } = entered
      return { releaseId: id, contentDigest, manifest, files }
    },
    // biome-ignore lint/correctness/useYield: it only refuses, as the others do
    async *file() {
      throw onlyByHand('give back files')
    },
    edit: refused('edit products'),
    upload: refused('take uploads'),
    createRelease: refused('publish'),
    submit: refused('publish'),
    withdraw: refused('withdraw applications'),
    discontinue: refused('remove products'),
    review: refused('review products'),
    close: async () => {},
  }
}

function refused(doing: string): () => Promise<never> {
  return async () => {
    throw onlyByHand(doing)
  }
}

/** Why koo cannot do it. */
export function onlyByHand(doing: string): Failure {
  return new Failure({
    code: 'only-by-hand',
    exit: 'usage',
    message: `KooGallery has no public API through which koo could ${doing}; a person does it in Seller Console.`,
    hint: '`koo handoff` prepares every value and file to enter there.',
  })
}

type Entered = HandOverRecord['entered']

function productOf(key: string, entered: Entered): RemoteProduct {
  const [newest] = entered
  const { productId, name, method, version, contentDigest, manifest } = newest
  const kept = new Set(namesIn(manifest))
  const before = entered.flatMap((each) => namesIn(each.manifest))
  return {
    id: productId,
    key,
    name,
    method,
    state: 'on-sale',
    version,
    releases: entered.length,
    revision: entered.length,
    newest: { id: releaseId(key, entered, 0), version, contentDigest, state: 'on-sale' },
    removedSpecifications: [...new Set(before)].flatMap((each) => (each === undefined || kept.has(each) ? [] : [each])),
  }
}

/** What was entered before has been replaced. */
function releasesOf(key: string, entered: Entered): readonly RemoteRelease[] {
  return entered.map(({ productId, version, contentDigest, at }, index) => ({
    id: releaseId(key, entered, index),
    productId,
    key,
    version,
    contentDigest,
    createdDigest: contentDigest,
    state: index === 0 ? 'on-sale' : 'discontinued',
    complaints: [],
    submittedAt: at,
  }))
}

/** Counted from the oldest, so that it stays what it is. */
function releaseId(key: string, entered: Entered, index: number): string {
  return `${key}-${entered.length - index}`
}
