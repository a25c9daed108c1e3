/** Licenses as text: what koo issued holds as long as it says, and nothing else does. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CompactSign } from 'jose'
import { check, issue, signerIn } from '../../src/licensing/token.ts'
import type { License } from '../../src/model/license.ts'
import { publicJwk, publicPem } from '../../src/signing/ed25519.ts'
import { type PublicKey, readPublicKey } from '../../src/signing/minisign.ts'
import { secretKeyOf } from '../../src/signing/secret-key.ts'

const secret = secretKeyOf(createHash('sha256').update('a seed').digest())
const other = secretKeyOf(createHash('sha256').update('another').digest())
const license: License = {
  iss: 'harbor',
  sub: 'Acme',
  iat: 1000,
  nbf: 1000,
  exp: 2000,
  jti: 'an-id',
  product: { key: 'harbor', name: 'Harbor', version: 'V1.0' },
  specification: 'Team',
  quantities: { users: 50 },
  hardware_id: 'X-1',
}
const token = await issue(license, secret)
const [header = '', payload = '', signature = ''] = token.split('.')
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function problems(text: string, key: PublicKey = secret.publicKey, expected: object = {}) {
  const { problems: found } = await check(text, key, { at: 1500, ...expected })
  return found.map(({ code }) => code)
}

function signed(value: unknown, fields: object = {}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'EdDSA', kid: secret.keyId, typ: 'JWT', ...fields })
    .sign(secret.privateKey)
}

test('a good one', async () => {
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    alg: 'EdDSA',
    kid: secret.keyId,
    typ: 'JWT',
  })
  const expected = { at: 1000, product: 'harbor', hardwareId: 'X-1' }
  expect(await check(token, secret.publicKey, expected)).toEqual({ problems: [], license })
  expect(signerIn(token)).toEqual({ is: 'named', keyId: secret.keyId })
})

test('with the key in PEM or as a JWK', async () => {
  const { key } = secret.publicKey
  for (const text of [publicPem(key), JSON.stringify(publicJwk(key, secret.keyId))]) {
    expect(await problems(token, readPublicKey(text))).toEqual([])
    expect(await problems(token, readPublicKey(text.replace('"kid"', '"id"')))).toEqual([])
  }
  expect(await problems(token, readPublicKey(publicPem(other.publicKey.key)))).toEqual(['other-key'])
})

test.each([
  [{ at: 999 }, ['not-yet-valid']],
  [{ at: 1999 }, []],
  [{ at: 2000 }, ['expired']],
  [{ product: 'harbour' }, ['other-product']],
  [{ hardwareId: 'X-2' }, ['other-hardware-id']],
  [{ systemId: 'X-1' }, ['other-system-id']],
  [
    { at: 3000, product: 'p', hardwareId: 'h', systemId: 's' },
    ['expired', 'other-product', 'other-hardware-id', 'other-system-id'],
  ],
])('where %j is wanted: %j', async (expected, codes) => {
  expect(await problems(token, secret.publicKey, expected)).toEqual(codes)
})

test('a change in any character is refused, and nothing of it believed', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_. '
  const places = [...token].keys()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...alphabet), async (at, letter) => {
      fc.pre(letter !== token[at])
      const checked = await check(token.slice(0, at) + letter + token.slice(at + 1), secret.publicKey, { at: 1500 })
      expect(checked.problems).toHaveLength(1)
      expect(checked.problems[0]?.code).toMatch(/^(malformed|algorithm|other-key|signature)$/)
      expect(checked).not.toHaveProperty('license')
    }),
    { numRuns: 400 },
  )
})

describe('forged', () => {
  const forgedPayload = base64({ ...license, exp: 9999 })
  const publicText = publicPem(secret.publicKey.key)

  test.each<[string, string | Promise<string>, string]>([
    ['another payload', `${header}.${forgedPayload}.${signature}`, 'signature'],
    ['no algorithm', `${base64({ alg: 'none', typ: 'JWT', kid: secret.keyId })}.${forgedPayload}.`, 'algorithm'],
    [
      'no algorithm, with a signature',
      `${base64({ alg: 'None', kid: secret.keyId })}.${payload}.${signature}`,
      'algorithm',
    ],
    ['no header', `${base64({})}.${payload}.${signature}`, 'algorithm'],
    [
      // The classic: the public key as the secret of a symmetric algorithm.
      'HS256 with the public key',
      new CompactSign(Buffer.from(JSON.stringify(license)))
        .setProtectedHeader({ alg: 'HS256', kid: secret.keyId, typ: 'JWT' })
        .sign(Buffer.from(publicText)),
      'algorithm',
    ],
    ['no signature', `${header}.${payload}.`, 'signature'],
    ['an empty signature of zeros', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`, 'signature'],
    ['by another key', issue(license, other), 'other-key'],
    ['by another key that says it is this one', issue(license, { ...other, keyId: secret.keyId }), 'signature'],
    ['with another kid', signed(license, { kid: other.keyId }), 'other-key'],
    ['without a kid', signed(license, { kid: undefined }), 'malformed'],
    ['another type', signed(license, { typ: 'other+jwt' }), 'malformed'],
    ['no token', 'nonsense', 'malformed'],
    ['nothing', '', 'malformed'],
    ['four parts', `${token}.${signature}`, 'malformed'],
    ['two lines', `${token}\n${token}`, 'malformed'],
    ['a header that is no JSON', `AAAA.${payload}.${signature}`, 'malformed'],
  ])('%s', async (_, text, code) => {
    const checked = await check(await text, secret.publicKey, { at: 1500 })
    expect(checked.problems.map((each) => each.code)).toEqual([code])
    expect(checked).not.toHaveProperty('license')
  })

  test('what is shown of it is short and harmless', async () => {
    const text = `${base64({ alg: `\u001b[2J${'x'.repeat(500)}` })}.${payload}.${signature}`
    const { problems: found } = await check(text, secret.publicKey, { at: 1500 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(found[0]?.message).not.toMatch(/\x1b/)
    expect(found[0]?.message.length).toBeLessThan(120)
  })
})

test.each([
  ['no JSON', 'text'],
  ['a list', '[]'],
  ['no customer', { ...license, sub: undefined }],
  ['a date as text', { ...license, exp: '2027-01-01' }],
  ['no product', { ...license, product: 'harbor' }],
  ['an endless number', JSON.stringify(license).replace('2000', '1e999')],
  ['a quantity in words', { ...license, quantities: { users: 'many' } }],
  ['a quantity of nothing', { ...license, quantities: { users: 0 } }],
  ['a quantity of parts', { ...license, quantities: { users: 1.5 } }],
])('signed, but no license: %s', async (_, value) => {
  expect(await problems(await signed(value))).toEqual(['malformed'])
})
