/** What the sandbox's pages answer with, and what they throw where there is no such answer. */
import type { Readable } from 'node:stream'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number | string[]>>
  readonly body: string | Readable
}

/** Ends a request with a page that says why. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly title: string

  constructor(status: number, title: string, message: string) {
    super(message)
    this.status = status
    this.title = title
  }
}

export function notHere(what: string): Refused {
  return new Refused(404, 'Not found', what)
}

export function html(status: number, body: string, headers: Answer['headers'] = {}): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body }
}

/** The next page is fetched, so that going back or reloading sends nothing again. */
export function moved(to: string, headers: Answer['headers'] = {}): Answer {
  return { status: 303, headers: { location: to, ...headers }, body: '' }
}
