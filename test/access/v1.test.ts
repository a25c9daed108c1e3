/** Version 1.0: how calls are written down, what verdicts say of mistakes, and which calls which products get. */
import { expect, test } from '@jest/globals'
import { credentialTrouble } from '../../src/access/credentials.ts'
import { faults } from '../../src/access/server/faults.ts'
import { rightV1 } from '../../src/access/server/v1.ts'
import { suiteNamed } from '../../src/access/suites.ts'
import { prepareV1, queryOf, timeStampOf, tokenOf } from '../../src/access/v1.ts'
import { type Charging, chargingNames } from '../../src/model/access/charging.ts'
import { type CaseVerdict, hasPassed } from '../../src/model/access/report.ts'
import { encryptCredential } from '../../src/signing/production-v1.ts'
import { key, outcomes, reportOf } from './trial.ts'

const now = Date.parse('2023-03-27T06:52:33.980Z')

test('a call has the known token', () => {
  const params = { activity: 'expireInstance', instanceId: 'i-1', testFlag: '1', timeStamp: '20230327065233980' }
  expect(timeStampOf(now)).toBe(params.timeStamp)
  expect(tokenOf(key, params)).toBe('hgqF5BOz94KwbbEFg0FlDEK78fj7K5zi7dS2yHIMQgI=')
  const { method, url, body } = prepareV1('https://a.example/p', key, { testFlag: true })(
    { activity: 'expireInstance', fields: { instanceId: 'i-1' }, now, nonce: '' },
    { time: now },
  )
  expect({ method, body }).toEqual({ method: 'GET', body: undefined })
  expect(url).toBe(`https://a.example/p?${queryOf(params)}&authToken=hgqF5BOz94KwbbEFg0FlDEK78fj7K5zi7dS2yHIMQgI%3D`)
})

test('values are encoded as Java does, and hashed as they are', () => {
  const fields = { customerName: 'a b+c&d=e/100%~*港' }
  const prepared = prepareV1('https://a.example/', key, { testFlag: false })(
    { activity: 'newInstance', fields, now, nonce: '' },
    { time: now },
  )
  expect(prepared.url).toContain('customerName=a+b%2Bc%26d%3De%2F100%25%7E*%E6%B8%AF&timeStamp=')
  const { authToken, ...params } = Object.fromEntries(new URL(prepared.url).searchParams)
  expect(params).toEqual({ activity: 'newInstance', ...fields, timeStamp: '20230327065233980' })
  expect(authToken).toBe(tokenOf(key, params))
})

test('parameters of the address itself are kept, and hashed too', () => {
  const { url } = prepareV1('https://a.example/p?shop=1', key, { testFlag: false })(
    { activity: 'expireInstance', fields: { instanceId: 'i-1' }, now, nonce: '' },
    {},
  )
  const { authToken, ...params } = Object.fromEntries(new URL(url).searchParams)
  expect(params.shop).toBe('1')
  expect(authToken).toBe(tokenOf(key, params))
})

test('without anything special about a call its token has no plus', () => {
  const prepare = prepareV1('https://a.example/', key, { testFlag: true })
  const tokens = Array.from({ length: 200 }, (_, index) => {
    const fields = { instanceId: `i-${index}` }
    const { url } = prepare({ activity: 'expireInstance', fields, now, nonce: '' }, {})
    return new URL(url).searchParams.get('authToken') ?? '+'
  })
  expect(tokens.filter((token) => token.includes('+'))).toEqual([])
})

test.each(chargingNames)('a product sold by %s alone passes, with its calls alone', async (charging) => {
  const report = await reportOf({ suite: 'v1', charging: [charging] })
  expect(hasPassed(report, true)).toBe(true)
  const called = new Set(report.cases.flatMap(({ exchanges }) => exchanges.map(({ activity }) => activity)))
  const wanted: Readonly<Record<Charging, readonly string[]>> = {
    period: ['expireInstance', 'newInstance', 'refreshInstance', 'releaseInstance', 'upgrade'],
    'one-time': ['newInstance', 'releaseInstance'],
    'pay-per-use': ['instanceStatus', 'newInstance', 'queryInstance', 'releaseInstance'],
  }
  expect([...called].sort()).toEqual(wanted[charging])
})

test('every exchange is a GET, and no plain user name or password is in a report', async () => {
  const report = await reportOf({ suite: 'v1' })
  const text = JSON.stringify(report)
  expect(new Set(report.cases.flatMap(({ exchanges }) => exchanges.map(({ sent }) => sent.method)))).toEqual(
    new Set(['GET']),
  )
  expect(text).not.toContain(rightV1.password)
  expect(text).not.toContain(key)
})

test.each([
  ['v1-key-without-timestamp', 'signature-accepted', /because the server takes the key alone for the HMAC/],
  ['v1-token-hex', 'signature-accepted', /because the server expects the token in hex/],
  ['v1-token-of-itself', 'signature-accepted', /perhaps the server has another key, hashes authToken itself/],
  ['v1-values-encoded', 'token-values', /^A call with a value with signs .* hashes the values as they stand/],
  ['v1-plus-kept', 'token-values', /^A call with a value with a blank .* takes a plus in the address for a plus/],
  ['v1-values-latin-1', 'token-values', /^A call with a value that is not ASCII .* reads the values as Latin-1/],
  ['v1-params-unsorted', 'token-order', /hashes the parameters in the order in which they come/],
  ['v1-params-known-only', 'extra-fields', /hashes only the parameters it knows/],
  ['v1-credentials-plain', 'credentials-encrypted', /perhaps it is not encrypted at all/],
  ['v1-key-itself', 'credentials-encrypted', /userName is encrypted with the shared key itself/],
  ['v1-key-hashed', 'credentials-encrypted', /is encrypted with the SHA-256 of the shared key/],
  ['v1-ecb', 'credentials-encrypted', /is encrypted in the mode ECB, not CBC/],
  ['v1-no-vector', 'credentials-encrypted', /has no vector before it/],
  ['v1-vector-in-base64', 'credentials-encrypted', /has its vector within the base64/],
  ['v1-credentials-hex', 'credentials-encrypted', /is hex after its vector, not base64/],
  ['v1-encrypt-type-untold', 'credentials-encrypted', /a key of 128 bits, and encryptType does not say so/],
  ['v1-password-long', 'app-info', /appInfo.password has \d+ characters, and 128 at most fit/],
] as const)('of the fault %s the case %s says what is wrong', async (name, id, wrong) => {
  const report = await reportOf({ suite: 'v1', behaviour: faults[name]?.behaviour ?? {} })
  const verdict = verdictOf(report.cases, id)
  expect(verdict.wrong).toMatch(wrong)
})

test('a server that does not offer upgrades passes', async () => {
  const instead: typeof rightV1.instead = ({ activity }) => (activity === 'upgrade' ? '000002' : undefined)
  const report = await reportOf({ suite: 'v1', behaviour: { v1: { ...rightV1, instead } } })
  expect(hasPassed(report, true)).toBe(true)
  expect(verdictOf(report.cases, 'upgrade')).toMatchObject({ outcome: 'skipped' })
})

test('a server that encrypts with AES-128 and says so passes', async () => {
  const credential: typeof rightV1.credential = (plain, shared, iv) => encryptCredential(plain, shared, iv, 128)
  const report = await reportOf({ suite: 'v1', behaviour: { v1: { ...rightV1, encryptType: '2', credential } } })
  expect(hasPassed(report, true)).toBe(true)
})

test('a server that leaves encryptType and access data out passes', async () => {
  const answer = ({ encryptType: _, appInfo: __, ...rest }: Readonly<Record<string, unknown>>) => rest
  const report = await reportOf({ suite: 'v1', charging: ['one-time'], behaviour: { answer } })
  expect(hasPassed(report, true)).toBe(true)
  expect(verdictOf(report.cases, 'credentials-encrypted').outcome).toBe('skipped')
})

test('an instance that takes its time is asked for again until it is there', async () => {
  const { failed, blocked } = await outcomes({ suite: 'v1', creationTime: 60, charging: ['period'] })
  expect({ failed, blocked }).toEqual({ failed: [], blocked: [] })
})

test('every case that must be passed has a page that is not of the China site', async () => {
  const { pages } = await import('../../src/model/pages.ts')
  const { cases } = await suiteNamed('v1')
  expect(cases.filter(({ level, source }) => level === 'must' && pages[source].of === 'china')).toEqual([])
})

test('what is right is no trouble, and trouble never tells the plain text', () => {
  const right = encryptCredential('hunter2-secret', key, 'abcdefghij012345')
  expect(credentialTrouble(right, '1', key)).toBeUndefined()
  expect(credentialTrouble(right, undefined, key)).toBeUndefined()
  expect(credentialTrouble(right, 7, key)).toBeUndefined()
  for (const value of ['hunter2-secret', 'hunter2-secret-that-is-long', right.slice(1), `${right}=`]) {
    expect(credentialTrouble(value, '1', key)).toMatch(/^cannot be decrypted: /)
    expect(credentialTrouble(value, '1', key)).not.toContain('hunter2')
  }
})

function verdictOf(cases: readonly CaseVerdict[], id: string): CaseVerdict {
  const found = cases.find((each) => each.id === id)
  if (found === undefined) throw new Error(`There is no verdict on ${id}.`)
  return found
}
