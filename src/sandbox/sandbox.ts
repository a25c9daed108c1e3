/** The marketplace at home, put together: a data folder, a port, a key pair. */
import type { FastifyInstance } from 'fastify'
import { Failure } from '../model/failure.ts'
import type { Clock, Credentials, Randomness } from '../ports.ts'
import { answers } from './answers.ts'
import type { Asset } from './assets.ts'
import { openDatabase } from './database.ts'
import type { ImsImage } from './images.ts'
import { type Review, settle } from './market.ts'
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
  readonly clock: Clock
  readonly randomness: Randomness
}

export interface Sandbox {
  readonly url: string
  readonly credentials: Credentials
  close(): Promise<void>
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { app, credentials } = await openSandbox(options)
  try {
    const url = await app.listen({ host: '127.0.0.1', port: options.port })
    return { url, credentials, close: () => closeSoon(app) }
  } catch (error) {
    await app.close()
    throw portInUse(error, options.port) ?? error
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
): Promise<{ readonly app: FastifyInstance; readonly credentials: Credentials }> {
  const { clock, randomness } = options
  const database = await openDatabase(options.data)
  const store = openStore(database, randomness)
  const uploads = await openUploads(database, options.data, randomness)
  const inMarket = <T>(work: (now: number) => T): T =>
    database.transaction(() => {
      const now = clock.now()
      for (const product of store.dueProducts(now)) store.save(settle(product, now))
      return work(now)
    })
  const desk = { store, uploads, randomness, inMarket, reviewFrom: (now: number) => reviewFrom(options, now) }
  const app = sandboxServer({ answers: answers(desk, options), store, clock, randomness })
  app.addHook('onClose', () => database.close())
  return { app, credentials: store.account.credentials }
}

/** What is to come is written down with the submission, so that nothing is lost when the sandbox stops meanwhile. */
function reviewFrom({ review, reviewDelay }: Pick<SandboxOptions, 'review' | 'reviewDelay'>, now: number): Review {
  if (review === 'manual') return { by: 'person' }
  return { by: review === 'auto' ? 'approval' : 'rejection', due: now + reviewDelay }
}

function portInUse(error: unknown, port: number): Failure | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return undefined
  return new Failure({
    code: 'port-in-use',
    exit: 'usage',
    message: `Port ${port} is in use.`,
    hint: 'Stop what listens there, or give another port with --port; 0 takes any that is free.',
    cause: error,
  })
}
