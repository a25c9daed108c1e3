/** What a page is asked, and with what. */
import type { IncomingHttpHeaders } from 'node:http'
import type { PagesTools } from '../pages.ts'
import { type Answer, Refused } from './answer.ts'
import type { Door, Visitor } from './door.ts'

export interface Ask {
  readonly tools: PagesTools
  readonly door: Door
  readonly visitor: Visitor
  readonly headers: IncomingHttpHeaders
  /** Of whoever asks. */
  readonly address: string
  readonly url: URL
  /** What stands in the address for the variable parts of its pattern. */
  readonly parts: readonly string[]
  /** Empty where nothing was sent. */
  readonly form: URLSearchParams
  /** The form is one that was drawn for this visitor since the sandbox started. */
  readonly isFresh: boolean
  /** Whether a page is to be had at a path. */
  readonly isPage: (path: string) => boolean
}

export type Page = (ask: Ask) => Answer | Promise<Answer>

/** For forms in which nothing was typed that could be lost. */
export function demandFresh({ isFresh }: Pick<Ask, 'isFresh'>): void {
  if (isFresh) return
  const message =
    'The form was drawn before the sandbox was started, or for another session, so nothing was done. Go back, reload the page and send it again.'
  throw new Refused(403, 'An old form', message)
}

/** A number of the query, from 1 on. */
export function pageNumber({ url }: Pick<Ask, 'url'>): number {
  const text = url.searchParams.get('page') ?? ''
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
}
