/** `koo validate --online`: what only the network can tell of products that are sound otherwise. */
import limiter from 'p-limit'
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import type { Manifest } from '../model/manifest.ts'
import type { Unreached } from '../model/outcome.ts'
import { type LookUp, lookUps, type OnlinePorts, type Seen } from './look-ups.ts'

export interface OnlineProduct {
  readonly file: string
  readonly manifest: Manifest
  readonly place: (finding: Finding) => FramedDiagnostic
}

export interface LookedUp {
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly unreached: readonly Unreached[]
}

const mostAtOnce = 8

/** Everything is looked at, whatever fails; results come in the order of the products and their fields. */
export async function lookOnline(
  ports: OnlinePorts,
  products: readonly OnlineProduct[],
  emit: (event: Event) => void = () => {},
): Promise<LookedUp> {
  const limit = limiter(mostAtOnce)
  const looked = await Promise.all(
    products.map(async ({ file, manifest, place }) => {
      const key = manifest.product.key
      const seen = await Promise.all(
        lookUps(ports, manifest).map((each) =>
          limit(async () => {
            emit({ is: 'step', key, text: `looking at ${each.what}` })
            return { what: each.what, seen: await carefully(each) }
          }),
        ),
      )
      emit({ is: 'settled', key })
      return {
        diagnostics: seen.flatMap((each) => (each.seen.is === 'wrong' ? [place(each.seen.finding)] : [])),
        unreached: seen.flatMap(({ what, seen }) => (seen.is === 'unreached' ? [{ file, what, why: seen.why }] : [])),
      }
    }),
  )
  return {
    diagnostics: looked.flatMap(({ diagnostics }) => diagnostics),
    unreached: looked.flatMap(({ unreached }) => unreached),
  }
}

/** A service that fails or refuses the credentials leaves this one thing unknown; Ctrl-C and wrong usage end it all. */
async function carefully({ look }: LookUp): Promise<Seen> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.exit !== 'marketplace' && error.exit !== 'credentials') throw error
    // Only credentials are in the user's hands; the hint of a network that fails is to try again.
    const hint = error.exit === 'credentials' && error.hint !== undefined ? ` ${error.hint}` : ''
    return { is: 'unreached', why: `${error.message}${hint}` }
  }
}
