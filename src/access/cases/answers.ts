/** What holds for every answer, looked at in all calls of a run. */
import { answerFields, answerTime } from '../../model/access/activities.ts'
import { codeInWords, resultCodes } from '../../model/access/result-codes.ts'
import { bodySign } from '../../signing/production.ts'
import type { Observation } from '../case.ts'

const name = 'Body-Sign'

export const answerCases: readonly Observation[] = [
  {
    id: 'reachable',
    group: 'answer',
    level: 'must',
    title: 'The server can be called',
    source: 'saasAccess',
    mend: 'Look at its address, and whether it runs and may be reached from outside.',
    observe({ end }) {
      return end.is === 'unreached' ? { wrong: `${end.why}.` } : 'fine'
    },
  },
  {
    id: 'answer-time',
    group: 'answer',
    level: 'must',
    title: `Every answer comes within ${answerTime / 1000} seconds`,
    source: 'saasAccess',
    mend: 'Answer 000004 at once where something takes longer, and let queryInstance tell when it is done.',
    observe({ end }) {
      if (end.is === 'unreached') return undefined
      return end.is === 'late' ? { wrong: `there was no answer after ${answerTime / 1000} seconds.` } : 'fine'
    },
  },
  {
    id: 'answer-status',
    group: 'answer',
    level: 'must',
    title: 'Every answer has HTTP status 200; what is wrong is told by its resultCode',
    source: 'saasResultCodes',
    mend: 'Answer with status 200 and a resultCode, also where a call is refused or something fails.',
    observe({ end }) {
      if (end.is !== 'answer') return undefined
      return end.status === 200 ? 'fine' : { wrong: `the answer has HTTP status ${end.status}.` }
    },
  },
  {
    id: 'answer-json',
    group: 'answer',
    level: 'must',
    title: 'Every answer is a JSON object in UTF-8',
    source: 'saasAccess',
    mend: 'Write the answer as JSON in UTF-8, without a byte order mark.',
    observe({ end, text, json }) {
      // Pages of a web server about its errors are told by their status.
      if (end.is !== 'answer' || (end.status !== 200 && json === undefined)) return undefined
      if (text === undefined) return { wrong: 'the answer is not UTF-8.' }
      if (json === undefined) return { wrong: `the answer is no JSON object: ${shown(text)}` }
      return text.startsWith('\ufeff') ? { wrong: 'the answer begins with a byte order mark.' } : 'fine'
    },
  },
  {
    id: 'answer-content-type',
    group: 'answer',
    level: 'should',
    title: 'Every answer says that it is JSON',
    source: 'saasAccess',
    mend: 'Send the header Content-Type: application/json;charset=utf-8.',
    observe({ end, json }) {
      if (end.is !== 'answer' || json === undefined) return undefined
      const type = end.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1]
      if (type === undefined) return { wrong: 'the answer has no Content-Type.' }
      return /^application\/json\b/i.test(type.trim()) ? 'fine' : { wrong: `the Content-Type is ${shown(type)}.` }
    },
  },
  {
    id: 'result-code',
    group: 'answer',
    level: 'must',
    title: 'Every answer has a documented resultCode',
    source: 'saasResultCodes',
    mend: 'Answer with one of the six-digit texts of the table, such as "000000".',
    observe({ json }) {
      if (json === undefined) return undefined
      const { resultCode } = json
      if (resultCode === undefined) return { wrong: 'the answer has no resultCode.' }
      if (typeof resultCode !== 'string')
        return { wrong: `resultCode is ${shown(JSON.stringify(resultCode))}, which is no text.` }
      if (Object.hasOwn(resultCodes, resultCode)) return 'fine'
      const meant = Object.hasOwn(resultCodes, resultCode.slice(1))
        ? `; ${codeInWords(resultCode.slice(1))} is meant`
        : ''
      return { wrong: `resultCode is ${shown(resultCode)}, which is in no table${meant}.` }
    },
  },
  {
    id: 'result-message',
    group: 'answer',
    level: 'must',
    title: `resultMsg is a text of at most ${answerFields.resultMsg} characters`,
    source: 'saasNewInstance',
    mend: 'Shorten the message, or leave it out.',
    observe({ json }) {
      const message = json?.resultMsg
      if (message === undefined || message === null) return undefined
      if (typeof message !== 'string')
        return { wrong: `resultMsg is ${shown(JSON.stringify(message))}, which is no text.` }
      const { length } = message
      return length <= answerFields.resultMsg ? 'fine' : { wrong: `resultMsg has ${length} characters.` }
    },
  },
  {
    id: 'body-sign',
    group: 'answer',
    level: 'must',
    title: `Every answer is signed in the header ${name}`,
    source: 'saasDebugging',
    mend: `Send ${name}: sign_type="HMAC-SHA256", signature="…" with the base64 of the HMAC-SHA256 of the very bytes of the answer.`,
    observe({ end, json }, key) {
      if (end.is !== 'answer' || (end.status !== 200 && json === undefined)) return undefined
      const header = end.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())
      if (header === undefined) return { wrong: `the answer has no header ${name}.` }
      const [written, value] = header
      if (written !== name) return { wrong: `the header is written ${shown(written)}, and its case counts: ${name}.` }
      return signatureTrouble(value, key, end.body) ?? 'fine'
    },
  },
]

/** Source: the page on Body-Sign, and what debugging checks: both values stand in double quotes. */
function signatureTrouble(value: string, key: string, body: Uint8Array): { readonly wrong: string } | undefined {
  const right = bodySign(key, body)
  if (squeezed(value) === squeezed(right)) return undefined
  const parts = /^\s*sign_type\s*=\s*(.*?)\s*,\s*signature\s*=\s*(.*?)\s*$/.exec(value)
  if (parts === null) return { wrong: `${name} is not of the form sign_type="…", signature="…": ${shown(value)}` }
  const [, type = '', signature = ''] = parts
  if (![type, signature].every((each) => /^".*"$/.test(each))) {
    return { wrong: `${name} has a value without double quotes: ${shown(value)}` }
  }
  if (type !== '"HMAC-SHA256"') return { wrong: `${name} has sign_type=${shown(type)}, not "HMAC-SHA256".` }
  const wanted = /signature="(.*)"/.exec(right)?.[1]
  return { wrong: `the signature in ${name} is ${shown(signature)}, and that of the bytes sent is "${wanted}".` }
}

function squeezed(value: string): string {
  return value.replace(/\s+/g, '')
}

/** What a server sent, short enough for a sentence. */
export function shown(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
