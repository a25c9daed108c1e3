/** Where events, outcomes and failures become output: stdout is the result, stderr is progress and failures. */
import type { Event } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Output } from '../ports.ts'
import { format, jsonOfFailure } from './failure-json.ts'
import { planText } from './plan-text.ts'
import { printable, printableText } from './printable.ts'
import { livelyProgress, type Progress, plainProgress } from './progress.ts'
import { rendered } from './rendered.ts'
import { plain, styleOf } from './style.ts'

export interface Reporter {
  event(event: Event): void
  /** The result on standard output, in the format that belongs there. */
  outcome(outcome: Outcome): Promise<void>
  /** The result in a format, for a file. */
  rendered(outcome: Outcome, format: string): Promise<string>
  failure(failure: Failure): void
  /** Leaves the terminal as it was. */
  close(): void
}

export async function reporter(
  outputs: { readonly stdout: Output; readonly stderr: Output; readonly stream: NodeJS.WritableStream },
  options: {
    readonly json: boolean
    readonly quiet: boolean
    /** Every request is shown, on standard error. */
    readonly debug: boolean
    /** The format on standard output; undefined where everything goes to files. */
    readonly shown: string | undefined
  },
): Promise<Reporter> {
  const { stdout, stderr, stream } = outputs
  const { json, quiet, debug, shown } = options
  const progress: Progress = stderr.moves ? await livelyProgress(stderr, stream) : plainProgress(stderr)
  const line = (output: Output, value: unknown): void => output.write(`${JSON.stringify(value)}\n`)
  return {
    event(event) {
      if (event.is === 'listening') listening(event, stdout, json)
      else if (event.is === 'interface-serving') interfaceServing(event, stdout, json)
      else if (event.is === 'serving') serving(event.url, stdout, json)
      else if (event.is === 'traced') {
        if (!debug) return
        progress.clear()
        stderr.write(`${styleOf(stderr).dim(`debug: ${printableText(event.line)}`)}\n`)
      } else if (event.is === 'planned') {
        progress.clear()
        stderr.write(`${planText(printable(event.plan), styleOf(stderr), stderr.columns)}\n`)
      } else if (!quiet) progress.show(printable(event))
    },
    async outcome(outcome) {
      progress.clear()
      if (shown === undefined) return
      const columns = stdout.isTerminal ? stdout.columns : Number.POSITIVE_INFINITY
      stdout.write(await rendered(outcome, shown, styleOf(stdout), columns))
    },
    rendered: (outcome, format) => rendered(outcome, format, plain, Number.POSITIVE_INFINITY),
    close: () => progress.clear(),
    failure(failure) {
      if (json) return line(stderr, jsonOfFailure(failure))
      const style = styleOf(stderr)
      const hint = failure.hint === undefined ? '' : `\n  ${style.green('help:')} ${failure.hint}`
      stderr.write(`${style.red.bold('error:')} ${printableText(failure.message)}${hint}\n`)
    },
  }
}

function serving(url: string, stdout: Output, json: boolean): void {
  const style = styleOf(stdout)
  const text = `${style.green('✔')} The preview is at ${style.bold(url)} ${style.dim('(Ctrl-C stops it)')}`
  stdout.write(`${json ? JSON.stringify({ format, url }) : text}\n`)
}

function interfaceServing(
  { url, key, fault, licenses }: Extract<Event, { is: 'interface-serving' }>,
  stdout: Output,
  json: boolean,
): void {
  if (json) {
    stdout.write(`${JSON.stringify({ format, url, key, fault, licenses })}\n`)
    return
  }
  const style = styleOf(stdout)
  const wrong = fault === undefined ? '' : ` with the fault ${style.bold(fault)}`
  stdout.write(
    [
      `${style.green('✔')} The production interface listens at ${style.bold(url)}${wrong} ${style.dim('(Ctrl-C stops it)')}`,
      'In another terminal:',
      `  koo access test ${url} --insecure-http`,
      `  koo access test ${url} --insecure-http --suite license-code --license ${licenses[0] ?? 'CODE'}`,
      '',
    ].join('\n'),
  )
}

/** One line for scripts; for a person also how to use it from another terminal. */
function listening(event: Extract<Event, { is: 'listening' }>, stdout: Output, json: boolean): void {
  const { url, credentials, data, password, interconnectionKey } = event
  const { accessKey, secretKey } = credentials
  if (json) {
    const own = { password, interconnection_key: interconnectionKey }
    const keys = { url, access_key: accessKey, secret_key: secretKey, console: `${url}/console`, ...own }
    stdout.write(`${JSON.stringify(keys)}\n`)
    return
  }
  const style = styleOf(stdout)
  stdout.write(
    [
      `${style.green('✔')} The sandbox listens at ${style.bold(url)} ${style.dim(`(data in ${data}; Ctrl-C stops it)`)}`,
      `Storefront ${style.bold(`${url}/`)} · Console ${style.bold(`${url}/console`)}`,
      ...(password === undefined ? [] : [`Password of these pages: ${password}`]),
      'In another terminal:',
      `  export KOO_MARKETPLACE=${url}`,
      `  export HUAWEICLOUD_SDK_AK=${accessKey}`,
      `  export HUAWEICLOUD_SDK_SK=${secretKey}`,
      '  koo publish',
      '',
    ].join('\n'),
  )
}
