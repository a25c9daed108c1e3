/** What a marketplace answers, read with care: another server, or another version, may answer something else. */
import type { components } from '../model/marketplace-api.ts'
import { productStates } from '../model/release.ts'

/** What the contract calls by a name, and a part of a product that has none. */
export type Wire = components['schemas'] & { readonly Newest: components['schemas']['Product']['newest'] }

type Kind = 'text' | 'number' | 'list' | 'mapping'

/** The fields the client relies on; whatever else there is, is tolerated. */
const shapes = {
  Account: { account_id: 'text', name: 'text' },
  Product: {
    product_id: 'text',
    key: 'text',
    name: 'text',
    method: 'text',
    state: 'text',
    version: 'text',
    release_count: 'number',
    revision: 'number',
    newest: 'mapping',
  },
  Newest: { release_id: 'text', version: 'text', content_digest: 'text', state: 'text' },
  ProductPage: { products: 'list', page_info: 'mapping' },
  Release: {
    release_id: 'text',
    product_id: 'text',
    key: 'text',
    version: 'text',
    content_digest: 'text',
    created_digest: 'text',
    state: 'text',
    complaints: 'list',
  },
  ReleaseContent: { release_id: 'text', content_digest: 'text', manifest: 'mapping', files: 'list' },
  ReleaseFile: { path: 'text', sha256: 'text', bytes: 'number' },
  ReleaseList: { releases: 'list' },
  ReleasePage: { releases: 'list', page_info: 'mapping' },
  Upload: { upload_id: 'text', state: 'text', part_size: 'number', parts: 'list' },
  Part: { part_number: 'number', sha256: 'text' },
  Complaint: { path: 'text', code: 'text', message: 'text' },
  StoredObject: { bucket: 'text', region: 'text', key: 'text' },
} as const satisfies Partial<Record<keyof Wire, Readonly<Record<string, Kind>>>>

export type ShapeName = keyof typeof shapes

/** The value as the contract has it, or a few words on what is wrong with it. */
export function readWire<N extends ShapeName>(
  name: N,
  value: unknown,
): { readonly value: Wire[N] } | { readonly wrong: string } {
  if (typeof value !== 'object' || value === null) return { wrong: `${name} is no mapping` }
  const fields = value as Readonly<Record<string, unknown>>
  for (const [key, kind] of Object.entries(shapes[name])) {
    if (kindOf(fields[key]) !== kind) return { wrong: `${name} has no ${key}` }
  }
  const state = fields.state
  if ((name === 'Product' || name === 'Release' || name === 'Newest') && !Object.hasOwn(productStates, String(state))) {
    return { wrong: `${name} is in the unknown state ${printable(String(state))}` }
  }
  return { value: value as Wire[N] }
}

function kindOf(value: unknown): Kind | undefined {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  return typeof value === 'object' && value !== null ? 'mapping' : undefined
}

/** Text of somebody else's without control characters, which a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}
