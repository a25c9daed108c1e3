/** One attempt at a call, as `--debug` shows it: never a header that authorises, nor the address of a proxy. */

export interface TraceLine {
  readonly method: string
  readonly host: string
  /** With its query. */
  readonly path: string
  /** The HTTP status, or the code of the error in place of an answer. */
  readonly result: number | string
  readonly milliseconds: number
  readonly sent: number
  /** Bytes; of a streamed body none, because the line is written before it. */
  readonly received: number
  /** What the server calls the request. */
  readonly requestId: string | undefined
  /** Counted from 1. */
  readonly attempt: number
  /** Milliseconds until the next attempt; undefined where there is none. */
  readonly pause: number | undefined
}

export function traceText(line: TraceLine): string {
  const { method, host, path, result, milliseconds, sent, received, requestId, attempt, pause } = line
  return [
    `${method} ${host}${path} → ${result}`,
    `${Math.round(milliseconds)} ms, ${sent} B sent, ${received} B received`,
    `attempt ${attempt}`,
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(pause === undefined ? [] : [`again in ${Math.round(pause)} ms`]),
  ].join(', ')
}
