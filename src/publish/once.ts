/** Requests that must have their effect once: journaled first, and looked for on the marketplace before a repeat. */
import { createHash } from 'node:crypto'
import { Failure } from '../model/failure.ts'
import { jitterOf } from '../model/jitter.ts'
import type { ProductPlan } from '../model/plan.ts'
import type { Complaint, ReleaseRequest, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Clock, Marketplace, Randomness } from '../ports.ts'
import type { Journal } from './journal.ts'

export interface OnceTools {
  readonly marketplace: Marketplace
  readonly clock: Clock
  readonly randomness: Randomness
  readonly stop: AbortSignal
  readonly journal: Journal
}

export type Handed =
  | { readonly is: 'release'; readonly release: RemoteRelease }
  /** The marketplace's own check refused the manifest, so nothing was made there. */
  | { readonly is: 'refused'; readonly complaints: readonly Complaint[] }
  /** Somebody else was faster; `there` is what the marketplace has by now. */
  | { readonly is: 'moved'; readonly there: RemoteProduct | undefined; readonly why: string }

const attempts = 6
const firstPause = 250
const longestPause = 8000

/** Makes a release. The same content after the same release is the same request, whoever sends it from wherever. */
export async function createOnce(tools: OnceTools, plan: ProductPlan, request: ReleaseRequest): Promise<Handed> {
  const { key, contentDigest } = request
  const { decision, revision } = plan
  const after = decision.do === 'release' ? decision.after : undefined
  const token = tokenOf(key, contentDigest, after ?? '')
  const intent = { do: 'create', key, digest: contentDigest, token, revision, ...(after ? { after } : {}) } as const
  await tools.journal.intend(intent)
  return noted(tools, token, () =>
    sentOnce(tools, {
      send: () => tools.marketplace.createRelease(request, token),
      find: () => mine(tools.marketplace, request, after),
    }),
  )
}

/** Hands a release in again, while its content is still what was planned. */
export async function submitOnce(tools: OnceTools, plan: ProductPlan, releaseId: string): Promise<Handed> {
  const { marketplace } = tools
  const { key, contentDigest: digest } = plan.material
  const isMine = ({ contentDigest }: RemoteRelease): boolean => contentDigest === digest
  const notMine = async (): Promise<Found> => ({ is: 'not mine', there: await marketplace.product(key) })
  const edited = async (): Promise<Handed> => {
    return { is: 'moved', there: await marketplace.product(key), why: 'It was edited on the marketplace meanwhile.' }
  }
  if (!isMine(await marketplace.release(releaseId))) return edited()
  const token = tokenOf('submit', releaseId, plan.revision)
  await tools.journal.intend({ do: 'submit', key, digest, token, after: releaseId, revision: plan.revision })
  return noted(tools, token, () =>
    sentOnce(tools, {
      async send() {
        const release = await marketplace.submit(releaseId, token)
        return isMine(release) ? { is: 'release', release } : edited()
      },
      async find() {
        const release = await marketplace.release(releaseId)
        const isHandedIn = release.state === 'in-review' || release.state === 'on-sale'
        return isHandedIn && isMine(release) ? { is: 'mine', release } : notMine()
      },
    }),
  )
}

function tokenOf(...of: readonly (string | number)[]): string {
  return createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 32)
}

async function noted(tools: OnceTools, token: string, work: () => Promise<Handed>): Promise<Handed> {
  try {
    const handed = await work()
    await tools.journal.result(
      handed.is === 'release' ? { token, came: 'made', release: handed.release.id } : { token, came: 'refused' },
    )
    return handed
  } catch (error) {
    await tools.journal.result({ token, came: 'unknown' })
    throw error
  }
}

type Found =
  | { readonly is: 'mine'; readonly release: RemoteRelease }
  | { readonly is: 'not mine'; readonly there: RemoteProduct | undefined }

interface Sending {
  readonly send: () => Promise<Handed>
  /** Looks whether it has had its effect. */
  readonly find: () => Promise<Found>
}

async function sentOnce(tools: OnceTools, { send, find }: Sending): Promise<Handed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send()
    } catch (error) {
      if (!mayHaveHadEffect(error)) throw error
      // Where that cannot be told, the first error says more; the journal and the token keep the next run right.
      const found = await find().catch(() => undefined)
      if (found?.is === 'mine') return { is: 'release', release: found.release }
      if (isConflict(error)) return movedBy(error, found)
      if (attempt === attempts || !passes(error)) throw error
      await pause(tools, attempt)
      if (tools.stop.aborted) throw error
    }
  }
}

function movedBy(error: Failure, found: Found | undefined): Handed {
  if (found?.is !== 'not mine') throw error
  return { is: 'moved', there: found.there, why: error.message }
}

function isConflict({ code }: Failure): boolean {
  return code === 'marketplace-moved' || code === 'marketplace-conflict'
}

/** No answer came, or one that the server failed; the wait for one was cut short; or it may conflict with itself. */
function mayHaveHadEffect(error: unknown): error is Failure {
  return error instanceof Failure && (isConflict(error) || passes(error) || error.exit === 'stopped')
}

/** What the client has done all it can about, such as a host that wants a long pause, is not repeated here once more. */
function passes({ code }: Failure): boolean {
  return code === 'marketplace-failed' || code === 'marketplace-unreachable'
}

async function pause({ clock, randomness, stop }: OnceTools, attempt: number): Promise<void> {
  await clock.sleep(Math.min(longestPause, firstPause * 2 ** attempt) * jitterOf(randomness), stop)
}

/** The release of this content, if it is the newest the product has and came after what it was to come after. */
async function mine(
  marketplace: Marketplace,
  { key, contentDigest: digest }: ReleaseRequest,
  after: string | undefined,
): Promise<Found> {
  const there = await marketplace.product(key)
  if (there === undefined || there.newest.id === after) return { is: 'not mine', there }
  const release = await marketplace.release(there.newest.id)
  const isMine = release.createdDigest === digest && release.contentDigest === digest
  return isMine ? { is: 'mine', release } : { is: 'not mine', there }
}
