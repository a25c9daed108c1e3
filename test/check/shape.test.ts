/** What is safe to write in place of a wrong shape, what is not, and that one mistake is told once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { checkShape } from '../../src/check/shape.ts'
import { meant, suggest } from '../../src/check/suggest.ts'
import { standardVersion } from '../../src/check/version.ts'

function exampleText(method: string): string {
  return readFileSync(join(import.meta.dirname, '../../examples', method, 'koo.yaml'), 'utf8')
}

function shapeOf(method: string, from: string, to: string) {
  const text = exampleText(method)
  expect(text).toContain(from)
  return checkShape(parse(text.replace(from, () => to)))
}

describe('one finding, with its mend', () => {
  test.each([
    ['saas', 'version: V3.2', 'version: v3.2', 'version-form', '/product/version', { value: 'V3.2' }],
    ['saas', 'version: V3.2', 'version: 3', 'version-form', '/product/version', { value: 'V3.0' }],
    ['saas', 'overview: >-', 'overveiw: >-', 'unknown-field', '/product/overveiw', { key: 'overview' }],
    ['saas', 'product:', 'Product:', 'unknown-field', '/Product', { key: 'product' }],
    ['saas', 'highlights:', 'high_lights:', 'unknown-field', '/product/high_lights', { key: 'highlights' }],
    ['saas', 'method: saas', 'method: SaaS', 'method-unknown', '/delivery/method', { value: 'saas' }],
    ['saas', 'method: saas', 'method: pigeon', 'method-unknown', '/delivery/method', undefined],
    ['saas', 'price: 59\n', 'price: "59"\n', 'wrong-type', '/specifications/0/price', { value: '59' }],
    ['saas', 'price: 59\n', 'price: " 59"\n', 'wrong-type', '/specifications/0/price', undefined],
    ['saas', 'price: 59\n', 'price: "1e2"\n', 'wrong-type', '/specifications/0/price', undefined],
    ['saas', 'name: Team', 'name: 24', 'wrong-type', '/specifications/0/name', { value: '24' }],
    ['saas', 'name: Team', 'name: []', 'wrong-type', '/specifications/0/name', undefined],
    [
      'saas',
      'billing: buyout',
      'billing: Buyout',
      'billing-not-offered',
      '/specifications/2/billing',
      { value: 'buyout' },
    ],
    ['saas', 'billing: buyout', 'billing: pay-per-use', 'billing-not-offered', '/specifications/2/billing', undefined],
    ['saas', 'billing: buyout', 'billing: monthly', 'billing-not-offered', '/specifications/2/billing', undefined],
    [
      'saas',
      '  hours:',
      '  phone: " +65 6123 4567"\n  hours:',
      'phone-form',
      '/support/phone',
      { value: '+65 6123 4567' },
    ],
    ['saas', 'koo: 1', 'koo: "1"', 'format-unknown', '/koo', { value: 1 }],
    ['saas', 'koo: 1', 'koo: "2"', 'format-unknown', '/koo', undefined],
    ['license', '  days: ', '  days: "2.5" # ', 'wrong-type', '/delivery/days', undefined],
    ['license', '  days: ', '  days: "0" # ', 'wrong-type', '/delivery/days', undefined],
    ['license', '  days: ', '  days: "7" # ', 'wrong-type', '/delivery/days', { value: '7' }],
  ])('%s: %j as %j', (method, from, to, code, path, mend) => {
    const findings = shapeOf(method, from, to)
    expect(findings).toMatchObject([{ code, path }])
    expect(findings[0]?.mend).toEqual(mend)
  })

  test('a location of another delivery method is no mistyped one', () => {
    const [finding] = checkShape({ delivery: { method: 'image', deployment: ['seller-public-cloud'] } }).filter(
      ({ path }) => path === '/delivery/deployment/0',
    )
    expect(finding).toMatchObject({ code: 'deployment-not-offered' })
    expect(finding?.mend).toBeUndefined()
  })

  test('an e-mail address with `mailto:` and spaces', () => {
    const findings = shapeOf('saas', 'email: support@tideline.example', 'email: " mailto:Support@tideline.example "')
    expect(findings).toMatchObject([{ code: 'email-form', mend: { value: 'Support@tideline.example' } }])
  })

  test('a mistyped key is told, and nothing of its value', () => {
    const findings = shapeOf('saas', 'highlights:', 'highlihts: 5\n  cases:')
    expect(findings.map(({ path }) => path)).toContain('/product/highlihts')
    expect(findings.map(({ path }) => path)).not.toContain('/product/highlights')
  })

  test('a wrong type hides what is inside', () => {
    expect(
      shapeOf('consulting', 'delivery:\n', 'delivery: []\nx-note:\n')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['/delivery'])
  })
})

describe('a version', () => {
  test.each([
    ['v1.0', 'V1.0'],
    ['1.10', 'V1.10'],
    ['V1', 'V1.0'],
    ['V01.00', 'V1.00'],
    [' V1.0\n', 'V1.0'],
    ['Version 2.1', 'V2.1'],
    ['ver. 2', 'V2.0'],
    ['V1.0.', 'V1.0'],
    ['v0.1', undefined],
    ['0', undefined],
    ['V1.0-beta', undefined],
    ['V1..0', undefined],
    ['V１.０', undefined],
    ['First Version', undefined],
    ['', undefined],
  ])('%j', (from, to) => expect(standardVersion(from)).toBe(to))
})

describe('a word meant', () => {
  const words = ['yearly-monthly', 'buyout', 'pay-per-use', 'name', 'names', 'id', 'to'] as const
  test.each([
    ['Yearly/Monthly', 'yearly-monthly', 'yearly-monthly'],
    ['bayout', 'buyout', 'buyout'],
    ['monthly', undefined, undefined],
    ['nam', 'name', 'name'],
    ['namex', 'name', undefined],
    ['ID', 'id', 'id'],
    ['ix', 'id', undefined],
  ])('%s', (word, likely, certain) => {
    expect(suggest(word, words)).toBe(likely)
    expect(meant(word, words)).toBe(certain)
  })
})

describe('one mistake is one finding', () => {
  const found = (method: Parameters<typeof shapeOf>[0], from: string, to: string) =>
    shapeOf(method, from, to).map(({ code, path, hint }) => ({ code, path, hint }))

  test('a key under another name', () => {
    expect(found('consulting', '  link:', '  url:')).toEqual([
      { code: 'unknown-field', path: '/delivery/url', hint: expect.stringContaining('`link` is missing here') },
    ])
  })

  test('a key in another place', () => {
    const moved = found('saas', '  productionUrl: https://produce.tideline.example/koogallery\n', '')
    expect(moved).toEqual([expect.objectContaining({ code: 'missing-field', path: '/delivery/productionUrl' })])
    const place = '  logo: logo.png\n'
    const text = exampleText('saas')
      .replace('  productionUrl: https://produce.tideline.example/koogallery\n', '')
      .replace(place, `${place}  productionUrl: https://produce.tideline.example/koogallery\n`)
    expect(checkShape(parse(text)).map(({ code, path, hint }) => ({ code, path, hint }))).toEqual([
      { code: 'unknown-field', path: '/product/productionUrl', hint: 'It belongs in `delivery`.' },
    ])
  })

  test.each([
    ['saas', 'license'],
    ['license', 'image'],
    ['image', 'saas'],
    ['consulting', 'saas'],
  ] as const)('the method of %s mistaken for %s', (method, mistaken) => {
    expect(found(method, `method: ${method}`, `method: ${mistaken}`)).toEqual([
      { code: 'not-for-method', path: '/delivery/method', hint: expect.stringContaining(`method: ${method}`) },
    ])
  })

  test.each([
    ['nmae: Team', 'Did you mean `name`?'],
    ['n\u0430me: Team', 'It holds the character U+0430. Did you mean `name`?'],
  ])('letters in the wrong order, or that only look right: %s', (written, hint) => {
    expect(found('saas', 'name: Team', written)).toEqual([
      { code: 'unknown-field', path: expect.stringMatching(/^\/specifications\/0\//), hint },
    ])
  })

  test.each([
    ['price: 59\n', 'price: $59\n', 'Write the number alone, without unit and separators, as in 59.'],
    ['price: 59\n', 'price: 1,200 USD\n', 'Write the number alone, without unit and separators, as in 1200.'],
    [
      '  name: Tideline CRM',
      '  name: #Tideline',
      'Write a value after the colon; a text that begins with `#` needs quotes.',
    ],
    ['- Full export of your data', '- Export: your data', 'Put it in quotes, if it is one text with a colon in it.'],
  ])('%j as %j', (from, to, hint) => {
    expect(found('saas', from, to).map((each) => each.hint)).toEqual([hint])
  })
})
