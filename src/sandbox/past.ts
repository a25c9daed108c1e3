/** Shows the marketplace as it was: for reads that come from a copy which lags behind. */
import type { Clock } from '../ports.ts'
import type { Product } from './market.ts'
import type { Store } from './store.ts'

/** How far back: milliseconds, or changes of products. */
export interface Lag {
  readonly milliseconds?: number
  readonly writes?: number
}

interface Change {
  readonly at: number
  readonly id: string
  /** Undefined where the product was new. */
  readonly before: Product | undefined
}

/** Changes that are remembered, so that a long life does not fill the memory. */
const most = 1000

/** A store that remembers its changes, and the same store as it was. Changes of other processes are not known here. */
export function remembering(store: Store, clock: Clock): { readonly store: Store; asOf(lag: Lag): Store } {
  const changes: Change[] = []
  const save: Store['save'] = (change) => {
    changes.push({ at: clock.now(), id: change.after.id, before: change.before })
    if (changes.length > most) changes.shift()
    store.save(change)
  }
  return { store: { ...store, save }, asOf: (lag) => past(store, undone(changes, lag, clock.now())) }
}

function undone(changes: readonly Change[], { milliseconds, writes }: Lag, now: number): readonly Change[] {
  if (writes !== undefined) return changes.slice(-writes)
  return changes.filter(({ at }) => at > now - (milliseconds ?? 0))
}

/** Reads only: nothing is written to the past. */
function past(store: Store, changes: readonly Change[]): Store {
  // Of several changes of a product the oldest says what it was before all of them.
  const before = new Map([...changes].reverse().map((each) => [each.id, each.before]))
  const then = (product: Product | undefined): Product | undefined =>
    product !== undefined && before.has(product.id) ? before.get(product.id) : product
  return {
    ...store,
    productByKey: (key) => then(store.productByKey(key)),
    productById: (id) => then(store.productById(id)),
    productOfRelease: (id) => {
      const product = then(store.productOfRelease(id))
      return product?.releases.some((each) => each.id === id) ? product : undefined
    },
    products: (limit, after) => store.products(limit + changes.length, after).flatMap((each) => then(each) ?? []),
    dueProducts: () => [],
    save: () => {},
  }
}
