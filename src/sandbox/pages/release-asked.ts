/** The release an address speaks of, with all there is to know for judging it. */
import type { Finding } from '../../model/diagnostic.ts'
import type { FileFact } from '../../model/file-fact.ts'
import { factOf, findingsOn, releaseIn } from '../create-release.ts'
import type { Product, Release } from '../market.ts'
import { notHere } from './answer.ts'
import type { Ask } from './ask.ts'

export interface Asked {
  readonly product: Product
  readonly release: Release
}

export function releaseAsked({ tools: { desk }, parts: [id = ''] }: Ask): Asked {
  const product = desk.inMarket(() => desk.store.productOfRelease(id))
  if (product === undefined) throw notHere('There is no such release.')
  return { product, release: releaseIn(product, id) }
}

export function productAsked({ tools: { desk }, parts: [key = ''] }: Ask): Product {
  const product = desk.inMarket(() => desk.store.productByKey(key))
  if (product === undefined) throw notHere('There is no product of this key.')
  return product
}

/** What koo's own rules say, as when the release was created; files whose bytes are gone count as missing. */
export async function findingsOf({ tools: { desk } }: Ask, { manifest, files }: Release): Promise<readonly Finding[]> {
  const facts = new Map<string, FileFact>()
  for (const file of files) {
    facts.set(file.path, await factOf(desk.uploads, file).catch((): FileFact => ({ is: 'missing' })))
  }
  return findingsOn(manifest, facts)
}
