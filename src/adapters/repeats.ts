/** Whether a call is repeated, and after which pause. */
import type { Trouble } from './trouble.ts'

const usualAttempts = 6
const firstPause = 200
const longestPause = 20_000
/** What a server may ask to wait. */
const longestAsked = 120_000
/** What all pauses of a throttled call may take together. */
const throttledBudget = 300_000

/** What has become of a call so far. */
export interface Past {
  readonly failures: number
  readonly throttled: number
  /** Milliseconds of the pauses for being throttled. */
  readonly waited: number
  /** It was signed again with the server's time. */
  readonly mended: boolean
}

export const noPast: Past = { failures: 0, throttled: 0, waited: 0, mended: false }

export type Next =
  | {
      readonly do: 'repeat'
      /** Milliseconds. */
      readonly pause: number
      /** The server wants it of everyone who calls it. */
      readonly shared: boolean
      readonly past: Past
    }
  /** With `asked`, because the server wants so many milliseconds without a call. */
  | { readonly do: 'end'; readonly asked?: number }

/**
 * Full jitter, doubling; a server that names a pause is obeyed, unless it is too long.
 *
 * @param asked milliseconds the server asks to wait
 * @param jitter from 0 to 1
 */
export function nextOf(
  trouble: Trouble,
  call: { readonly repeatable: boolean; readonly attempts?: number },
  past: Past,
  asked: number | undefined,
  jitter: number,
): Next {
  if (!mayRepeat(trouble, call.repeatable)) return { do: 'end' }
  if (asked !== undefined && asked > longestAsked) return { do: 'end', asked }
  const repeat = (count: number, grown: (pause: number) => Past): Next => {
    const pause = asked ?? Math.min(longestPause, firstPause * 2 ** count) * jitter
    return { do: 'repeat', pause, shared: trouble === 'throttled' && asked !== undefined, past: grown(pause) }
  }
  if (trouble === 'throttled') {
    const next = repeat(past.throttled, (pause) => ({
      ...past,
      throttled: past.throttled + 1,
      waited: past.waited + pause,
    }))
    return next.do === 'repeat' && next.past.waited > throttledBudget ? { do: 'end' } : next
  }
  if (past.failures + 1 >= (call.attempts ?? usualAttempts)) return { do: 'end' }
  return repeat(past.failures, () => ({ ...past, failures: past.failures + 1 }))
}

function mayRepeat(trouble: Trouble, repeatable: boolean): boolean {
  if (trouble === 'lost-before-sent' || trouble === 'throttled') return true
  return repeatable && (trouble === 'lost' || trouble === 'failed')
}

/**
 * Milliseconds a Retry-After header asks to wait: it has seconds, or an HTTP date, which is the server's and therefore
 * compared with the server's own time.
 */
export function retryAfter(header: unknown, serverTime: number): number | undefined {
  if (typeof header !== 'string') return undefined
  const milliseconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - serverTime
  return milliseconds > 0 ? milliseconds : undefined
}
