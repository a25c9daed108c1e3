/** What is left of a manifest that is not sound: of the right kind, at its place, and all of it where it is sound. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { partly } from '../../src/listing/partly.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { root } from '../e2e/koo.ts'

test.each(readdirSync(join(root, 'examples')))('all of a sound manifest: %s', (name) => {
  const value: unknown = parse(readFileSync(join(root, 'examples', name, 'koo.yaml'), 'utf8'))
  expect(partly(value)).toEqual(value)
})

test('what is of another kind is left out, and what no manifest has', () => {
  const product = { key: 7, name: 'Harbor CRM', version: null, logo: ['logo.png'], highlights: 'Fast', nonsense: 1 }
  expect(partly({ product, support: 'nobody', other: {}, koo: 2 })).toEqual({ product: { name: 'Harbor CRM' } })
  expect(partly({ product: { name: 'x', toString: 'y', __proto__: { key: 'z' } } })).toEqual({ product: { name: 'x' } })
})

test('items keep their places', () => {
  const [, , image] = deliveryMethodIds
  const value = {
    product: { highlights: ['Fast', 7, 'Safe'], cases: [null, { title: 'Ahlen', text: 1 }] },
    delivery: { method: image, images: ['img', { region: 'eu-west-101', id: 5 }] },
    specifications: [3, { name: 'Team', billing: 'never', price: '59', tiers: [[], { from: 1 }] }],
  }
  expect(partly(value)).toMatchObject({
    product: { highlights: ['Fast', '', 'Safe'], cases: [{}, { title: 'Ahlen' }] },
    delivery: { images: [{}, { region: 'eu-west-101' }] },
    specifications: [{}, { name: 'Team' }],
  })
  expect(partly(value).specifications?.[1]).not.toHaveProperty('price')
})

test('a choice is one of those there are, also in a list', () => {
  expect(partly({ delivery: { method: 'sass' } })).toEqual({ delivery: {} })
  expect(partly({ sites: ['china', 'moon', 'europe'] })).toEqual({ sites: ['china', 'europe'] })
})

test('any value gives a page something, and nothing changes when it is read again', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record({ product: fc.anything(), delivery: fc.record({ method: fc.constantFrom(...deliveryMethodIds) }) }),
    fc.record({ specifications: fc.array(fc.object()), product: fc.object() }),
  )
  fc.assert(
    fc.property(anything, (value) => {
      const first = partly(value)
      expect(partly(first)).toEqual(first)
    }),
  )
})
