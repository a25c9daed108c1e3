/** The marketplace at home, put together: a data folder, a port, a key pair. */
import type { FastifyInstance } from 'fastify'
import { Failure } from '../model/failure.ts'
import type { Clock, Credentials, Randomness } from '../ports.ts'
import { answers } from './answers.ts'
import type { Asset } from './assets.ts'
import { openCatalogue } from './catalogue.ts'
import { withColleague } from './colleague.ts'
import type { Desk } from './create-release.ts'
import { openDatabase } from './database.ts'
import { faultHooks } from './fault-hooks.ts'
import { decisions, type Faults, oneOf, type Right, rights } from './faults.ts'
import type { ImsImage } from './images.ts'
import { type Review, settle } from './market.ts'
import { type OrderStore, openOrderStore } from './order-store.ts'
import { pagesBeside } from './pages.ts'
import { type Lag, remembering } from './past.ts'
import { requestLog } from './request-log.ts'
import type { SellerOptions } from './seller-desk.ts'
import { sandboxServer } from './server.ts'
import { openStore } from './store.ts'
import { openUploads } from './uploads.ts'

export type { ImsImage } from './images.ts'

export interface SandboxOptions {
  /** 0 for any free one. */
  readonly port: number
  /** The data folder; made if it is not there. */
  readonly data: string
  /** Who reviews: everything is approved, a person decides (ReviewRelease), or everything is rejected. */
  readonly review: 'auto' | 'manual' | 'reject'
  /** Milliseconds from the submission to the verdict. */
  readonly reviewDelay: number
  /** The only images there are; without them, any well-formed id is that of a sellable image. */
  readonly images?: readonly ImsImage[]
  /** The same for the released assets. */
  readonly assets?: readonly Asset[]
  /** What goes wrong, and from which seed. */
  readonly faults?: Faults
  readonly seed?: number
  /** A file that gets a line for each request. */
  readonly log?: string
  /** Where to listen; left out, where only this machine can reach it. */
  readonly host?: string
  /** Pages beside the API. Where other machines reach them they have a password, which is made where none is given. */
  readonly pages?: { readonly password?: string }
  /** The production interfaces of the seller: the key they share, and how they are called. */
  readonly seller?: SellerOptions
  readonly clock: Clock
  readonly randomness: Randomness
}

export interface Sandbox {
  readonly url: string
  readonly credentials: Credentials
  /** The password of the pages where the sandbox made it itself. */
  readonly password?: string
  close(): Promise<void>
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { app, ...keys } = await openSandbox(options)
  try {
    const url = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port })
    return { url, ...keys, close: () => closeSoon(app) }
  } catch (error) {
    await app.close()
    throw cannotListen(error, options) ?? error
  }
}

const closingTime = 2000

/** Lets running requests end, but not those that never would. */
async function closeSoon(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), closingTime)
  await app.close()
  clearTimeout(cut)
}

/** The sandbox without a port; closing the app closes its data too. */
export async function openSandbox(
  options: Omit<SandboxOptions, 'port'>,
): Promise<Omit<Sandbox, 'url' | 'close'> & { readonly app: FastifyInstance }> {
  const { clock, randomness, faults = [], seed = 0 } = options
  const drawn = decisions(faults, seed)
  const account = oneOf(faults, 'account')
  const database = await openDatabase(options.data)
  const plain = openStore(database, randomness)
  const edited = oneOf(faults, 'edits') === undefined ? plain : withColleague(plain, drawn.edit)
  const { store, asOf } = faults.some(({ fault }) => fault === 'stale') ? remembering(edited, clock) : { store: edited }
  const room = oneOf(faults, 'storage')?.bytes
  const uploads = await openUploads({ database, folder: options.data, randomness, clock, room })
  const inMarket = <T>(work: (now: number) => T): T =>
    database.transaction(() => {
      const now = clock.now()
      for (const product of store.dueProducts(now)) {
        store.save({ before: product, after: settle(product, now), by: 'reviewer' })
      }
      return work(now)
    })
  const desk: Desk = {
    ...{ store, uploads, randomness, inMarket },
    reviewFrom: (now) => drawn.review(now) ?? reviewFrom(options, now),
    quota: account?.products,
  }
  const allowed: ReadonlySet<Right> = new Set(rights.filter((each) => !account?.without.includes(each)))
  const orders = openOrderStore(database)
  const known = {
    ...{ images: options.images, assets: options.assets, rights: allowed, orders },
    interconnectionKey: async () => options.seller?.key(),
  }
  const faulty = {
    hooks: faultHooks(drawn, clock),
    skew: (oneOf(faults, 'skew')?.seconds ?? 0) * 1000,
    answersAsOf: (lag: Lag) => answers({ ...desk, store: asOf?.(lag) ?? store }, known),
  }
  const { credentials } = store.account
  const made =
    options.pages !== undefined && options.host !== undefined && options.pages.password === undefined
      ? store.keptPassword()
      : undefined
  const password = options.pages?.password ?? made
  const catalogue = openCatalogue(database)
  const seller = options.pages && (await sellerDesk(desk, orders, options))
  const pages = seller && pagesBeside({ desk, catalogue, seller, clock, randomness, password })
  const app = sandboxServer({
    pages,
    ...{ answers: answers(desk, known), store, clock, randomness, rights: allowed },
    faulty: faults.length === 0 ? undefined : faulty,
    log: options.log === undefined ? undefined : requestLog(options.log),
  })
  // Before requests in flight are waited for: some of them wait for the seller's server.
  app.addHook('preClose', async () => seller?.stop())
  app.addHook('onClose', () => database.close())
  pages?.serve(app)
  return { app, credentials, ...(made === undefined ? {} : { password: made }) }
}

/** Only beside pages, where there is something to buy. */
async function sellerDesk(desk: Desk, orders: OrderStore, { clock, seller }: Pick<SandboxOptions, 'clock' | 'seller'>) {
  const { openSellerDesk } = await import('./seller-desk.ts')
  const opened = openSellerDesk(desk, orders, clock, seller)
  opened.resume()
  return opened
}

/** What is to come is written down with the submission, so that nothing is lost when the sandbox stops meanwhile. */
function reviewFrom({ review, reviewDelay }: Pick<SandboxOptions, 'review' | 'reviewDelay'>, now: number): Review {
  if (review === 'manual') return { by: 'person' }
  return { by: review === 'auto' ? 'approval' : 'rejection', due: now + reviewDelay }
}

function cannotListen(error: unknown, { port, host }: SandboxOptions): Failure | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (host !== undefined && (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')) {
    const message = `${host} is no address of this machine.`
    return new Failure({ code: 'bad-host', exit: 'usage', message, hint: 'Use 0.0.0.0 for all of them.', cause: error })
  }
  if (code !== 'EADDRINUSE') return undefined
  return new Failure({
    code: 'port-in-use',
    exit: 'usage',
    message: `Port ${port} is in use.`,
    hint: 'Stop what listens there, or give another port with --port; 0 takes any that is free.',
    cause: error,
  })
}
