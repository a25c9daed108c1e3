/** Mistakes in how answers are written and sent. */
import { createHash } from 'node:crypto'
import { answerTime } from '../../../model/access/activities.ts'
import type { ServedAnswer } from '../../../ports.ts'
import { bodySign, hmac, payloadOf } from '../../../signing/production.ts'
import type { JsonObject } from '../../spoken.ts'
import type { Signed } from '../behaviour.ts'
import type { Fault, Faults } from '../fault.ts'

const page: ServedAnswer = { status: 200, headers: [['Content-Type', 'text/html']], body: '<h1>Error</h1>' }

export const answerFaults: Faults = {
  'slow-answer': {
    does: 'answers newInstance after 5.5 seconds',
    fails: ['answer-time'],
    behaviour: { delay: (activity) => (activity === 'newInstance' ? answerTime + 500 : 0) },
  },
  'slow-body': {
    does: 'begins to answer newInstance at once, and ends after 6 seconds',
    fails: ['answer-time'],
    behaviour: {
      response: (response, activity) => (activity === 'newInstance' ? { ...response, pause: 3_000 } : response),
    },
  },
  'connection-cut': {
    does: 'cuts the connection instead of answering',
    fails: ['reachable'],
    behaviour: { response: (response) => ({ ...response, cut: true }) },
  },
  'http-500': {
    does: 'answers with HTTP 500',
    fails: ['answer-status'],
    behaviour: { response: () => ({ ...page, status: 500 }) },
  },
  'http-201': {
    does: 'answers with HTTP 201',
    fails: ['answer-status'],
    behaviour: { response: (response) => ({ ...response, status: 201 }) },
  },
  'http-401': {
    does: 'refuses a wrong signature with HTTP 401',
    fails: ['answer-status'],
    behaviour: {
      response: (response) => (codeIn(response) === '000001' ? { ...page, status: 401 } : response),
    },
  },
  redirect: {
    does: 'answers with a redirect to a page to sign in at',
    fails: ['answer-status'],
    behaviour: {
      response: () => ({ status: 302, headers: [['Location', 'https://login.example.com/?next=produce']], body: '' }),
    },
  },
  'html-page': {
    does: 'answers with a page instead of JSON',
    fails: ['answer-json'],
    behaviour: { write: () => '<html><body>It works!</body></html>' },
  },
  'empty-answer': {
    does: 'answers with nothing',
    fails: ['answer-json'],
    behaviour: { write: () => '' },
  },
  'json-twice': {
    does: 'writes its answer as JSON twice, so that it is a text',
    fails: ['answer-json'],
    behaviour: { write: (answer) => JSON.stringify(JSON.stringify(answer)) },
  },
  'byte-order-mark': {
    does: 'begins its answers with a byte order mark',
    fails: ['answer-json'],
    behaviour: { write: (answer) => `\ufeff${escaped(answer)}` },
  },
  'latin-1-answer': {
    does: 'writes its answers in Latin-1',
    fails: ['answer-json'],
    behaviour: {
      answer: (answer) => ({ ...answer, resultMsg: 'opération réussie' }),
      write: (answer) => Buffer.from(JSON.stringify(answer), 'latin1'),
    },
  },
  'html-type': {
    does: 'says that its answers are pages',
    fails: ['answer-content-type'],
    behaviour: { response: typed('text/html; charset=utf-8') },
  },
  'other-charset': {
    does: 'says that its answers are in GBK',
    fails: ['answer-content-type'],
    behaviour: { response: typed('application/json;charset=GBK') },
  },
  'result-code-number': {
    does: 'writes its result codes as numbers',
    fails: ['result-code'],
    behaviour: { answer: (answer) => ({ ...answer, resultCode: Number(answer.resultCode) }) },
  },
  'result-code-long': {
    does: 'writes its result codes with seven digits',
    fails: ['result-code'],
    behaviour: { answer: (answer) => ({ ...answer, resultCode: `0${answer.resultCode}` }) },
  },
  'result-code-elsewhere': {
    does: 'gives its result code as code',
    fails: ['result-code'],
    behaviour: { answer: ({ resultCode, ...answer }) => ({ ...answer, code: resultCode }) },
  },
  'long-message': {
    does: 'answers with messages of 300 characters',
    fails: ['result-message'],
    behaviour: { answer: (answer) => ({ ...answer, resultMsg: 'm'.repeat(300) }) },
  },
  'message-object': {
    does: 'answers with messages that are no texts',
    fails: ['result-message'],
    behaviour: { answer: (answer) => ({ ...answer, resultMsg: { en: answer.resultMsg } }) },
  },
  'no-body-sign': {
    does: 'does not sign its answers',
    fails: ['body-sign'],
    behaviour: { sign: () => undefined },
  },
  'body-sign-in-small-letters': {
    does: 'writes the header as body-sign',
    fails: ['body-sign'],
    behaviour: { sign: ({ key, body }) => ['body-sign', bodySign(key, body)] },
  },
  'body-sign-unquoted': {
    does: 'leaves the quotes out of Body-Sign',
    fails: ['body-sign'],
    behaviour: { sign: ({ key, body }) => ['Body-Sign', bodySign(key, body).replaceAll('"', '')] },
  },
  'body-sign-bare': {
    does: 'gives the signature alone in Body-Sign',
    fails: ['body-sign'],
    behaviour: { sign: ({ key, body }) => ['Body-Sign', hmac(key, body, 'base64')] },
  },
  'body-sign-type': {
    does: 'names another sign_type',
    fails: ['body-sign'],
    behaviour: { sign: ({ key, body }) => ['Body-Sign', bodySign(key, body).replace('HMAC-SHA256', 'HmacSHA256')] },
  },
  'body-sign-hex': wronglySigned('signs its answers in hex', ({ key, body }) => hmac(key, body)),
  'body-sign-plain': wronglySigned('signs its answers with plain SHA-256', ({ body }) =>
    createHash('sha256').update(body).digest('base64'),
  ),
  'body-sign-pretty': wronglySigned('signs its answers with line breaks, and sends them without', ({ key, answer }) =>
    hmac(key, JSON.stringify(answer, undefined, 2), 'base64'),
  ),
  'body-sign-sorted': wronglySigned('signs its answers with their keys sorted, and sends them as they are', (signed) =>
    hmac(signed.key, payloadOf(signed.answer), 'base64'),
  ),
  'body-sign-request': wronglySigned('signs the body of the call', ({ key, request }) => hmac(key, request, 'base64')),
  'body-sign-other-key': wronglySigned('signs its answers with another key', ({ body }) =>
    hmac('another key', body, 'base64'),
  ),
  'long-front-end-url': appInfo('gives a frontEndUrl of more than 512 characters', ({ frontEndUrl }) => ({
    frontEndUrl: `${frontEndUrl}?token=${'t'.repeat(600)}`,
  })),
  'relative-front-end-url': appInfo('gives a frontEndUrl without https', () => ({
    frontEndUrl: 'app.example.com/login',
  })),
  'no-front-end-url': appInfo('leaves frontEndUrl out of appInfo', () => ({ frontEndUrl: undefined })),
  'long-admin-url': appInfo('gives an adminUrl of more than 512 characters', ({ adminUrl }) => ({
    adminUrl: `${adminUrl}/${'a'.repeat(512)}`,
  })),
  'long-user-name': appInfo('gives a userName of more than 128 characters', () => ({ userName: 'u'.repeat(129) })),
  'long-password': appInfo('gives a password of more than 128 characters', () => ({ password: 'p'.repeat(200) })),
  'long-memo': appInfo('gives a memo of more than 1024 characters', () => ({ memo: 'm'.repeat(1025) })),
  'app-info-text': infoFault('app-info', 'gives appInfo as a text of JSON', (info) => ({
    ...info,
    appInfo: JSON.stringify(info.appInfo),
  })),
  'memo-unescaped': {
    does: 'writes what is not ASCII in a memo as it is',
    fails: ['memo-escaped'],
    behaviour: { write: (answer) => JSON.stringify(answer) },
  },
  'usage-value-text': usage('gives usageValue as a text', () => ({ usageValue: '12.5' })),
  'usage-value-precise': usage('gives usageValue with more than four decimals', () => ({ usageValue: 12.345_678 })),
  'usage-time-short': usage('gives statisticalTime without milliseconds', ({ statisticalTime }) => ({
    statisticalTime: String(statisticalTime).slice(0, 14),
  })),
  'usage-time-local': usage('gives statisticalTime in the time of Beijing', () => ({
    // A year from any clock, so that no time zone of a reader matters.
    statisticalTime: '20991231235959000',
  })),
  'usage-long-dashboard': usage('gives a dashboardUrl of more than 512 characters', () => ({
    dashboardUrl: `https://app.example.com/${'d'.repeat(512)}`,
  })),
}

function codeIn({ body }: ServedAnswer): unknown {
  return typeof body === 'string' ? (JSON.parse(body) as JsonObject).resultCode : undefined
}

function typed(type: string) {
  return (response: ServedAnswer): ServedAnswer => ({
    ...response,
    headers: response.headers.map(([name, value]) => [name, name === 'Content-Type' ? type : value] as const),
  })
}

function escaped(answer: JsonObject): string {
  return JSON.stringify(answer).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function wronglySigned(does: string, signature: (signed: Signed) => string): Fault {
  const sign = (signed: Signed) => ['Body-Sign', `sign_type="HMAC-SHA256", signature="${signature(signed)}"`] as const
  return { does, fails: ['body-sign'], behaviour: { sign } }
}

/** Changes what is told of each instance. */
function infoFault(fails: string, does: string, change: (info: JsonObject) => JsonObject): Fault {
  const answer = (given: JsonObject): JsonObject =>
    Array.isArray(given.info) ? { ...given, info: (given.info as readonly JsonObject[]).map(change) } : given
  return { does, fails: [fails], behaviour: { answer } }
}

function appInfo(does: string, change: (appInfo: JsonObject) => JsonObject): Fault {
  return infoFault('app-info', does, (info) => {
    const given = info.appInfo as JsonObject
    return { ...info, appInfo: { ...given, ...change(given) } }
  })
}

function usage(does: string, change: (usage: JsonObject) => JsonObject): Fault {
  return infoFault('usage-info', does, (info) => {
    if (!Array.isArray(info.usageInfo)) return info
    return {
      ...info,
      usageInfo: (info.usageInfo as readonly JsonObject[]).map((each) => ({ ...each, ...change(each) })),
    }
  })
}
