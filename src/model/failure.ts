/** Bad news about the circumstances: no file, no login, the marketplace down. Thrown where it is known, caught in main. */
import type { ExitName } from './exit-codes.ts'

export class Failure extends Error {
  override readonly name = 'Failure'
  /** A stable word for scripts, as in `marketplace-unreachable`. */
  readonly code: string
  readonly exit: ExitName
  /** What to do about it. */
  readonly hint: string | undefined

  constructor(news: {
    readonly code: string
    readonly exit: ExitName
    readonly message: string
    readonly hint?: string
    readonly cause?: unknown
  }) {
    super(news.message, news.cause === undefined ? undefined : { cause: news.cause })
    this.code = news.code
    this.exit = news.exit
    this.hint = news.hint
  }
}

/** A wrong call: exit code 2. */
export function usage(code: string, message: string, hint?: string): Failure {
  return new Failure({ code, exit: 'usage', message, ...(hint === undefined ? {} : { hint }) })
}

/** A file is another than when it was looked at. */
export function fileChanged(message: string): Failure {
  return new Failure({ code: 'file-changed', exit: 'findings', message, hint: 'Run the same command again.' })
}

/** The user pressed Ctrl-C. */
export function stopped(): Failure {
  return new Failure({
    code: 'stopped',
    exit: 'stopped',
    message: 'Stopped.',
    hint: 'Nothing is half done; run the same command again to go on.',
  })
}
