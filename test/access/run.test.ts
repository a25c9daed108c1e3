/** How a run goes on and ends: what is chosen, what is given up, and what is never waited for. */

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { faults } from '../../src/access/server/faults.ts'
import { outcomes, reportOf } from './trial.ts'

const behaviourOf = (name: string) => faults[name]?.behaviour ?? {}
const sentenceOf = async (name: string, id: string) => {
  const { cases } = await reportOf({ behaviour: behaviourOf(name), only: [id] })
  return cases.find((each) => each.id === id)?.wrong
}

test('a server that makes instances in the background passes, and its slow creation is tried', async () => {
  const { failed, blocked, passed } = await outcomes({ creationTime: 100 })
  expect({ failed, blocked }).toEqual({ failed: [], blocked: [] })
  expect(passed).toContain('new-instance-slow')
})

test('where it is made at once, slow creation is skipped, and TLS where there is none', async () => {
  const { skipped } = await outcomes({ charging: ['period'] })
  expect(skipped).toEqual(
    expect.arrayContaining(['new-instance-slow', 'domain-name', 'tls-version', 'tls-old', 'certificate', 'usage-told']),
  )
})

test('after three cases without an answer in time no more is tried, and the one cause is named', async () => {
  const { cases } = await reportOf({ behaviour: { delay: () => 8_000 } })
  expect(cases.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)).toEqual(['answer-time'])
  expect(cases.filter(({ exchanges }) => exchanges.length > 0)).toHaveLength(4)
  expect(cases.find(({ id }) => id === 'query-many')?.note).toContain('See answer-time.')
})

test('a server that is not there is told after one call', async () => {
  const server = createServer().listen(0, 'localhost')
  await new Promise((resolve) => server.on('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const { cases } = await reportOf({ url: `http://localhost:${port}/` })
  expect(cases.filter(({ outcome }) => outcome === 'failed').map(({ id, wrong }) => [id, wrong])).toEqual([
    ['reachable', 'newInstance: the connection is refused.'],
  ])
  expect(cases.flatMap(({ exchanges }) => exchanges)).toHaveLength(2)
})

test('with --bail the run ends with the first case that must not fail', async () => {
  const { failed, 'not-run': left } = await outcomes({ behaviour: { unsigned: undefined }, bail: true })
  expect(failed).toEqual(['signature-missing'])
  expect(left).toContain('query-many')
  expect(left).not.toContain('signature-refused')
})

test('a run that is stopped ends at once, also between two questions about an instance', async () => {
  const controller = new AbortController()
  const run = reportOf({
    behaviour: { creationTime: Number.POSITIVE_INFINITY },
    only: ['new-instance-slow'],
    stop: controller.signal,
    before: (answer) => async (request) => {
      if (new TextDecoder().decode(request.body).includes('queryInstance')) controller.abort()
      return answer(request)
    },
  })
  await expect(run).rejects.toMatchObject({ exit: 'stopped' })
})

test.each([
  ['redirect', 'answer-status', 'leads to https://login.example.com/?next=produce'],
  ['result-code-long', 'result-code', '"0000000", which is in no table; 000000 (success) is meant'],
  ['result-code-number', 'result-code', 'resultCode is 0, which is no text'],
  ['result-code-elsewhere', 'result-code', 'no resultCode, but code'],
  ['html-page', 'answer-json', 'a page or XML, no JSON'],
  ['empty-answer', 'answer-json', 'the answer is empty'],
  ['json-twice', 'answer-json', 'written as such twice'],
  ['byte-order-mark', 'answer-json', 'byte order mark'],
  ['latin-1-answer', 'answer-json', 'not UTF-8'],
  ['other-charset', 'answer-content-type', 'GBK'],
  ['long-message', 'result-message', '300 characters'],
  ['no-body-sign', 'body-sign', 'no header Body-Sign'],
  ['body-sign-in-small-letters', 'body-sign', 'body-sign, and its case counts'],
  ['body-sign-unquoted', 'body-sign', 'without double quotes'],
  ['body-sign-type', 'body-sign', 'HmacSHA256'],
  ['body-sign-hex', 'body-sign', 'in hex, not in base64'],
  ['body-sign-plain', 'body-sign', 'plain SHA-256'],
  ['body-sign-pretty', 'body-sign', 'with line breaks'],
  ['body-sign-sorted', 'body-sign', 'keys sorted'],
  ['body-sign-request', 'body-sign', 'the body of the call'],
  ['body-sign-other-key', 'body-sign', 'perhaps it is made of another text, or with another key'],
  ['timestamp-in-seconds', 'signature-accepted', 'reads the timestamp as seconds'],
  ['keys-descending', 'signature-accepted', 'sorts the keys of the body from Z to A'],
  ['capitals-only', 'signature-accepted', 'takes signatures in capitals only'],
  ['raw-body', 'body-order', 'signs the body as it came'],
  ['nulls-signed', 'null-values', 'signs parameters that are null, too'],
  ['known-fields-signed', 'extra-fields', 'signs only the parameters it knows'],
  ['ascii-payload', 'non-ascii', 'escapes for what is not ASCII'],
  ['latin-1-payload', 'non-ascii', 'in Latin-1'],
  ['signature-unchecked-later', 'signature-refused', 'queryInstance with a wrong signature'],
  ['instance-id-number', 'new-instance', 'no instanceId: it is 20261125, no text'],
  ['business-id-not-needed', 'new-instance-fields', 'without businessId'],
  ['unknown-while-made', 'new-instance-slow', '000003'],
  ['never-made', 'new-instance-slow', 'still not there'],
  ['query-limited', 'query-many', 'the text is too long for it'],
  ['query-first-only', 'query-many', 'tells of 1 of them'],
  ['info-object', 'query-instance', 'is no list'],
  ['invented-instance', 'query-unknown', 'that was never made'],
])('the verdict on %s names the mistake', async (name, id, words) => {
  expect(await sentenceOf(name, id)).toContain(words)
})

test.each([
  ['long-front-end-url', 'appInfo.frontEndUrl has 667 characters'],
  ['relative-front-end-url', 'appInfo.frontEndUrl is no whole http or https address'],
  ['no-front-end-url', 'appInfo has no frontEndUrl'],
  ['long-password', 'appInfo.password has 200 characters'],
  ['long-memo', 'appInfo.memo has 1025 characters'],
  ['memo-unescaped', '首次'],
  ['usage-value-precise', '12.345678'],
  ['usage-time-short', 'yyyyMMddHHmmssSSS'],
  ['usage-time-local', 'in the future: it has to be in UTC'],
])('the verdict on %s says which field, and how', async (name, words) => {
  const { fails = [], behaviour = {} } = faults[name] ?? {}
  const { cases } = await reportOf({ behaviour, only: ['query-instance', 'usage-told', ...fails] })
  expect(cases.find(({ outcome }) => outcome === 'failed')?.wrong).toContain(words)
})
