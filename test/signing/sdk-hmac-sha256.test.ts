/** The signature, by the vectors Huawei Cloud publishes and by some of our own that two more implementations agree on. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import {
  bodyHashHeader,
  canonicalQuery,
  dateHeader,
  emptyBodyHash,
  parseAuthorization,
  parseSdkDate,
  type Scope,
  type SignableRequest,
  sdkDate,
  sha256Hex,
  sign,
} from '../../src/signing/sdk-hmac-sha256.ts'

interface Vector {
  readonly id: string
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  /** Whether `host` is signed with the headers. */
  readonly signHost: boolean
  readonly body: string
  readonly ak: string
  readonly sk: string
  readonly expected: Readonly<Record<string, string>>
}

interface Vectors {
  readonly emptyBodySha256: string
  readonly canonicalQueryString: { readonly input: Vector['query']; readonly expected: string }
  readonly published: readonly Vector[]
  readonly computed: readonly Vector[]
  readonly derivedV11: readonly (Vector & Scope)[]
}

const vectors: Vectors = JSON.parse(
  await readFile(new URL('../fixtures/signing-vectors.json', import.meta.url), 'utf8'),
)
const plain = [...vectors.published, ...vectors.computed]
const [sample] = plain

function requestOf({ method, host, path, query, headers, signHost, body }: Vector): SignableRequest {
  const given = Object.entries(headers)
  const named = given.find(([name]) => name.toLowerCase() === bodyHashHeader)?.[1]
  return {
    method,
    path,
    query,
    headers: signHost ? [...given, ['Host', host]] : given,
    bodyHash: named ?? sha256Hex(body),
  }
}

/** What was computed, by the names the vectors use. */
function computed(vector: Vector, scope?: Scope): Readonly<Record<string, string>> {
  const { canonicalRequest, ...rest } = sign(requestOf(vector), vector.ak, vector.sk, scope)
  const own = { canonicalRequest, hashedCanonicalRequest: sha256Hex(canonicalRequest), ...rest }
  return Object.fromEntries(Object.entries(own).filter(([name]) => Object.hasOwn(vector.expected, name)))
}

test('there are vectors of every kind', () => {
  expect(vectors.published.length).toBeGreaterThanOrEqual(11)
  expect(vectors.computed.length).toBeGreaterThanOrEqual(12)
  expect(vectors.derivedV11.length).toBeGreaterThanOrEqual(4)
})

test('the empty body', () => {
  expect(emptyBodyHash).toBe(vectors.emptyBodySha256)
  expect(sha256Hex('')).toBe(emptyBodyHash)
  expect(sha256Hex(new Uint8Array())).toBe(emptyBodyHash)
})

test('the canonical query', () => {
  const { input, expected } = vectors.canonicalQueryString
  expect(canonicalQuery(input)).toBe(expected)
  expect(canonicalQuery([...input].reverse())).toBe(expected)
  expect(canonicalQuery([])).toBe('')
})

describe('SDK-HMAC-SHA256', () => {
  test.each(plain.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    expect(computed(vector)).toEqual(vector.expected)
    const { host, ...others } = { host: vector.host, ...vector.headers }
    const names = Object.keys(vector.signHost ? { host, ...others } : others).map((name) => name.toLowerCase())
    expect(parseAuthorization(vector.expected.authorization ?? '')).toEqual({
      accessKey: vector.ak,
      signedHeaders: names.sort(),
      signature: vector.expected.signature,
    })
  })
})

describe('V11-HMAC-SHA256', () => {
  /** Steps in between, which the code does not show; the signature holds them. */
  const hidden = ['info', 'derivedKeyHex']
  test.each(vectors.derivedV11.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const shown = Object.entries(vector.expected).filter(([name]) => !hidden.includes(name))
    expect(shown.length).toBeGreaterThanOrEqual(3)
    expect(computed(vector, vector)).toEqual(Object.fromEntries(shown))
    expect(vector.expected.stringToSign).toContain(vector.expected.info)
    expect(parseAuthorization(vector.expected.authorization ?? '')).toBeUndefined()
  })
})

describe('a signed request', () => {
  const request = { ...(sample && requestOf(sample)), bodyHash: emptyBodyHash } as SignableRequest
  const signature = (changed: Partial<SignableRequest> = {}, secret = 'secret') =>
    sign({ ...request, ...changed }, 'access', secret).signature

  test('each part of it counts', () => {
    const others = [
      signature({ method: 'PUT' }),
      signature({ path: `${request.path}x` }),
      signature({ query: [...request.query, ['offset', '1']] }),
      signature({ headers: [...request.headers, ['x-stage', 'RELEASE']] }),
      signature({ headers: [['X-Sdk-Date', '20191115T033656Z']] }),
      signature({ bodyHash: sha256Hex('{}') }),
      signature({}, 'Secret'),
    ]
    expect(new Set([signature(), ...others]).size).toBe(others.length + 1)
  })

  test('how it is written does not', () => {
    const headers = [...request.headers].reverse().map(([name, value]) => [name.toUpperCase(), ` ${value} `] as const)
    const same = { method: 'get', headers, query: [...request.query].reverse(), path: `${request.path}/` }
    expect(signature(same)).toBe(signature())
    expect(signature({ headers: [...request.headers, ['x_proxy', 'on the way']] })).toBe(signature())
  })

  test('it needs a date', () => {
    const headers = request.headers.filter(([name]) => name.toLowerCase() !== dateHeader)
    expect(headers).toHaveLength(request.headers.length - 1)
    expect(() => signature({ headers })).toThrow(TypeError)
    expect(() => signature({ headers: [...headers, ['Date', '20191115T033655Z']] })).toThrow('X-Sdk-Date')
  })

  test('its Authorization header is read back', () => {
    const { authorization, signature } = sign(request, 'AK', 'SK')
    const read = { accessKey: 'AK', signedHeaders: ['content-type', 'host', 'x-sdk-date'], signature }
    expect(parseAuthorization(authorization)).toEqual(read)
    expect(parseAuthorization(authorization.replaceAll(', ', ','))).toEqual(read)
    for (const broken of [
      '',
      'Bearer token',
      ` ${authorization}`,
      authorization.slice(0, -1),
      authorization.toUpperCase(),
      authorization.replace('SDK-', ''),
      authorization.replace('Access=AK', 'Access='),
      authorization.replace(/SignedHeaders=[^,]+, /, ''),
      `${authorization}\n`,
    ]) {
      expect(parseAuthorization(broken)).toBeUndefined()
    }
  })
})

describe('the date', () => {
  test.each([
    [Date.UTC(2019, 10, 15, 3, 36, 55), '20191115T033655Z'],
    [Date.UTC(2024, 1, 29, 23, 59, 59), '20240229T235959Z'],
    [0, '19700101T000000Z'],
  ])('%d is %s', (milliseconds, text) => {
    expect(sdkDate(milliseconds)).toBe(text)
    expect(parseSdkDate(text)).toBe(milliseconds)
  })

  test('a part of a second is left out', () => {
    expect(sdkDate(Date.UTC(2019, 10, 15, 3, 36, 55, 999))).toBe('20191115T033655Z')
  })

  test.each([
    '',
    '2019-11-15T03:36:55Z',
    '20191115T033655',
    '20191115T033655Z ',
    '20191315T033655Z',
    '20191115T246060Z',
  ])('no date: %j', (text) => {
    expect(parseSdkDate(text)).toBeNaN()
  })
})
