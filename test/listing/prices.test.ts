/** What a specification costs, to the last fraction of a cent. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  compare,
  decimalOf,
  decimalText,
  dollars,
  minus,
  plus,
  shortDollars,
  times,
  zero,
} from '../../src/listing/decimals.ts'
import { priceTable } from '../../src/listing/price-table.ts'
import { type Choice, entryPrice, type Priced, periodsOf, quote } from '../../src/listing/prices.ts'
import { leastOf, rangeOf, rangeText, refusalOf } from '../../src/listing/quantities.ts'

const monthly = 'yearly-monthly'
const desk: Priced = {
  billing: monthly,
  price: 59,
  yearlyPrice: 590,
  periods: [
    { unit: 'year', number: 3, price: 1500 },
    { unit: 'month', number: 6, price: 350.1 },
  ],
}
const team: Priced = {
  billing: monthly,
  quantity: { attribute: 'users', from: 5, to: 500, step: 5 },
  tiers: [
    { from: 5, to: 50, price: 4.35 },
    { from: 55, to: 200, price: 3.9 },
    { from: 205, price: 3.1 },
  ],
}
const enterprise: Priced = {
  billing: monthly,
  quantity: { attribute: 'users', from: 1, to: 20 },
  choices: [
    { attribute: 'edition', values: ['Silver', 'Gold'] },
    { attribute: 'region', values: ['Singapore', 'Dublin'] },
  ],
  skus: [
    { choose: { edition: 'Silver', region: 'Singapore' }, price: 9, yearlyPrice: 90 },
    {
      choose: { edition: 'Gold', region: 'Singapore' },
      tiers: [
        { from: 1, to: 9, price: 20 },
        { from: 10, price: 18 },
      ],
    },
    { choose: { edition: 'Gold', region: 'Dublin' } },
  ],
}

/** As it is read on the page. */
function said(specification: Priced, choice: Choice = {}): readonly string[] {
  const made = quote(specification, choice)
  if (made.is !== 'total') return [made.is, made.why]
  return [`${made.total} ${made.per}`, ...made.working, ...(made.saving === undefined ? [] : [made.saving])]
}

test.each<[string, Priced, Choice, readonly string[]]>([
  ['a month', desk, {}, ['$59.00 a month']],
  ['a year with a price of its own', desk, { period: '12' }, ['$590.00 a year', '$118.00 less than 12 single months']],
  ['three years', desk, { period: '36' }, ['$1,500.00 for 3 years', '$624.00 less than 36 single months']],
  ['six months', desk, { period: '6' }, ['$350.10 for 6 months', '$3.90 less than 6 single months']],
  ['a period nobody offers', desk, { period: '7' }, ['unpriced', 'No price yet']],
  [
    'a year without a price of its own',
    { billing: monthly, price: 19.99 },
    { period: '12' },
    ['$239.88 a year', '$19.99 a month × 12'],
  ],
  ['once', { billing: 'buyout', price: 8400 }, {}, ['$8,400.00 once']],
  [
    'pieces, once',
    { billing: 'buyout', price: 289, quantity: { from: 1, to: 50 } },
    { quantity: '20' },
    ['$5,780.00 once', '20 × $289.00'],
  ],
  ['an hour', { billing: 'pay-per-use', price: 0.07 }, {}, ['$0.07 an hour']],
  [
    'hours',
    { billing: 'pay-per-use', price: 0.07 },
    { hours: '720' },
    ['$50.40 for 720 hours', '$0.07 an hour × 720 hours'],
  ],
  ['one hour', { billing: 'pay-per-use', price: 0.07 }, { hours: '1' }, ['$0.07 for 1 hour', '$0.07 an hour × 1 hour']],
  ['no hours', { billing: 'pay-per-use', price: 0.07 }, { hours: '' }, ['refused', 'Enter the hours as a number.']],
  [
    'the least of a first tier',
    team,
    {},
    ['$21.75 a month', '5 × $4.35 a month', 'Each costs $4.35 a month where 5 to 50 are bought'],
  ],
  [
    'the last of a first tier',
    team,
    { quantity: '50' },
    ['$217.50 a month', '50 × $4.35 a month', 'Each costs $4.35 a month where 5 to 50 are bought'],
  ],
  [
    'the first of the next tier, which holds for every unit',
    team,
    { quantity: '55' },
    ['$214.50 a month', '55 × $3.90 a month', 'Each costs $3.90 a month where 55 to 200 are bought'],
  ],
  [
    'an open tier, for a year',
    team,
    { quantity: '205', period: '12' },
    ['$7,626.00 a year', '205 × $3.10 a month × 12', 'Each costs $3.10 a month where 205 or more are bought'],
  ],
  ['too many', team, { quantity: '505' }, ['refused', 'From 5 to 500 can be bought.']],
  ['too few', team, { quantity: '0' }, ['refused', 'From 5 to 500 can be bought.']],
  ['between steps', team, { quantity: '7' }, ['refused', 'Quantities go up by 5 from 5: choose 5 or 10.']],
  ['no quantity', team, { quantity: '' }, ['refused', 'Enter the quantity as a number.']],
  ['less than nothing', team, { quantity: '-5' }, ['refused', 'Enter the quantity as a number.']],
  ['the first SKU', enterprise, {}, ['$9.00 a month', '1 × $9.00 a month']],
  [
    'a year of a SKU',
    enterprise,
    { quantity: '3', period: '12' },
    ['$270.00 a year', '3 × $90.00 a year', '$54.00 less than 12 single months'],
  ],
  [
    'a SKU with tiers',
    enterprise,
    { quantity: '10', choose: { edition: 'Gold', region: 'Singapore' } },
    ['$180.00 a month', '10 × $18.00 a month', 'Each costs $18.00 a month where 10 or more are bought'],
  ],
  ['a SKU without price', enterprise, { choose: { edition: 'Gold', region: 'Dublin' } }, ['unpriced', 'No price yet']],
  ['no SKU', enterprise, { choose: { region: 'Dublin' } }, ['unpriced', 'No price for this combination yet']],
  ['nothing', {}, {}, ['unpriced', 'No billing mode yet']],
  ['no price', { billing: monthly }, {}, ['unpriced', 'No price yet']],
  ['a price that is no number', { billing: 'buyout', price: Number.NaN }, {}, ['unpriced', 'No price yet']],
  ['a price below 0', { billing: 'buyout', price: -1 }, {}, ['unpriced', 'No price yet']],
  ['a price beyond all measure', { billing: 'buyout', price: 1e300 }, {}, ['unpriced', 'No price yet']],
  [
    'a year that is no number',
    { billing: monthly, price: 5, yearlyPrice: Number.NaN },
    { period: '12' },
    ['unpriced', 'No price yet'],
  ],
  ['free', { billing: 'buyout', price: 0 }, {}, ['$0.00 once']],
])('%s', (_name, specification, choice, expected) => {
  expect(said(specification, choice)).toEqual(expected)
})

test('what went through JSON, as on its way to the browser, costs the same', () => {
  for (const each of [desk, team, enterprise, { billing: 'buyout', price: Number.NaN } as const]) {
    const there: Priced = JSON.parse(JSON.stringify(each))
    expect(said(there)).toEqual(said(each))
  }
})

test('decimals of tenths and thousandths are exact', () => {
  const tenths: Priced = {
    billing: 'buyout',
    quantity: { attribute: 'area', from: 0.1, to: 10, step: 0.1 },
    tiers: [
      { from: 0.1, to: 0.3, price: 0.1 },
      { from: 0.4, price: 0.001 },
    ],
  }
  expect(said(tenths, { quantity: '0.3' })[0]).toBe('$0.03 once')
  expect(said(tenths, { quantity: '0.4' })[0]).toBe('$0.0004 once')
  expect(said(tenths, { quantity: '0.35' })).toEqual([
    'refused',
    'Quantities go up by 0.1 from 0.1: choose 0.3 or 0.4.',
  ])
})

test('money is never rounded: a total is the integer product of thousandths', () => {
  const thousandths = fc.integer({ min: 0, max: 9_999_999 })
  fc.assert(
    fc.property(thousandths, fc.integer({ min: 1, max: 10_000 }), (price, quantity) => {
      const made = quote(
        { billing: monthly, price: price / 1000, quantity: { from: 1, to: 10_000 } },
        { quantity: String(quantity), period: '12' },
      )
      const expected = BigInt(price) * BigInt(quantity) * 12n
      return made.is === 'total' && compare(made.amount, { digits: expected, places: 3 }) === 0
    }),
  )
})

test('every quantity that steps reach has the price of its tier, and no other can be bought', () => {
  const whole = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(whole, whole, whole, fc.integer({ min: 0, max: 2000 }), (from, step, steps, asked) => {
      const range = { from, to: from + step * steps, step }
      const border = from + step * Math.floor(steps / 2)
      const specification: Priced = {
        billing: 'buyout',
        quantity: range,
        tiers: [
          { from, to: border, price: 2 },
          { from: border + step, price: 1 },
        ],
      }
      const made = quote(specification, { quantity: String(asked) })
      const isSold = asked >= from && asked <= range.to && (asked - from) % step === 0
      const total = dollars({ digits: BigInt(asked * (asked <= border ? 2 : 1)), places: 0 })
      return isSold ? made.is === 'total' && made.total === total : made.is === 'refused'
    }),
  )
})

test('sums of decimals behave as sums do', () => {
  const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 9 }))
  fc.assert(
    fc.property(decimal, decimal, ([a, m], [b, n]) => {
      const [left, right] = [
        { digits: a, places: m },
        { digits: b, places: n },
      ]
      const sum = plus(left, right)
      return compare(minus(sum, right), left) === 0 && compare(times(left, right), times(right, left)) === 0
    }),
  )
})

test.each([
  ['0', '0', '$0.00', '$0'],
  ['1234.5', '1,234.5', '$1,234.50', '$1,234.50'],
  ['1234567', '1,234,567', '$1,234,567.00', '$1,234,567'],
  ['0.125', '0.125', '$0.125', '$0.125'],
  ['10.10', '10.1', '$10.10', '$10.10'],
  ['007', '7', '$7.00', '$7'],
])('%s is written %s, %s, %s', (typed, plain, money, short) => {
  const made = decimalOf(typed)
  if (made === undefined) throw new Error(typed)
  const trimmed = { digits: made.digits, places: made.places }
  expect([decimalText(trimmed), dollars(trimmed), shortDollars(trimmed)]).toEqual([plain, money, short])
})

test.each(['', 'x', '-1', '1e3', '1,000', '.5', '5.', '0x10', ' ', null, undefined, {}, true, Infinity, 1e21, '1e-7'])(
  '%p is no amount',
  (value) => {
    expect(decimalOf(value)).toBeUndefined()
  },
)

test.each([
  [1e-7, '$0.0000001'],
  [1.25e-9, '$0.00000000125'],
  [0.001, '$0.001'],
  [9999999.999, '$9,999,999.999'],
])('the number %p is %s', (value, money) => {
  expect(dollars(decimalOf(value) ?? zero)).toBe(money)
})

test('periods are in order, each once', () => {
  const twice: Priced = { ...desk, periods: [...(desk.periods ?? []), { unit: 'month', number: 12, price: 1 }, {}] }
  expect(periodsOf(twice).map(({ title }) => title)).toEqual(['1 month', '6 months', '1 year', '3 years'])
  expect(periodsOf({ billing: 'buyout', periods: [{ unit: 'year', number: 3, price: 5 }] })).toEqual([])
})

test('a range says itself, and where it begins', () => {
  expect(rangeText(rangeOf({ from: 5, to: 100, step: 5 }))).toBe('5 to 100 in steps of 5')
  expect(rangeText(rangeOf({ from: 5 }))).toBe('from 5')
  expect(decimalText(leastOf(rangeOf({ from: 0, to: 10, step: 2 })))).toBe('2')
  expect(decimalText(leastOf(rangeOf({ from: 0, to: 1, step: 2 })))).toBe('0')
  expect(refusalOf(rangeOf({ from: 3, to: 9, step: 0 }), { digits: 4n, places: 0 })).toBe('Only 3 can be bought.')
})

test.each<[readonly Priced[], string | undefined]>([
  [[desk], '$59 a month'],
  [[desk, { billing: monthly, price: 229 }], 'from $59 a month'],
  [[{ billing: 'buyout', price: 320 }, desk], 'from $320 once'],
  [[{ billing: 'buyout', price: 320.5 }], '$320.50 once'],
  [[team], 'from $21.75 a month'],
  [[enterprise], 'from $9 a month'],
  [[{ billing: 'pay-per-use', price: 0.07 }], '$0.07 an hour'],
  [[{ billing: 'pay-per-use', price: 0 }], 'Free'],
  [[{}, { billing: 'buyout' }], undefined],
  [[], undefined],
])('%#: the price to start with', (specifications, expected) => {
  expect(entryPrice(specifications)).toBe(expected)
})

test('a table has a row for each SKU and tier', () => {
  const table = priceTable(enterprise, (code) => String(code).toUpperCase())
  expect(table.columns.map(({ title }) => title)).toEqual(['EDITION', 'REGION', 'USERS', '1 month', '1 year'])
  expect(table.rows).toEqual([
    { path: '/skus/0', cells: ['Silver', 'Singapore', 'Any', '$9.00', '$90.00'] },
    { path: '/skus/1/tiers/0', cells: ['Gold', 'Singapore', '1 to 9', '$20.00', '$240.00'] },
    { path: '/skus/1/tiers/1', cells: ['Gold', 'Singapore', '10 or more', '$18.00', '$216.00'] },
    { path: '/skus/2', cells: ['Gold', 'Dublin', 'Any', 'No price yet', 'No price yet'] },
  ])
})

test('a table of one price has that price', () => {
  expect(priceTable({ billing: 'buyout', price: 320 }, String)).toEqual({
    columns: [{ title: 'Once', isPrice: true, path: '/price' }],
    rows: [{ path: '', cells: ['$320.00'] }],
  })
})
