/** Writes a line for each request the sandbox ended, for whoever wants to count them. */
import { appendFileSync } from 'node:fs'

export interface RequestLine {
  readonly time: string
  readonly request_id: string
  readonly operation: string
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** 0 where there was no whole answer. */
  readonly status: number
  /** Of the request's body. */
  readonly bytes: number
  /** The faults that struck it. */
  readonly faults: readonly string[]
}

/** Appends to a file, synchronously, so that a killed sandbox has told of everything it answered. */
export function requestLog(path: string): (line: RequestLine) => void {
  return (line) => appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 })
}
