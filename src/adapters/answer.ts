/** What an HTTP service answered: its body read within bounds, and the error in it, in any of the shapes there are. */
import { printable } from './wire.ts'

export interface Answer {
  readonly status: number
  /** Undefined where the body is not JSON. */
  readonly json: unknown
  readonly text: string
}

const largestAnswer = 16 * 1024 * 1024
const textLimit = 300

/** The code of the error `textOf` throws. */
export const tooLarge = 'ANSWER_TOO_LARGE'

/**
 * The body of an answer, which is never large.
 *
 * @throws {RangeError} with the code `tooLarge` where it is.
 */
export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > largestAnswer) throw Object.assign(new RangeError('The answer is too large.'), { code: tooLarge })
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function answerOf(status: number, text: string): Answer {
  return { status, text, json: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The code and the sentence of an error body, in any of the shapes Huawei Cloud's services use. */
export function errorOf(answer: Answer): { readonly code: string; readonly message: string } {
  const body = (answer.json ?? {}) as Readonly<Record<string, unknown>>
  const inner = (typeof body.error === 'object' && body.error !== null ? body.error : body) as typeof body
  const code = inner.error_code ?? inner.errorCode ?? inner.resultCode ?? inner.code
  const message = inner.error_msg ?? inner.errorMsg ?? inner.resultMsg ?? inner.message
  return {
    code: printable(typeof code === 'string' ? code : String(answer.status)),
    message:
      printable(typeof message === 'string' ? message : answer.text).slice(0, textLimit) || `HTTP ${answer.status}`,
  }
}
