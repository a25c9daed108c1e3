/** Catalogues of made-up products, as large as a test wants them, the same each time. */
import { createHash } from 'node:crypto'
import type { Catalogue } from '../../src/model/catalogue.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import type { ProductState, RemoteProduct, RemoteRelease } from '../../src/model/release.ts'
import { catalogueEntries } from '../../src/publish/catalogue.ts'

const hour = 3_600_000
const day = 24 * hour
/** A Wednesday. */
export const at = Date.UTC(2026, 10, 25, 14, 3)

const houses = ['Harbor', 'Ledgerfield', 'Northwind', 'Brightloom', 'Cobalt', 'Juniper', 'Tidewater', 'Quarry']
const goods = [
  'CRM',
  'Billing Desk',
  'Log Search',
  'Data Mover',
  'Edge Gateway',
  'Backup Vault',
  'Shop Floor',
  'Forecast',
]
const mostly: readonly ProductState[] = [
  ...(['on-sale', 'on-sale', 'on-sale', 'on-sale', 'on-sale', 'on-sale', 'in-review', 'on-sale'] as const),
  ...(['rejected', 'on-sale', 'draft', 'on-sale', 'in-review', 'withdrawn', 'discontinued', 'on-sale'] as const),
]
const complaints = [
  { path: '/product/overview', code: 'unclear', message: 'The overview does not say what the buyer gets.' },
  { path: '/product/logo', code: 'logo', message: 'The logo shows another company’s mark.' },
]

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T
}

/** Anything between 0 and 1 that is the same for a number each time. */
function chance(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32
}

/** A product and its newest release; parts of them as a test wants them. */
export function sampleProduct(
  index: number,
  state: ProductState,
  change: { readonly product?: Partial<RemoteProduct>; readonly newest?: Partial<RemoteRelease> } = {},
): readonly [RemoteProduct, RemoteRelease] {
  const serial = String(index).padStart(4, '0')
  const house = pick(houses, index * 5 + Math.floor(index / 7))
  const good = pick(goods, index)
  const version = `V${1 + (index % 3)}.${index % 10}`
  const took = hour * 0.4 + chance(index) ** 3 * 9 * day
  const isOpen = state === 'in-review'
  const submittedAt = at - (isOpen ? 2 * hour + chance(index) ** 2 * 8 * day : 12 * day + chance(index + 1) * 300 * day)
  const digest = createHash('sha256').update(serial).digest('hex')
  const newest: RemoteRelease = {
    ...{ id: `r${serial}`, productId: `p${serial}`, key: `${slug(house)}-${slug(good)}-${serial}`, version, state },
    contentDigest: digest,
    createdDigest: index % 37 === 5 ? digest.replace(/./g, '0') : digest,
    complaints: state === 'rejected' ? complaints.slice(0, 1 + (index % 2)) : [],
    ...(state === 'draft' ? {} : { submittedAt }),
    ...(index % 37 === 5 ? { editedAt: at - 3 * day } : {}),
    ...(isOpen || state === 'draft' || state === 'withdrawn' ? {} : { reviewedAt: submittedAt + took }),
    ...change.newest,
  }
  const isUpdate = index % 5 === 2 && (state === 'in-review' || state === 'rejected')
  const product: RemoteProduct = {
    ...{ id: newest.productId, key: newest.key, name: `${house} ${good} ${index}`, removedSpecifications: [] },
    method: pick(deliveryMethodIds, Math.floor(chance(index + 7) ** 2 * deliveryMethodIds.length)),
    state: isUpdate ? 'on-sale' : newest.state,
    version: isUpdate ? 'V1.0' : version,
    ...{ releases: 1 + (index % 9) + (isUpdate ? 1 : 0), revision: 3 },
    newest: { id: newest.id, version, contentDigest: newest.contentDigest, state: newest.state },
    updatedAt: newest.reviewedAt ?? newest.submittedAt ?? at - 40 * day,
    ...change.product,
  }
  return [product, newest]
}

function slug(text: string): string {
  return text.toLowerCase().replace(/\W+/g, '-')
}

export function catalogueOf(pairs: readonly (readonly [RemoteProduct, RemoteRelease])[]): Catalogue {
  const products = pairs.map(([product]) => product)
  const releases = pairs.map(([, newest]) => newest)
  return { account: 'Harbor Software Ltd', at, entries: catalogueEntries(products, releases, at), files: [] }
}

/** So many products in all states. */
export function sampleCatalogue(size: number): Catalogue {
  return catalogueOf(Array.from({ length: size }, (_, index) => sampleProduct(index, pick(mostly, index))))
}
