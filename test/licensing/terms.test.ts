/** What a license may grant: what the manifest offers, and nothing else. */
import { describe, expect, test } from '@jest/globals'
import { momentOf } from '../../src/licensing/dates.ts'
import { licenseOf, type Wishes } from '../../src/licensing/terms.ts'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import type { Manifest } from '../../src/model/manifest.ts'

const method = deliveryMethodIds.find((id) => 'authorization' in rowOf(id).fields)
const at = Date.parse('2026-11-24T10:00:00Z') / 1000

type Kind = NonNullable<Manifest['delivery']['authorization']>['kind']

function manifest(kind: Kind = 'license-file', attributes: Manifest['attributes'] = users): Manifest {
  return {
    product: { key: 'harbor', name: 'Harbor', version: 'V1.0' },
    delivery: { method, authorization: { kind } },
    ...(attributes && { attributes }),
    specifications: [
      {
        name: 'Team',
        billing: 'yearly-monthly',
        price: 5,
        quantity: { attribute: 'users', from: 10, to: 100, step: 5 },
      },
      { name: 'Site', billing: 'buyout', price: 900 },
    ],
  } as unknown as Manifest
}

const users: Manifest['attributes'] = [
  { code: 'users', name: 'Users', type: 'quantity' },
  { code: 'hosts', name: 'Hosts', type: 'quantity' },
  { code: 'storage', name: 'Storage', type: 'enumeration' },
]
const team: Wishes = { customer: 'Acme', specification: 'Team', quantities: ['users=50'], until: '2027-11-30' }
const site: Wishes = { customer: 'Acme', specification: 'Site', quantities: [] }
const license = (wishes: Wishes, of = manifest()) => licenseOf(of, wishes, { at, id: 'an-id' })
const refused = (wishes: Wishes, of = manifest()) => {
  try {
    return license(wishes, of)
  } catch (error) {
    return error
  }
}

test('a subscription', () => {
  expect(license(team)).toEqual({
    iss: 'harbor',
    sub: 'Acme',
    iat: at,
    nbf: at,
    exp: Date.parse('2027-12-01T00:00:00Z') / 1000,
    jti: 'an-id',
    product: { key: 'harbor', name: 'Harbor', version: 'V1.0' },
    specification: 'Team',
    quantities: { users: 50 },
  })
})

test('a buyout without end, by another issuer, from a later day', () => {
  const made = license({ ...site, issuer: 'Fernhollow', from: '2027-01-01' })
  expect(made).toMatchObject({ iss: 'Fernhollow', nbf: Date.parse('2027-01-01') / 1000 })
  expect(made).not.toHaveProperty('exp')
  expect(made).not.toHaveProperty('quantities')
})

test('where the product has no quantities, the seller may name one', () => {
  const quantities = ['hosts=25', 'cores=1', `most=${Number.MAX_SAFE_INTEGER}`]
  expect(license({ ...site, quantities }, manifest('license-file', []))).toMatchObject({
    quantities: { hosts: 25, cores: 1, most: Number.MAX_SAFE_INTEGER },
  })
})

describe('a quantity is a whole number of at least 1', () => {
  const range = (from: number, to: number, step: number) => {
    const whole = manifest()
    const specifications = [{ ...whole.specifications?.[0], quantity: { attribute: 'users', from, to, step } }]
    return { ...whole, specifications } as unknown as Manifest
  }

  test.each(['0', '00', '0.5', '1.5', '1.0', '-1', '+1', '1e3', '0x10', 'Infinity', '', ' 1', '9007199254740993'])(
    '%j is none',
    (number) => {
      for (const offer of [manifest('license-file', []), range(0, 100, 0.5)]) {
        const failure = refused({ ...team, quantities: [`users=${number}`] }, offer) as Error
        expect(failure).toMatchObject({ name: 'Failure', exit: 'usage', code: 'bad-flag' })
        expect(failure.message).toContain('NAME=NUMBER, a whole number of at least 1')
      }
    },
  )

  test('in a range of decimal steps too', () => {
    expect(license({ ...team, quantities: ['users=7'] }, range(0, 100, 0.5))).toMatchObject({
      quantities: { users: 7 },
    })
  })
})

test.each([
  ['hardware-id', 'hardwareId', 'hardware_id', '--hardware-id'],
  ['system-id', 'systemId', 'system_id', '--system-id'],
] as const)('%s binds it', (kind, wish, claim, flag) => {
  expect(license({ ...site, [wish]: 'X-1' }, manifest(kind))).toMatchObject({ [claim]: 'X-1' })
  expect(refused(site, manifest(kind))).toMatchObject({ code: 'missing-flag', message: `${flag} is missing.` })
  for (const other of ['license-file', 'license-key', 'authorization-code'] as const) {
    expect(license(site, manifest(other))).not.toHaveProperty(claim)
    expect(refused({ ...site, [wish]: 'X-1' }, manifest(other))).toMatchObject({ code: 'contradiction' })
  }
  expect(refused({ ...site, hardwareId: 'X', systemId: 'Y' }, manifest(kind))).toMatchObject({ code: 'contradiction' })
})

describe('refused', () => {
  test.each<[string, Partial<Wishes>, string, string]>([
    ['no customer', { customer: undefined }, 'missing-flag', '--customer'],
    ['no specification', { specification: undefined }, 'missing-flag', '--specification'],
    ['one that is not there', { specification: 'Taem' }, 'no-specification', 'Did you mean Team?'],
    ['no end of a subscription', { until: undefined }, 'missing-flag', '--until'],
    ['an end before the beginning', { from: '2028-01-01' }, 'contradiction', 'before the license begins'],
    ['an end in the past', { until: '2020-01-01' }, 'contradiction', 'before the license begins'],
    ['no quantity', { quantities: [] }, 'missing-flag', '--quantity users=NUMBER'],
    ['one below the range', { quantities: ['users=5'] }, 'bad-flag', 'from 10 to 100'],
    ['one above the range', { quantities: ['users=105'] }, 'bad-flag', 'from 10 to 100'],
    ['one between two steps', { quantities: ['users=52'] }, 'bad-flag', 'in steps of 5'],
    ['one of another attribute', { quantities: ['hosts=50'] }, 'no-quantity', 'It is sold by users.'],
    ['one that is none', { quantities: ['storage=50'] }, 'no-quantity', 'no quantity attribute'],
    ['one mistyped', { quantities: ['user=50'] }, 'no-quantity', 'Did you mean users?'],
    ['one twice', { quantities: ['users=50', 'users=55'] }, 'bad-flag', 'given twice'],
    ['one without a number', { quantities: ['users'] }, 'bad-flag', 'NAME=NUMBER'],
    ['one with a bad name', { quantities: ['__proto__=1'] }, 'bad-flag', 'NAME=NUMBER'],
    ['a quantity of a buyout without', { specification: 'Site' }, 'no-quantity', '"Site" is not sold by users'],
    ['two lines', { customer: 'A\nB' }, 'bad-flag', '--customer must be a single line'],
    ['no day', { until: 'tomorrow' }, 'bad-flag', '--until takes a day'],
  ])('%s', (_, wishes, code, words) => {
    const failure = refused({ ...team, ...wishes }) as { message: string; hint?: string }
    expect(failure).toMatchObject({ name: 'Failure', exit: 'usage', code })
    expect(`${failure.message} ${failure.hint}`).toContain(words)
  })

  test('a delivery method without authorization', () => {
    const [other] = deliveryMethodIds.filter((id) => !('authorization' in rowOf(id).fields))
    const product = { ...manifest(), delivery: { method: other } } as Manifest
    expect(refused(team, product)).toMatchObject({ exit: 'usage', code: 'no-license' })
  })
})

describe('dates', () => {
  test.each([
    ['2027-01-31', 'start', '2027-01-31T00:00:00Z'],
    ['2027-01-31', 'end', '2027-02-01T00:00:00Z'],
    ['2028-02-29', 'end', '2028-03-01T00:00:00Z'],
    ['2027-01-31T12:00Z', 'end', '2027-01-31T12:00:00Z'],
    ['2027-01-31T12:00:30+08:00', 'start', '2027-01-31T04:00:30Z'],
  ] as const)('%s as the %s', (text, edge, moment) => {
    expect(momentOf('--at', text, edge)).toBe(Date.parse(moment) / 1000)
  })

  test.each(['', '2027', '2027-02-30', '2027-13-01', '2027-1-1', '2027-01-31T25:00Z', '2027-01-31T12:00', '31.1.2027'])(
    '%j is none',
    (text) => {
      expect(() => momentOf('--at', text, 'start')).toThrow('--at takes a day')
    },
  )
})
