/** What an attempt that went wrong is taken for. */
import { describe, expect, test } from '@jest/globals'
import { answerOf } from '../../src/adapters/answer.ts'
import { troubleOf } from '../../src/adapters/trouble.ts'

const json = (status: number, error_code = 'KOO.01500001') =>
  troubleOf({ is: 'answer', answer: answerOf(status, JSON.stringify({ error_code, error_msg: 'no' })) })
const text = (status: number, body: string) => troubleOf({ is: 'answer', answer: answerOf(status, body) })
const error = (code: string, syscall?: string) =>
  troubleOf({ is: 'lost', cause: Object.assign(new Error(code), { code, syscall }) })

describe('an answer', () => {
  test.each([200, 204, 302])('with status %d is none', (status) => expect(json(status)).toBe('none'))
  test.each([408, 500, 502, 503, 504])('with status %d is a failure', (status) => expect(json(status)).toBe('failed'))
  test.each([400, 401, 403, 404, 406, 409, 413, 501])('with status %d is a refusal', (status) => {
    expect(json(status)).toBe('refused')
  })
  test('is throttling in each of the words for it', () => {
    expect(json(429, 'APIGW.0308')).toBe('throttled')
    expect(json(406, 'MKT.0250')).toBe('throttled')
    expect(text(406, '{"resultCode":"CBC.0250","resultMsg":"too frequent"}')).toBe('throttled')
    expect(json(503, 'SlowDown')).toBe('throttled')
    expect(text(503, '<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>')).toBe('throttled')
  })
})

describe('an error', () => {
  test.each([
    ['ECONNREFUSED', 'connect', 'lost-before-sent'],
    ['ETIMEDOUT', 'connect', 'lost-before-sent'],
    ['ENOTFOUND', 'getaddrinfo', 'lost-before-sent'],
    ['EAI_AGAIN', 'getaddrinfo', 'lost-before-sent'],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, 'lost-before-sent'],
    ['ECONNRESET', 'read', 'lost'],
    ['EHOSTUNREACH', 'write', 'lost'],
    ['UND_ERR_SOCKET', undefined, 'lost'],
    ['UND_ERR_HEADERS_TIMEOUT', undefined, 'lost'],
    ['UND_ERR_BODY_TIMEOUT', undefined, 'lost'],
    ['CERT_HAS_EXPIRED', undefined, 'refused'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'refused'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 'refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', undefined, 'refused'],
  ])('%s of %s is %s', (code, syscall, trouble) => expect(error(code, syscall)).toBe(trouble))

  test('behind another one counts', () => {
    const inner = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
    expect(troubleOf({ is: 'lost', cause: new Error('fetch failed', { cause: inner }) })).toBe('lost-before-sent')
  })

  test('of a proxy had no effect; one that refuses is not asked again', () => {
    const proxy = (status: number) => new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`)
    expect(troubleOf({ is: 'lost', cause: proxy(502) })).toBe('lost-before-sent')
    expect(troubleOf({ is: 'lost', cause: proxy(407) })).toBe('refused')
  })
})
