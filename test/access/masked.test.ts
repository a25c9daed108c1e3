/** Reports have no secrets in them and do not grow with what a server answers. */
import { describe, expect, test } from '@jest/globals'
import { masked, maskedText, mostShown } from '../../src/access/masked.ts'
import { shown } from '../../src/access/shown.ts'
import { key, reportOf } from './trial.ts'

const other = 'Kéy/with+"quotes"&more='

describe.each([
  ['as it is', (text: string) => text],
  ['in capitals', (text: string) => text.toUpperCase()],
  ['in an address', encodeURIComponent],
  ['in an address, each byte', (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&')],
  ['in JSON', (text: string) => JSON.stringify(text).slice(1, -1)],
  ['in hex', (text: string) => Buffer.from(text).toString('hex')],
  ['in base64', (text: string) => Buffer.from(text).toString('base64')],
])('the key %s', (_, written) => {
  test.each([key, other])('shows nowhere', (secret) => {
    const text = written(secret)
    const message = {
      url: `https://a.example/?k=${text}`,
      headers: [['X-Echo', text]] as const,
      body: `{"a":"${text}"}`,
    }
    const all = JSON.stringify(masked(message, secret))
    expect(all).toContain('***')
    expect(all).not.toContain(text)
    expect(all).not.toContain(text.slice(4, -4))
  })
})

test.each([0, 1, 2, 3, 4, 5])('the key within what is in base64, %i bytes from its beginning', (before) => {
  const text = Buffer.from(`${'x'.repeat(before)}${key}:and more`).toString('base64')
  const left = maskedText(text, key).split('***')
  expect(left.length).toBeGreaterThan(1)
  // What is left does not give the key away.
  const found = left.map((part) => Buffer.from(part, 'base64').toString('latin1')).join('')
  expect(found).not.toContain(key.slice(6, -6))
})

test.each([
  '{"password":"open sesame"}',
  '{"password" : "open sesame" , "a":1}',
  '{"adminPassword":"open sesame"}',
  '{"PASSWORD":"open \\"sesame"}',
  '{"pwd":"open sesame',
  '{"appInfo":"{\\"password\\":\\"open sesame\\"}"}',
  'user=a&password=sesame&b=c',
])('a password in %s shows nowhere', (body) => {
  const shownBody = masked({ url: '', headers: [], body }, key).body
  expect(shownBody).not.toContain('sesame')
  expect(shownBody).toContain('***')
})

test('what is around a password stays', () => {
  const body = '{"userName":"anna","password":"x","memo":"Read me"}'
  expect(masked({ url: '', headers: [], body }, key).body).toBe('{"userName":"anna","password":"***","memo":"Read me"}')
  expect(maskedText('{"password":null}', key)).toBe('{"password":null}')
})

test('cookies and authorizations show nowhere', () => {
  const { headers } = masked(
    {
      url: '',
      headers: [
        ['Set-Cookie', 'id=5'],
        ['Date', 'today'],
      ],
      body: '',
    },
    key,
  )
  expect(headers).toEqual([
    ['Set-Cookie', '***'],
    ['Date', 'today'],
  ])
})

test('a long body is cut, which is said, and no key is cut in two', () => {
  const body = 'a'.repeat(65_530) + key.repeat(100_000)
  const text = masked({ url: '', headers: [], body }, key).body
  expect(text.length).toBeLessThan(mostShown + 100)
  expect(text).toContain(`(cut: ${body.length} characters)`)
  const keys = masked({ url: '', headers: [], body: key.repeat(100_000) }, key).body
  expect(keys.replace(/\*\*\*/g, '')).toMatch(/^\*{0,2}… \(cut: \d+ characters\)$/)
})

test('what a server sent is shown in one line and without what cannot be seen', () => {
  expect(shown('a\n\u001b[31mb\u202ec')).toBe('a\\u000a\\u001b[31mb\\u202ec')
  expect(shown('m'.repeat(500))).toBe(`${'m'.repeat(120)}…`)
})

test('a server that says the key wherever it can does not get it into a report', async () => {
  const report = await reportOf({
    only: ['new-instance', 'result-code', 'answer-status', 'body-sign'],
    behaviour: {
      answer: (answer) => ({
        ...answer,
        resultCode: key.toUpperCase(),
        resultMsg: Buffer.from(key).toString('base64'),
      }),
      sign: () => ['Body-Sign', key],
      response: (response) => ({
        ...response,
        status: 302,
        headers: [...response.headers, ['Location', `https://a.example/${encodeURIComponent(key)}`]],
      }),
    },
  })
  const text = JSON.stringify(report).toLowerCase()
  expect(report.cases.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)).toContain('result-code')
  expect(text).not.toContain(key)
  expect(text).not.toContain(Buffer.from(key).toString('base64').slice(0, 40).toLowerCase())
})
