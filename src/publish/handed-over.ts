/** What was entered in Seller Console by hand: a record for each product, and the marketplace that these records make. */
import type { DeliveryMethod } from '../model/delivery-methods.ts'
import { Failure } from '../model/failure.ts'
import { byHand, handOversFolder } from '../model/hand-over.ts'
import type { ManifestData, ReleaseFile, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Files, Marketplace } from '../ports.ts'
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
  all(): Promise<readonly HandOverRecord[]>
  keep(record: HandOverRecord): Promise<void>
  forget(key: string): Promise<void>
}

const format = 1
const suffix = '.json'

/** A file for each product, readable by its owner alone. Nothing is read where nothing was ever recorded. */
export function openHandOvers(files: Files, data: string): HandOvers {
  const folder = files.join(data, handOversFolder)
  const pathOf = (key: string): string => files.join(folder, `${key}${suffix}`)
  const find: HandOvers['find'] = async (key) => {
    const path = pathOf(key)
    if (!(await files.exists(path))) return undefined
    return recordIn(Buffer.from(await files.read(path)).toString('utf8'), key) ?? damaged(files.shown(path))
  }
  return {
    find,
    async all() {
      if (!(await files.isFolder(folder))) return []
      const found: HandOverRecord[] = []
      for (const { path, kind } of await files.tree(folder, () => false)) {
        if (kind !== 'file' || !path.endsWith(suffix)) continue
        const record = await find(path.slice(0, -suffix.length))
        if (record !== undefined) found.push(record)
      }
      return found
    },
    keep: (record) => files.write(pathOf(record.key), JSON.stringify({ format, ...record }), { secret: true }),
    forget: (key) => files.removeFile(pathOf(key)),
  }
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

function damaged(path: string): never {
  throw new Failure({
    code: 'record-damaged',
    exit: 'usage',
    message: `${path} is no record of a hand-over that this koo can read.`,
    hint: 'Remove it, and record the product again: koo handoff PATH --done PRODUCT-ID',
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
    const found = new Map<string, RemoteProduct>()
    for (const key of keys) {
      const record = await records.find(key)
      if (record !== undefined) found.set(key, productOf(key, record.entered))
    }
    return found
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
