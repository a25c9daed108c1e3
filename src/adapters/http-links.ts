/** The Links port over undici: HEAD, then GET where that is refused; bodies are never read, nothing is signed. */
import limiter from 'p-limit'
import { Agent, errors, request } from 'undici'
import { plainAddress } from '../model/address.ts'
import { stopped } from '../model/failure.ts'
import type { LinkAnswer, Links } from '../ports.ts'
import { version } from '../version.ts'
import { causeCode } from './signed-http.ts'
import { noHttp, whyUnreached, withinTime } from './unreached.ts'

const mostAtOnce = 4
const mostRedirects = 5
const wholeLook = 10_000

const headers = { 'user-agent': `koo/${version}`, accept: '*/*' } as const
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

interface Head {
  readonly status: number
  readonly location: string | undefined
}

type Ask = (method: 'HEAD' | 'GET', address: string) => Promise<Head>

/** `time` is what a look may take as a whole, in milliseconds. */
export function httpLinks({ stop, time = wholeLook }: { readonly stop: AbortSignal; readonly time?: number }): Links {
  const limit = limiter(mostAtOnce)
  const looks = new Map<string, Promise<LinkAnswer>>()
  return {
    look(url) {
      const address = plainAddress(url)
      if (address === undefined) return Promise.resolve({ is: 'unreached', why: 'it is no http address' })
      const look = looks.get(address) ?? limit(() => lookAt(address, time, stop))
      looks.set(address, look)
      return look
    },
  }
}

async function lookAt(address: string, time: number, stop: AbortSignal): Promise<LinkAnswer> {
  // An agent for each look: ending it ends whatever is under way, such as a body nobody reads.
  const agent = new Agent({ connect: { timeout: time }, pipelining: 0 })
  const end = new AbortController()
  const timer = setTimeout(() => end.abort(new TimeIsUp()), time)
  const signal = AbortSignal.any([stop, end.signal])
  const ask: Ask = async (method, url) => {
    const answer = await request(url, { method, headers, dispatcher: agent, signal })
    answer.body.on('error', () => {}).destroy()
    const { location } = answer.headers
    return { status: answer.statusCode, location: typeof location === 'string' ? location : undefined }
  }
  try {
    return await follow(ask, address)
  } catch (error) {
    if (stop.aborted) throw stopped()
    return { is: 'unreached', why: reasonOf(error, time) }
  } finally {
    clearTimeout(timer)
    await agent.destroy()
  }
}

class TimeIsUp extends Error {}

async function follow(ask: Ask, start: string): Promise<LinkAnswer> {
  let address = start
  for (let followed = 0; ; followed += 1) {
    const { status, location } = await headOf(ask, address)
    if (location === undefined || !redirects.has(status)) return { is: 'answered', status, address }
    if (followed === mostRedirects) return { is: 'unreached', why: `it redirects more than ${mostRedirects} times` }
    const next = plainAddress(location, address)
    if (next === undefined) return { is: 'unreached', why: 'it redirects to what is no http address' }
    address = next
  }
}

const cuts: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** Servers refuse HEAD in many ways, a cut connection among them, so only GET may say that something is wrong. */
async function headOf(ask: Ask, address: string): Promise<Head> {
  try {
    const head = await ask('HEAD', address)
    // Asking again is the wrong answer to "too many requests".
    if (head.status < 400 || head.status === 429) return head
  } catch (error) {
    if (!cuts.has(causeCode(error)) && !(error instanceof errors.HTTPParserError)) throw error
  }
  return ask('GET', address)
}

function reasonOf(error: unknown, time: number): string {
  if (error instanceof TimeIsUp) return withinTime(time)
  if (error instanceof errors.HTTPParserError) return noHttp
  return whyUnreached(causeCode(error), time)
}
