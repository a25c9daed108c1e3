/** The page of a product as text: every example, whatever is missing, and remarks at their places. */
import { expect, test } from '@jest/globals'
import { renderToString } from 'preact-render-to-string'
import { FieldValue } from '../../src/listing/field-value.tsx'
import type { ListedProduct, Remark } from '../../src/listing/listed.ts'
import { ProductPage, type ProductView } from '../../src/listing/product-page.tsx'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import type { Fields } from '../../src/model/field.ts'
import { fullProduct, fullRemarks } from './full-product.ts'
import { example, exampleNames } from './listed-from-disk.ts'

const drawn = (view: ProductView) => renderToString(<ProductPage {...view} />)
const words = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const bare = (manifest: ListedProduct['manifest']): ListedProduct => ({ manifest, files: new Map() })

test.each(exampleNames)('the example of %s is drawn with all a buyer wants to know', async (name) => {
  const product = await example(name)
  const html = drawn({ product })
  const text = words(html).replaceAll('&amp;', '&').replaceAll('&quot;', '"')
  const { manifest } = product
  expect(html).toContain(`alt="Logo of ${manifest.product?.name}"`)
  for (const each of [manifest.product?.name, manifest.product?.version, manifest.support?.email]) {
    expect(text).toContain(each)
  }
  for (const each of manifest.product?.highlights ?? []) expect(text).toContain(each)
  for (const each of manifest.specifications ?? []) {
    expect(text).toContain(each.name)
    expect(text).toContain(`$${each.price?.toLocaleString('en', { minimumFractionDigits: 2 })}`)
  }
  expect(text).not.toContain(' yet')
  expect(text).not.toContain('undefined')
})

test('what a delivery method has is told in words', async () => {
  const texts = await Promise.all(exampleNames.map(async (name) => words(drawn({ product: await example(name) }))))
  const all = texts.join('\n')
  expect(all).toContain('Singapore (ap-southeast-3) 6f1c0e9a-3b47-4d25-9c8e-5a70d1b2e4f6')
  expect(all).toContain('Customer environment (public cloud and private cloud)')
  expect(all).toContain('A file the seller issues')
  expect(all).toContain('15 calendar days')
  expect(all).toContain('data migration')
  // Between the seller and KooGallery.
  expect(all).not.toContain('produce.tideline.example')
})

test('a product that is not traded leads to its seller instead of a calculator', async () => {
  const untraded = exampleNames.filter((name) => rowOf(name).billing.length === 0)
  expect(untraded.length).toBeGreaterThan(0)
  for (const name of untraded) {
    const html = drawn({ product: await example(name) })
    expect(html).toMatch(/<a class="button primary" href="https:[^>]*rel="noopener noreferrer nofollow"/)
    expect(html).not.toContain('data-calculator')
  }
})

test('nothing at all is a page that says what is missing', () => {
  const text = words(drawn({ product: bare({}) }))
  for (const each of ['name', 'version', 'logo', 'overview', 'highlights', 'description', 'delivery method', 'price']) {
    expect(text).toContain(`No ${each} yet`)
  }
})

test('no part is needed by another', () => {
  const { manifest, files } = fullProduct
  const parts = Object.keys(manifest) as (keyof typeof manifest)[]
  for (const part of parts)
    drawn({ product: { manifest: { ...manifest, [part]: undefined }, files }, remarks: fullRemarks })
  for (const method of deliveryMethodIds) {
    const text = drawn({ product: bare({ delivery: { method }, specifications: [{}], attributes: [{}] }) })
    expect(text).toContain('Specification 1')
    expect(text).not.toContain('undefined')
  }
  const holes = { product: { highlights: [''], cases: [{}], pictures: [''] }, support: {}, documents: {} }
  const skus = [{}, { choose: {} }, { tiers: [{}] }]
  const odd = { quantity: {}, choices: [{}], skus, periods: [{}], tiers: [{}], upgrades: [{}], trial: {} }
  expect(
    drawn({ product: bare({ ...holes, specifications: [{ ...odd, billing: 'yearly-monthly' }, odd] }) }),
  ).toContain('No price yet')
})

test('prices that are none break nothing', () => {
  const specifications = [Number.NaN, -5, Number.POSITIVE_INFINITY].map((price) => ({
    billing: 'buyout' as const,
    price,
  }))
  const text = words(drawn({ product: bare({ specifications }) }))
  expect(text.match(/No price yet/g)?.length).toBeGreaterThanOrEqual(4)
  expect(text).not.toMatch(/NaN|Infinity/)
})

test('a product that is not public says so', () => {
  expect(words(drawn({ product: fullProduct }))).toContain('Hidden: found by its address only')
  expect(words(drawn({ product: bare({ product: { public: true } }) }))).not.toContain('Hidden')
})

test('pictures have words, and what is missing says why', () => {
  const html = drawn({ product: fullProduct })
  expect(html).toContain('alt="Picture 1 of Harbor Freight Desk"')
  expect(html).toContain('alt="Description picture 1 of Harbor Freight Desk"')
  expect(words(html)).toContain('pictures/missing.png there is no such file')
  expect(words(html)).toContain('Picture from cdn.harbor.example, not loaded https://cdn.harbor.example/huge.png')
  expect(html).not.toContain('src="https:')
  expect(drawn({ product: fullProduct, remote: true })).toContain('src="https://cdn.harbor.example/huge.png"')
})

test('contacts and documents can be reached', () => {
  const html = drawn({ product: fullProduct })
  expect(html).toContain('href="mailto:support@harbor.example"')
  expect(html).toContain('href="tel:+6561234567"')
  expect(html).toContain('href="files/guide.pdf"')
  expect(words(html)).toContain('eula.pdf 48.2 KB')
  const odd = drawn({ product: bare({ support: { email: 'x@y.example?bcc=z', phone: 'javascript:1' } }) })
  expect(odd).not.toContain('javascript:1"')
  expect(odd).not.toContain('href="mailto:x@y.example?bcc')
})

test('a page of a lower level, with a prefix, has no id and no heading of another', () => {
  const html = [drawn({ product: fullProduct, remarks: fullRemarks, idPrefix: 'live-', level: 2 })].join('')
  expect(html).not.toContain('<h1')
  expect(html).toContain('<h2>Harbor Freight Desk</h2>')
  for (const [, id = ''] of html.matchAll(/ (?:id|for|name|aria-describedby|aria-labelledby)="([^"]+)"/g)) {
    expect(id).toMatch(/^live-/)
  }
  expect(drawn({ product: fullProduct, calculator: false })).not.toContain('data-calculator')
})

/** The text of the innermost place around a remark, without what is below it. */
function around(html: string, message: string): string {
  const at = html.lastIndexOf(message)
  const before = html.slice(0, at)
  const start = before.lastIndexOf('<div class="place')
  return words(html.slice(start, at))
}

test('what is said of narrow places stands once, outside of them, and they are marked', () => {
  const paths = ['/product/logo', '/product/version', '/specifications/0/price', '/specifications/0/periods/0']
  const rows = ['/specifications/2/tiers/1', '/specifications/3/choices/1', '/specifications/3/skus/0/price']
  const remarks = [...paths, ...rows].map((path) => ({ path, is: 'changed' as const, message: `Said of ${path}.` }))
  const html = drawn({ product: fullProduct, remarks })
  for (const { message, path } of remarks) {
    const note = html.indexOf(`</strong> ${message}`)
    expect({ path, note }).not.toEqual({ path, note: -1 })
    expect(html.indexOf(`</strong> ${message}`, note + 1)).toBe(-1)
  }
  const priced = html.match(/<dl class="prices">.*?<\/dl>|<table>.*?<\/table>/gs) ?? []
  expect(priced.length).toBeGreaterThan(4)
  for (const each of priced) expect(each).not.toContain('role="note"')
  expect(priced.join('').match(/place-narrow place-marked changed/g)?.length).toBeGreaterThanOrEqual(5)
  expect(html).toMatch(
    /<div class="product-logo"><div class="place place-narrow place-marked changed"><img [^>]*><\/div>/,
  )
})

test('where a period and SKUs or tiers have prices, it is said what the period’s is for', () => {
  const [desk, , team, enterprise] = fullProduct.manifest.specifications ?? []
  const { periods } = desk ?? {}
  const note = (specification: typeof desk) => {
    const product = { manifest: { specifications: [specification ?? {}] }, files: new Map() }
    return /A price for a period [^<]*/.exec(drawn({ product }))?.[0]
  }
  expect(note(desk)).toBeUndefined()
  expect(note(team)).toBeUndefined()
  expect(note({ ...team, periods })).toContain('whatever the tier')
  expect(note({ ...enterprise, periods })).toContain('whatever the SKU')
})

test('remarks stand at the place they speak of', () => {
  const html = drawn({ product: fullProduct, remarks: fullRemarks })
  expect(around(html, 'Was “Harbor Desk”')).toMatch(/^ Harbor Freight Desk Changed $/)
  expect(around(html, 'Was $49.00')).toMatch(/^ \$59\.00 1 year .* Changed $/)
  expect(around(html, 'This SKU has no price')).toMatch(/^ G-DUB Gold Dublin .* Error $/)
  expect(around(html, 'The time zone is')).toMatch(/^ Monday to Friday, .* time Warning $/)
  expect(around(html, 'The specification “Desk for life” is new')).toMatch(/^ Desk for life Buyout .* Added $/)
  // Of what is not there any more, the list it was in.
  expect(around(html, 'The specification “Solo”')).toMatch(/By the hour Pay-per-use An hour \$0\.07 Removed $/)
})

test('a change has an edge where it is, and none around what only holds it', () => {
  const remark = (path: string): Remark => ({ path, is: 'changed', message: 'Other.' })
  expect(drawn({ product: fullProduct, remarks: [remark('/product/overview')] })).toContain(
    'place place-marked changed',
  )
  const inside = drawn({ product: fullProduct, remarks: [remark('/delivery/productionUrl')] })
  expect(inside).not.toContain('place-marked')
  expect(around(inside, 'Other.')).toContain('Delivery method')
})

test('a summary counts them, leads to each, and has what is not on the page', () => {
  const html = drawn({ product: fullProduct, remarks: fullRemarks })
  expect(words(html)).toContain('3 errors, 2 warnings, 1 part added, 2 parts changed, 1 part removed')
  const links = [...html.matchAll(/href="#(remark-\d+)"/g)].map(([, id]) => id)
  expect(links).toHaveLength(7)
  for (const id of links) expect(html.split(`id="${id}"`)).toHaveLength(2)
  expect(words(html)).toMatch(/Not on the page .*The text ends too soon\. koo\.yaml:120:1 .*A later format exists\./)
})

test('every remark is told exactly once, wherever it points', () => {
  const paths = [
    '/product',
    '/specifications/3/skus/0/choose/edition',
    '/attributes/1/type',
    '/x~1y/~0z',
    '/product/cases/0/text',
    '/support/email',
    '/documents/eula',
    '/delivery/extensionParameters/0',
    '/specifications/0/upgrades',
    'nonsense',
  ]
  const remarks = paths.map((path, index): Remark => ({ path, is: 'warning', message: `Remark number ${index}.` }))
  const html = drawn({ product: fullProduct, remarks })
  for (const { message } of remarks) expect(html.split(`</strong> ${message}`)).toHaveLength(2)
})

test('what a remark says is text, and its source a link only where it may be one', () => {
  const html = drawn({
    product: bare({}),
    remarks: [{ path: '', is: 'error', message: '<script>x</script>', source: 'javascript:alert(1)' }],
  })
  expect(html).not.toContain('<script')
  expect(html).not.toContain('javascript:')
})

test('fields nobody has thought of are drawn by their kind', () => {
  const fields = {
    plan: { kind: 'choice', title: 'Plan', about: '', options: { a: 'Plan A' } },
    parts: {
      kind: 'list',
      title: 'Parts',
      about: '',
      least: 0,
      item: {
        kind: 'group',
        title: 'Part',
        about: '',
        fields: {
          page: { kind: 'text', title: 'Page', about: '', address: 'page' },
          weight: { kind: 'number', title: 'Weight', about: '', minimum: 0 },
          boxed: { kind: 'flag', title: 'Boxed', about: '' },
          sheet: { kind: 'file', role: 'document', title: 'Sheet', about: '' },
          colours: { kind: 'map', title: 'Colours', about: '', item: { kind: 'text', title: 'Colour', about: '' } },
        },
      },
    },
  } as const satisfies Fields
  const value = {
    plan: 'a',
    parts: [
      { page: 'https://harbor.example/', weight: 1250.5, boxed: true, sheet: 'docs/eula.pdf', colours: { lid: 'red' } },
      { page: 'javascript:x', weight: 'heavy', boxed: 'yes' },
    ],
  }
  const scene = { product: fullProduct, prefix: '', level: 1, remote: false }
  const html = renderToString(
    <FieldValue
      scene={scene}
      field={{ kind: 'group', title: 'Crate', about: '', fields }}
      value={value}
      path="/delivery/crate"
    />,
  )
  expect(words(html)).toContain('Plan Plan A')
  expect(words(html)).toMatch(/Weight 1,250\.5 Boxed Yes Sheet eula\.pdf 48\.2 KB Colours lid red/)
  expect(html).toContain('<a href="https://harbor.example/"')
  expect(html).not.toContain('href="javascript')
})
