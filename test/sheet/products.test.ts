/** Rows read against the fields: what a sheet says comes out of the manifest again, and mistakes are at their cells. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type DeliveryMethod, deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import type { Field, Fields } from '../../src/model/field.ts'
import { manifestFields } from '../../src/model/manifest.ts'
import { newManifest } from '../../src/scaffold/scaffold.ts'
import { columnNamed, columnsOf } from '../../src/sheet/columns.ts'
import { productsIn } from '../../src/sheet/products.ts'
import { readSheet } from '../../src/sheet/read-sheet.ts'
import { cellsOf } from '../../src/sheet/template.ts'
import { textSheet } from '../../src/sheet/text-writer.ts'

async function products(text: string, method?: DeliveryMethod) {
  return productsIn(await readSheet('products.csv', Buffer.from(text)), method)
}

/** Without what spaces around a cell would be: nobody sees them. */
const words = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => text.replace(/[^\P{C}\n\t]/gu, '').trim())
  .filter((text) => text !== '' && !/^[=+@-]/.test(text))

function valueFor(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'constant':
      return fc.constant(field.value)
    case 'number':
      return fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100)
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...Object.keys(field.options))
    case 'list':
      return fc.array(valueFor(field.item), { minLength: 1, maxLength: 3 })
    case 'map':
      return fc.dictionary(fc.constantFrom('users', 'region', 'tier'), valueFor(field.item), { minKeys: 1 })
    case 'group':
      return groupFor(field.fields, field.needs?.[0])
    default:
      return words
  }
}

/** Fields that may be left out are there or not; of those that stand for each other, the one named. */
function groupFor(fields: Fields, needed?: string): fc.Arbitrary<unknown> {
  const model = Object.entries(fields).filter(([key]) => !key.startsWith('$'))
  const must = model.filter(([key, field]) => key === needed || !field.optional).map(([key]) => key)
  return fc.record(Object.fromEntries(model.map(([key, field]) => [key, valueFor(field)])), { requiredKeys: must })
}

/** Everything a value says, by path, without the line break at the end of a block of text. */
const said = (value: unknown) => new Map([...cellsOf(value)].map(([name, cell]) => [name, cell]))

test.each(deliveryMethodIds)('values of %s → row → manifest', async (method) => {
  const { koo: _, ...fields } = manifestFields(method)
  await fc.assert(
    fc.asyncProperty(groupFor(fields), async (value) => {
      const cells = cellsOf(value)
      const text = textSheet([[...cells.keys()], [...cells.values()]], ',')
      const { header, products } = productsIn(await readSheet('products.csv', text))
      expect(header).toEqual([])
      const [product] = products
      expect(product?.findings).toEqual([])
      const manifest = newManifest(method, product?.answers ?? new Map()).value
      const found = said(manifest)
      for (const [name, cell] of said(value)) expect([name, found.get(name)]).toEqual([name, cell])
    }),
    { numRuns: 25 },
  )
})

test('every column of the template names a field, and every field has one', () => {
  for (const { name, fields } of columnsOf()) {
    const named = columnNamed(name)
    expect(named.is === 'column' && [...fields.keys()].every((method) => named.fields.has(method))).toBe(true)
  }
  for (const method of deliveryMethodIds) {
    const names = columnsOf([method]).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const key of Object.keys(manifestFields(method)).filter((each) => each !== 'koo' && !each.startsWith('$'))) {
      expect(names.some((name) => name.startsWith(`${key}.`))).toBe(true)
    }
  }
})

const head = 'product.key,product.name,delivery.method'

test('positions that are empty close up', async () => {
  const { products: read } = await products(
    `${head},product.highlights.3,product.highlights.1\nharbor,Harbor,consulting,Third,First\nquay,Quay,consulting,Third,\n`,
  )
  const highlights = read.map(({ answers }) => answers.get('/product/highlights'))
  expect(highlights).toEqual([['First', 'Third'], ['Third']])
})

test('a finding about a list with gaps is at its own column', async () => {
  const { products: read } = await products(`${head},product.highlights.2\nharbor,Harbor,consulting,Fast\n`)
  const [product] = read
  const place = (path: string) => product?.place({ code: 'empty-text', path, message: 'x' }).place
  expect(place('/product/highlights/0')).toBe('products.csv:2:4')
  expect(place('/product/highlights')).toBe('products.csv:2:4')
  expect(place('/support/email')).toBe('products.csv:2:1')
})

test.each([
  ['product.nmae', 'Did you mean `product.name`?'],
  ['specification.2.price', 'Did you mean `specifications.2.price`?'],
  ['specifications.3.tiers.2.form', 'Did you mean `specifications.3.tiers.2.from`?'],
  ['Customer service e-mail', 'Did you mean `support.email`?'],
  ['product.highlights', 'such as `product.highlights.1`'],
  ['specifications.1', 'such as `specifications.1.name`'],
  ['specifications.0.price', 'Did you mean'],
  ['koo', 'Remove the column.'],
  ['$schema', 'A column for yourself begins with `#`.'],
  ['weather', 'A column for yourself begins with `#`.'],
])('a column %s', async (name, hint) => {
  const { header, products: read } = await products(`${head},${name}\nharbor,Harbor,consulting,x\n`)
  expect(read).toEqual([])
  expect(header).toMatchObject([
    { place: 'products.csv:1:4', name, code: 'unknown-field', hint: expect.stringContaining(hint) },
  ])
})

test('headers that stand twice, or lack a name, or a column every row needs', async () => {
  const said = async (text: string) => (await products(text)).header.map(({ place, code }) => [place, code])
  expect(await said(`${head},product.name\n`)).toEqual([['products.csv:1:4', 'duplicate-key']])
  expect(await said(`${head},\na,b,consulting,c\n`)).toEqual([['products.csv:1:4', 'unknown-field']])
  expect(await said('product.name\nHarbor\n')).toEqual([
    ['products.csv:1:1', 'missing-field'],
    ['products.csv:1:1', 'missing-field'],
  ])
  expect(await said('')).toEqual([['products.csv:1:1', 'missing-field']])
  expect((await products(`${head},# remark,\na,b,consulting,c,\n`)).header).toEqual([])
})

test.each([
  ['specifications.1.price', '"49,90"', 'If that is meant: 49.90.'],
  ['specifications.1.price', '"1.234,50"', 'If that is meant: 1234.50.'],
  ['specifications.1.price', '"1,234"', 'no separators'],
  ['specifications.1.price', '$49', 'no currency'],
  ['specifications.1.price', '1e3', 'digits only'],
  ['product.public', 'ja', 'Write `true` or `false`.'],
  ['delivery.link', 'https://www.harbor.example/', 'it is for consulting'],
])('a cell %s of %s', async (name, cell, hint) => {
  const { products: read } = await products(`${head},${name}\nharbor,Harbor,saas,${cell}\n`)
  expect(read[0]?.findings).toMatchObject([{ place: 'products.csv:2:4', name, hint: expect.stringContaining(hint) }])
})

test('keys and methods: missing, repeated, unknown; a method for all', async () => {
  const rows = 'harbor,A,saas\nharbor,B,saas\n,C,saas\nquay,D,sass\npier,E,\n'
  const { products: read } = await products(`${head}\n${rows}`)
  expect(read.map(({ findings }) => findings.map(({ place, code }) => `${place} ${code}`))).toEqual([
    [],
    ['products.csv:3:1 key-repeated'],
    ['products.csv:4:1 missing-field'],
    ['products.csv:5:3 method-unknown'],
    ['products.csv:6:3 missing-field'],
  ])
  const assumed = await products('product.key\nharbor\n', 'hardware' as DeliveryMethod)
  expect(assumed.products).toMatchObject([{ method: 'hardware', findings: [] }])
})
