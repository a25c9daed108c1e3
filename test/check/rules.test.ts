/** Rules at their edges: what they must say and, as important, what they must not. */
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { wholeManifest } from '../../src/check/examples.ts'
import { judge } from '../../src/check/judge.ts'
import { Between } from '../../src/check/rules/between.ts'

function found(part: string): readonly string[] {
  return judge(parse(wholeManifest(part)), new Map()).map(({ code, path }) => `${code} ${path}`)
}

const named = (name: string) => found(`product:\n  name: ${JSON.stringify(name)}\n`).map((each) => each.split(' ')[0])

describe('names', () => {
  test.each([
    'Industry 4.0 Gateway',
    'Smart Industry 4.0',
    'Studio 54 Booking',
    'Best-Practice Library',
    'No One Left Behind',
    'Window Planner',
    'Kubernetes’ Companion',
    'WordPress Hosting',
    'ACME 2024-2025 Planner',
    'Huawei Cloud Stack Monitor (HCS Version)',
    'Connector for Huawei Cloud',
    'V2X Simulator',
  ])('%s is a name', (name) => {
    expect(named(name)).toEqual([])
  })

  test.each([
    ['Harbor CRM 2.0', 'name-version'],
    ['Harbor CRM v3', 'name-version'],
    ['World’s best CRM', 'name-exaggeration'],
    ['The No. 1 CRM', 'name-exaggeration'],
    ['Magneto Shop', 'name-spelling'],
    ['Kubernets Operator', 'name-spelling'],
    ['Harbor (HCS)', 'name-hcs'],
    ['Huawei Cloud Database', 'name-huawei-cloud'],
    ['Harbor 400-830-31312', 'name-phone'],
    ['Harbor, only $ 5', 'name-price'],
  ])('%s is %s', (name, code) => {
    expect(named(name)).toEqual([code])
  })
})

describe('quantities', () => {
  const tiers = (range: string, ...list: readonly string[]) =>
    found(
      `attributes:\n  - { code: users, name: Users, type: quantity }\nspecifications:\n  - name: Team\n    billing: buyout\n    quantity: { attribute: users, ${range} }\n    tiers:\n${list.map((each) => `      - { ${each}, price: 5 }\n`).join('')}`,
    )
  const at = '/specifications/0/tiers'

  test.each([
    ['from: 1, to: 100', ['from: 1, to: 10', 'from: 11'], []],
    ['from: 1, to: 100', ['from: 11', 'from: 1, to: 10'], []],
    ['from: 1, to: 100', ['from: 1, to: 10', 'from: 11, to: 100'], []],
    ['from: 0, to: 100, step: 10', ['from: 0, to: 20', 'from: 30'], []],
    // Between the steps nothing can be bought, so that nothing is missing there.
    ['from: 0, to: 100, step: 10', ['from: 0, to: 25', 'from: 26'], []],
    ['from: 0, to: 1, step: 0.1', ['from: 0, to: 0.3', 'from: 0.4'], []],
    ['from: 0, to: 100, step: 10', ['from: 0, to: 15', 'from: 25'], [`tiers-gap ${at}/1/from`]],
    ['from: 1, to: 100', ['from: 2'], [`tiers-gap ${at}/0/from`]],
    ['from: 1, to: 100', ['from: 1, to: 99'], [`tiers-gap ${at}/0/to`]],
    ['from: 1, to: 100', ['from: 1', 'from: 11'], [`tiers-overlap ${at}/1/from`]],
    ['from: 5, to: 100', ['from: 1'], [`tiers-overlap ${at}/0/from`]],
    ['from: 1, to: 100', ['from: 10, to: 1'], [`range-reversed ${at}/0/to`]],
    ['from: 1, to: 100, step: 0', ['from: 1'], ['quantity-step /specifications/0/quantity/to']],
  ])('%s with %j', (range, list, expected) => {
    expect(tiers(range, ...list)).toEqual(expected)
  })
})

describe('periods', () => {
  const priced = (lines: string) => found(`specifications:\n  - name: Team\n    billing: yearly-monthly\n${lines}`)

  test.each([
    [
      '    price: 5\n    yearlyPrice: 50\n    periods:\n      - { unit: month, number: 12, price: 55 }\n',
      ['period-repeated'],
    ],
    ['    price: 5\n    periods:\n      - { unit: month, number: 1, price: 5 }\n', ['period-repeated']],
    [
      '    price: 5\n    periods:\n      - { unit: month, number: 24, price: 5 }\n      - { unit: year, number: 2, price: 5 }\n',
      ['period-repeated'],
    ],
    [
      '    price: 5\n    periods:\n      - { unit: month, number: 6, price: 25 }\n      - { unit: year, number: 3, price: 5 }\n',
      [],
    ],
  ])('%s', (lines, codes) => {
    expect(priced(lines).map((each) => each.split(' ')[0])).toEqual(codes)
  })
})

describe('between manifests', () => {
  const second = (first: string, name: string, key = 'two') => {
    const between = new Between()
    between.add({ file: 'one.yaml', key: 'one', name: first })
    return between.add({ file: 'two.yaml', key, name }).map(({ code }) => code)
  }

  test.each([
    ['Harbor CRM Standard', 'Harbor CRM Enterprise', ['edition-as-product']],
    ['Harbor CRM', 'Harbor CRM (Pro)', ['edition-as-product']],
    ['Harbor CRM', 'harbor  crm', ['name-repeated']],
    ['Tideline-CRM', 'Tideline CRM', ['name-repeated']],
    ['海港标准版', '海港企业版', ['edition-as-product']],
    ['Harbor CRM', 'Harbor ERP', []],
    ['Standard', 'Enterprise', []],
  ])('%s and %s', (first, name, codes) => {
    expect(second(first, name)).toEqual(codes)
  })

  test('the same key is told, whatever the names', () => {
    expect(second('Harbor CRM', 'Harbor CRM', 'one')).toEqual(['key-repeated'])
  })
})
