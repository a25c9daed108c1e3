/** What differs between two manifests, and that making the changes gives the other one. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import type { Field } from '../../src/model/field.ts'
import { manifestFields } from '../../src/model/manifest.ts'
import { partsOf, valueAt } from '../../src/model/pointer.ts'
import { changesBetween } from '../../src/publish/changes.ts'
import { applied } from './applied.ts'
import { anyManifest } from './manifests.ts'

const team = { name: 'Team', billing: 'yearly-monthly', price: 59 }
const business = { name: 'Business', billing: 'yearly-monthly', price: 229 }
const solo = { name: 'Solo', billing: 'buyout', price: 320 }

function manifest(specifications: readonly unknown[], more: object = {}) {
  return {
    koo: 1,
    product: { key: 'harbor-crm', name: 'Harbor CRM', version: 'V1.0', highlights: ['Fast', 'Safe'], ...more },
    delivery: { method: 'saas' },
    specifications,
  }
}

describe('changes', () => {
  test('of a manifest to itself are none, whatever the order of its keys', () => {
    const other = { ...manifest([{ price: 59, billing: 'yearly-monthly', name: 'Team' }]) }
    expect(changesBetween(manifest([team]), other)).toEqual([])
  })

  test('name the field, what it was and what it becomes', () => {
    const after = manifest([team], { name: 'Harbor CRM for Freight', overview: 'Quotes in two minutes.' })
    expect(changesBetween(manifest([team]), after)).toEqual([
      { path: '/product/name', was: 'Harbor CRM', becomes: 'Harbor CRM for Freight' },
      { path: '/product/overview', becomes: 'Quotes in two minutes.' },
    ])
  })

  test('know a specification by its name, also behind another that is new or gone', () => {
    const cheaper = { ...business, price: 199 }
    expect(changesBetween(manifest([team, business]), manifest([solo, cheaper]))).toEqual([
      { path: '/specifications/0', becomes: solo, item: 'Solo' },
      { path: '/specifications/1/price', was: 229, becomes: 199, item: 'Business' },
      { path: '/specifications/0', was: team, item: 'Team' },
    ])
  })

  test('tell that only the order is another', () => {
    expect(changesBetween(manifest([team, business, solo]), manifest([business, team, solo]))).toEqual([
      {
        path: '/specifications',
        was: ['Team', 'Business', 'Solo'],
        becomes: ['Business', 'Team', 'Solo'],
        order: true,
      },
    ])
  })

  test('compare lists of plain values as a whole', () => {
    expect(changesBetween(manifest([team]), manifest([team], { highlights: ['Fast'] }))).toEqual([
      { path: '/product/highlights', was: ['Fast', 'Safe'], becomes: ['Fast'] },
    ])
  })

  test('know an image by its region, so that another image in it is one field', () => {
    const image = (id: string) => ({ delivery: { method: 'image', images: [{ region: 'ap-southeast-3', id }] } })
    expect(changesBetween(image('a'), image('b'))).toEqual([
      { path: '/delivery/images/0/id', was: 'a', becomes: 'b', item: 'ap-southeast-3' },
    ])
  })

  test('of a list in which two cannot be told apart are one change', () => {
    const found = changesBetween(manifest([team, team]), manifest([team]))
    expect(found).toEqual([{ path: '/specifications', was: [team, team], becomes: [team] }])
  })
})

test('made to the one manifest, give the other', () => {
  fc.assert(
    fc.property(anyManifest, anyManifest, (before, after) => {
      expect(applied(before, changesBetween(before, after))).toEqual(after)
    }),
    { numRuns: 2000 },
  )
})

const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))

test('the same for values that are no manifests', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(applied(before, changesBetween(before, after))).toEqual(after)
    }),
  )
})

test('their paths lead to the values they name', () => {
  fc.assert(
    fc.property(anyManifest, anyManifest, (before, after) => {
      for (const { path, was, becomes, order } of changesBetween(before, after)) {
        if (order) continue
        const place = becomes === undefined ? { in: before, is: was } : { in: after, is: becomes }
        expect(valueAt(place.in, partsOf(path))).toEqual(place.is)
      }
    }),
  )
})

/** A fact of the table: a list of groups whose items nothing tells apart would change as a whole. */
test.each(deliveryMethodIds)('every list of groups in a manifest of %s says what tells its items apart', (method) => {
  const lists = (field: Field): readonly Field[] => {
    if (field.kind === 'list') return [field, ...lists(field.item)]
    return field.kind === 'group' ? Object.values(field.fields).flatMap(lists) : []
  }
  for (const list of Object.values(manifestFields(method)).flatMap(lists)) {
    if (list.kind !== 'list' || list.item.kind !== 'group') continue
    const item = list.item
    expect(list.identity).toBeDefined()
    for (const key of list.identity ?? []) expect(item.fields[key]?.optional).toBeUndefined()
  }
})
