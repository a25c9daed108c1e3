/** Where events, outcomes and failures become output: stdout is the result, stderr is progress and failures. */
import type { Event } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Output } from '../ports.ts'
import { jsonOf, jsonOfFailure } from './json.ts'
import { livelyProgress, type Progress, plainProgress } from './progress.ts'
import { styleOf } from './style.ts'
import { planText, textOf } from './text.ts'

export interface Reporter {
  event(event: Event): void
  outcome(outcome: Outcome): void
  failure(failure: Failure): void
  /** Leaves the terminal as it was. */
  close(): void
}

export async function reporter(
  outputs: { readonly stdout: Output; readonly stderr: Output; readonly stream: NodeJS.WritableStream },
  options: { readonly json: boolean; readonly quiet: boolean },
): Promise<Reporter> {
  const { stdout, stderr, stream } = outputs
  const { json, quiet } = options
  const progress: Progress = stderr.moves ? await livelyProgress(stderr, stream) : plainProgress(stderr)
  const line = (output: Output, value: unknown): void => output.write(`${JSON.stringify(value)}\n`)
  return {
    event(event) {
      if (event.is === 'listening') listening(event, stdout, json)
      else if (event.is === 'planned') {
        progress.clear()
        stderr.write(`${planText(event.plan, styleOf(stderr))}\n`)
      } else if (!quiet) progress.show(event)
    },
    outcome(outcome) {
      progress.clear()
      if (json) {
        const value = jsonOf(outcome)
        if (value !== undefined) stdout.write(`${JSON.stringify(value, null, 2)}\n`)
        return
      }
      const text = textOf(outcome, styleOf(stdout), stdout.isTerminal ? stdout.columns : Number.POSITIVE_INFINITY)
      if (text !== '') stdout.write(`${text}\n`)
    },
    close: () => progress.clear(),
    failure(failure) {
      if (json) return line(stderr, jsonOfFailure(failure))
      const style = styleOf(stderr)
      const hint = failure.hint === undefined ? '' : `\n  ${style.green('help:')} ${failure.hint}`
      stderr.write(`${style.red.bold('error:')} ${failure.message}${hint}\n`)
    },
  }
}

/** One line for scripts; for a person also how to use it from another terminal. */
function listening(event: Extract<Event, { is: 'listening' }>, stdout: Output, json: boolean): void {
  const { url, credentials, data } = event
  const { accessKey, secretKey } = credentials
  if (json) {
    stdout.write(`${JSON.stringify({ url, access_key: accessKey, secret_key: secretKey })}\n`)
    return
  }
  const style = styleOf(stdout)
  stdout.write(
    [
      `${style.green('✔')} The sandbox listens at ${style.bold(url)} ${style.dim(`(data in ${data}; Ctrl-C stops it)`)}`,
      'In another terminal:',
      `  export KOO_MARKETPLACE=${url}`,
      `  export HUAWEICLOUD_SDK_AK=${accessKey}`,
      `  export HUAWEICLOUD_SDK_SK=${secretKey}`,
      '  koo publish',
      '',
    ].join('\n'),
  )
}
