/** What holds for every answer, looked at in all calls of a run. */
import { answerFields, answerTime } from '../../model/access/activities.ts'
import { codeInWords, resultCodes } from '../../model/access/result-codes.ts'
import { signTrouble } from '../body-sign.ts'
import type { Observation } from '../case.ts'
import { shown } from '../shown.ts'
import type { Spoken } from '../spoken.ts'

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
      if (end.status === 200) return 'fine'
      const to = end.status >= 300 && end.status < 400 ? headerOf(end.headers, 'location')?.[1] : undefined
      const where = to === undefined ? '' : ` and leads to ${shown(to)}; KooGallery calls the one address it was given`
      return { wrong: `the answer has HTTP status ${end.status}${where}.` }
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
      const coding = headerOf(end.headers, 'content-encoding')?.[1]
      if (text === undefined && coding !== undefined) {
        return { wrong: `the answer is compressed (Content-Encoding: ${shown(coding)}), which no call asks for.` }
      }
      if (text === undefined) return { wrong: 'the answer is not UTF-8.' }
      if (json === undefined) return { wrong: noObject(text) }
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
      const type = headerOf(end.headers, 'content-type')?.[1]
      if (type === undefined) return { wrong: 'the answer has no Content-Type.' }
      if (!/^application\/json\s*(;|$)/i.test(type.trim())) return { wrong: `the Content-Type is ${shown(type)}.` }
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]
      if (charset === undefined || /^utf-?8$/i.test(charset)) return 'fine'
      return { wrong: `the Content-Type names the charset ${shown(charset)}.` }
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
      return json === undefined ? undefined : codeTrouble(json)
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
      const { length } = [...message]
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
    observe(spoken, key) {
      const { end, json } = spoken
      if (end.is !== 'answer' || (end.status !== 200 && json === undefined)) return undefined
      const header = headerOf(end.headers, name)
      if (header === undefined) return { wrong: `the answer has no header ${name}.` }
      const [written, value] = header
      if (written !== name) return { wrong: `the header is written ${shown(written)}, and its case counts: ${name}.` }
      const wrong = signTrouble(value, key, end.body, spoken)
      return wrong === undefined ? 'fine' : { wrong }
    },
  },
]

type Headers = Extract<Spoken['end'], { readonly is: 'answer' }>['headers']

function headerOf(headers: Headers, wanted: string): Headers[number] | undefined {
  return headers.find(([each]) => each.toLowerCase() === wanted.toLowerCase())
}

function noObject(text: string): string {
  if (text.trim() === '') return 'the answer is empty.'
  if (/^\s*</.test(text)) return `the answer is a page or XML, no JSON: ${shown(text)}`
  if (/^\s*"\s*\{/.test(text)) return `the answer is JSON in a text of JSON, written as such twice: ${shown(text)}`
  if (/^\s*\[/.test(text)) return `the answer is a list, no JSON object: ${shown(text)}`
  return `the answer is no JSON object: ${shown(text)}`
}

function codeTrouble(json: NonNullable<Spoken['json']>): 'fine' | { readonly wrong: string } {
  const { resultCode } = json
  if (resultCode === undefined) {
    const other = Object.keys(json).find((each) => /code$/i.test(each))
    return { wrong: `the answer has no resultCode${other === undefined ? '' : `, but ${shown(other)}`}.` }
  }
  if (typeof resultCode !== 'string') {
    return { wrong: `resultCode is ${shown(JSON.stringify(resultCode))}, which is no text.` }
  }
  if (Object.hasOwn(resultCodes, resultCode)) return 'fine'
  const six = resultCode.trim().padStart(6, '0').slice(-6)
  const meant = Object.hasOwn(resultCodes, six) ? `; ${codeInWords(six)} is meant` : ''
  return { wrong: `resultCode is ${shown(JSON.stringify(resultCode))}, which is in no table${meant}.` }
}
