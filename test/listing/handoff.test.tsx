/** What a person is told to enter: everything the manifest says, where it belongs, and nothing KooGallery does not say. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { namedFiles, packageName } from '../../src/listing/handoff/file-names.ts'
import { formOf } from '../../src/listing/handoff/form.ts'
import { handoffPage } from '../../src/listing/handoff/page.tsx'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import type { Handoff, HandoffEntry, HandoffField, HandoffTable } from '../../src/model/handoff.ts'
import type { Manifest } from '../../src/model/manifest.ts'
import { pages } from '../../src/model/pages.ts'
import { root } from '../e2e/koo.ts'
import { fullManifest, leavesOf } from './full-manifest.ts'
import { handedOver } from './handed-over.ts'

const exampleOf = (method: string) =>
  parse(readFileSync(join(root, 'examples', method, 'koo.yaml'), 'utf8')) as Manifest

function fieldsIn(entries: readonly HandoffEntry[]): readonly HandoffField[] {
  return entries.flatMap((each) => (each.is === 'part' ? fieldsIn(each.entries) : each.is === 'field' ? [each] : []))
}

const fieldsOf = (handoff: Handoff) => handoff.steps.flatMap(({ entries }) => fieldsIn(entries))
const stepOf = (handoff: Handoff, id: string) => handoff.steps.find((step) => step.id === id)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

describe.each(deliveryMethodIds)('%s', (method) => {
  test.each([
    ['the example', exampleOf(method)],
    ['a manifest with every field', fullManifest(method)],
  ])('%s: each value is on the page, or told to be not needed', (_, manifest) => {
    const handoff = handedOver(manifest)
    const html = handoffPage(handoff)
    const notNeeded = new Map(handoff.notEntered.map(({ path, why }) => [path, why]))
    const missing = leavesOf(manifest).filter(({ path, value }) => {
      const shown = value === 'true' ? '>Yes<' : escaped(value)
      return !html.includes(shown) && notNeeded.get(path) === undefined
    })
    expect(missing).toEqual([])
  })

  test('every value of a field is in a field, a table or the list of what is not needed, once', () => {
    const manifest = fullManifest(method)
    const handoff = handedOver(manifest)
    const places = (entries: readonly HandoffEntry[]): readonly string[] =>
      entries.flatMap((each) => {
        if (each.is === 'part') return places(each.entries)
        if (each.is === 'field') return each.path === '' ? [] : [each.path]
        return each.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.path ?? []))
      })
    const entered = handoff.steps.flatMap(({ entries }) => places(entries))
    const all = [...entered, ...handoff.notEntered.map(({ path }) => path)].sort()
    expect(all).toEqual(
      leavesOf(manifest)
        .map(({ path }) => path)
        .sort(),
    )
  })

  test('each file of the folder is uploaded at a field', () => {
    const handoff = handedOver(fullManifest(method))
    const uploaded = fieldsOf(handoff).filter(({ how }) => how === 'file')
    expect(uploaded.map(({ path }) => path).sort()).toEqual(handoff.files.map((each) => each.field).sort())
    const not = handoff.notEntered.map(({ path }) => path)
    expect(handoff.files.filter((each) => not.includes(each.field))).toEqual([])
  })

  test('every statement about KooGallery has a source or is a conclusion', () => {
    const { console } = rowOf(method)
    const facts = [...Object.values(console?.facts ?? {}).flat(), ...(console?.first ?? []), ...(console?.final ?? [])]
    expect(facts.filter(({ source, inferred }) => source === undefined && inferred === undefined)).toEqual([])
  })

  test('ids of tick boxes are unique, and all steps are there', () => {
    const html = handoffPage(handedOver(fullManifest(method)))
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const ticks = [...html.matchAll(/data-tick="([^"]+)"/g)].map(([, id]) => id)
    expect(ticks.length).toBeGreaterThan(15)
    expect(new Set(ticks).size).toBe(ticks.length)
    for (const id of ['first', 'sales', 'details', 'qualification', 'prices', 'service', 'release', 'after']) {
      expect(html).toContain(`id="step-${id}"`)
    }
  })

  test('its sources are pages koo has read', () => {
    const known = new Set<string>(Object.values(pages).map(({ address }) => address))
    const links = [...handoffPage(handedOver(exampleOf(method))).matchAll(/<a [^>]*href="(https:[^"]+)"/g)]
    expect(links.length).toBeGreaterThan(10)
    for (const [, address = ''] of links) expect(known).toContain(address)
  })

  test('what is not documented is said so, never guessed', () => {
    const handoff = handedOver(exampleOf(method))
    expect(handoff.steps.flatMap(({ unknown }) => unknown).length).toBeGreaterThan(3)
    for (const each of fieldsOf(handoff)) {
      if (each.named === undefined) continue
      expect([each.label, each.named.address]).toEqual([each.label, expect.stringMatching(/^https:/)])
    }
  })
})

const saas = exampleOf('saas')

test('labels are the console’s where a page names them, else koo’s own', () => {
  const fields = new Map(fieldsOf(handedOver(saas)).map((each) => [each.path, each]))
  expect(fields.get('/product/name')).toMatchObject({ label: 'Product name', named: { title: expect.any(String) } })
  expect(fields.get('/delivery/productionUrl')?.label).toBe('Production System API URL')
  expect(fields.get('/product/highlights/1')?.label).toBe('Highlights 2')
  expect(fields.get('/specifications/0/name')).not.toHaveProperty('named')
})

test('lengths, units and what the manifest leaves out are told', () => {
  const { yearlyPrice: _, ...team } = saas.specifications?.[0] ?? ({} as never)
  const fields = new Map(
    fieldsOf(handedOver({ ...saas, specifications: [team], product: { ...saas.product, name: '宝🚢' } })).map(
      (each) => [each.path, each],
    ),
  )
  expect(fields.get('/product/name')?.size).toBe('2 characters; KooGallery documents no limit')
  expect(fields.get('/specifications/0/price')?.size).toBe('US dollars a month')
  expect(fields.get('/specifications/0/yearlyPrice')).toMatchObject({ value: '708', size: 'US dollars a year' })
  expect(fields.get('/product/public')).toMatchObject({ value: 'Yes', how: 'choose' })
  expect(fields.get('/delivery/serviceSupervision')).toMatchObject({
    value: 'No',
    how: 'choose',
    fixed: { source: { title: expect.any(String) } },
  })
})

test('the template follows from what the price depends on', () => {
  const [first, ...rest] = saas.specifications ?? []
  const quantity = { attribute: 'users', from: 1, to: 9 }
  const manifest = { ...saas, specifications: [{ ...first, quantity }, ...rest] } as Manifest
  const notes = stepOf(handedOver(manifest), 'prices')?.entries.map((each) => each.notes[0]?.text)
  expect(notes).toEqual([
    expect.stringContaining('Custom template'),
    expect.stringContaining('Simple template'),
    expect.stringContaining('Simple template'),
  ])
})

test('a package over 1 GB goes through a bucket first', () => {
  const license = exampleOf('license')
  const big = (bytes: number) =>
    handedOver(license, { files: new Map([['/delivery/package', { name: 'a.zip', bytes, sha256: '' }]]) })
  expect(JSON.stringify(stepOf(big(2 ** 30), 'first')?.tasks)).not.toContain('OBS')
  expect(JSON.stringify(stepOf(big(2 ** 30 + 1), 'first')?.tasks)).toContain('OBS bucket in CN North-Beijing4')
})

test('a finding stands at its field, else at what lies nearest above it, else at the top', () => {
  const at = (path: string): Diagnostic => ({
    ...{ file: 'koo.yaml', line: 3, column: 1, endLine: 3, endColumn: 2, severity: 'warning', code: 'name-price' },
    ...{ path, message: `about ${path}` },
  })
  const paths = ['/product/name', '/specifications/1/tiers', '/product/key', '']
  const handoff = handedOver(saas, { diagnostics: paths.map(at) })
  expect(fieldsOf(handoff).find(({ path }) => path === '/product/name')?.warnings).toMatchObject([
    { message: 'about /product/name', where: 'koo.yaml:3:1' },
  ])
  expect(stepOf(handoff, 'prices')?.entries[1]?.warnings).toMatchObject([{ path: '/specifications/1/tiers' }])
  expect(handoff.warnings.map(({ path }) => path)).toEqual(['/product/key', ''])
  expect(handoffPage(handoff)).toContain('about /product/key')
})

test('what cannot be changed is told of fields and of the method, by the page that says so', () => {
  const saasFinal = handedOver(saas).final
  expect(saasFinal[0]).toMatchObject({
    text: 'Involve Service Supervision.',
    source: { title: 'Releasing SaaS products' },
  })
  // koo's own contract fixes it, KooGallery's pages do not.
  const method = fieldsOf(handedOver(saas)).find(({ path }) => path === '/delivery/method')
  expect(method).not.toHaveProperty('fixed')
  expect(method?.notes).toMatchObject([{ text: expect.stringContaining('may be changed'), source: { site: 'europe' } }])
  const [first] = exampleOf('image').specifications ?? []
  const free = handedOver({ ...exampleOf('image'), specifications: [{ ...first, price: 0 }] } as Manifest)
  expect(free.final).toContainEqual({
    text: `Specification 1: ${first?.name}: the price, once the image is set as a free image.`,
    source: expect.objectContaining({ title: 'Releasing Image products' }),
  })
  expect(free.final.every(({ source }) => source !== undefined)).toBe(true)
})

test.each([
  ['license', 'choose the released application asset'],
  ['image', 'Choose the released image asset'],
])('%s: the released asset is chosen, also where koo.yaml does not name it', (method, says) => {
  const { asset: _, ...delivery } = exampleOf(method).delivery as Manifest['delivery'] & { readonly asset?: unknown }
  const handoff = handedOver({ ...exampleOf(method), delivery } as Manifest)
  expect(stepOf(handoff, 'prices')?.tasks).toMatchObject([{ text: expect.stringContaining(says) }])
})

test('limits that are known follow a size, with their site; elsewhere none is documented', () => {
  const sizes = new Map(fieldsOf(handedOver(fullManifest('license'))).map(({ path, size }) => [path, size]))
  expect(sizes.get('/product/logo')).toBe('1.2 KB; at most 5 MB')
  expect(sizes.get('/documents/userGuide')).toBe('1.2 KB; at most 20 MB (China site, inferred)')
  expect(sizes.get('/documents/copyrightCertificate')).toBe('1.2 KB; at most 20 MB (China site)')
  expect(sizes.get('/product/pictures/1')).toBe('1.2 KB; at most 5 MB, 800 × 600 px (China site)')
  expect(sizes.get('/documents/eula')).toBe('1.2 KB; KooGallery documents no limit')
})

describe('prices', () => {
  const attributes = [{ code: 'size', name: 'Size of storage', type: 'enumeration' }]
  const specification = {
    ...{ name: 'Team', billing: 'yearly-monthly' },
    periods: [{ unit: 'month', number: 6, price: 300 }],
    choices: [{ attribute: 'size', values: ['small', 'large'] }],
    skus: [
      { name: 'Little', choose: { size: 'small' }, price: 10.1 },
      { choose: { size: 'large' }, price: 20, yearlyPrice: 199 },
    ],
  }
  const tablesOf = (more: object) => {
    const made = { ...specification, ...more }
    const handoff = handedOver({ ...saas, attributes, specifications: [made] } as unknown as Manifest)
    const inside = (entries: readonly HandoffEntry[]): readonly HandoffTable[] =>
      entries.flatMap((each) => (each.is === 'part' ? inside(each.entries) : each.is === 'table' ? [each] : []))
    return new Map(inside(stepOf(handoff, 'prices')?.entries ?? []).map((each) => [each.path, each]))
  }
  const unitsOf = (table: HandoffTable | undefined) => table?.columns.flatMap(({ unit }) => unit ?? [])

  test('in tables have units, and a year that is left out', () => {
    const tables = tablesOf({})
    expect(unitsOf(tables.get('/specifications/0/periods'))).toEqual(['US dollars for the whole period'])
    const skus = tables.get('/specifications/0/skus')
    expect(unitsOf(skus)).toEqual(['US dollars a month', 'US dollars a year'])
    expect(skus?.columns.map(({ label }) => label)).toContain('Size of storage (size)')
    expect(skus?.rows.map(({ cells }) => cells.at(-1))).toEqual([
      { path: '/specifications/0/skus/0/yearlyPrice', value: '121.2', leftOut: 'value' },
      { path: '/specifications/0/skus/1/yearlyPrice', value: '199' },
    ])
    // One tick for a SKU.
    expect(skus?.rows.map(({ id }) => id)).toEqual(['/specifications/0/skus/0', '/specifications/0/skus/1'])
  })

  test('of tiers are those of one unit, and the last goes on', () => {
    const tiers = [
      { from: 1, to: 9, price: 5 },
      { from: 10, price: 4 },
    ]
    const skus = [{ name: 'Little', choose: { size: 'small' }, tiers }]
    const [table] = [...tablesOf({ skus }).values()].filter(({ path }) => path.endsWith('/tiers'))
    expect(unitsOf(table)).toEqual(['US dollars a month, of one unit'])
    expect(table?.rows[1]?.cells).toMatchObject([
      { value: '10' },
      { value: 'and more', leftOut: 'words' },
      { value: '4' },
    ])
  })

  test('of a year are not made up where a period is a year', () => {
    const periods = [{ unit: 'month', number: 12, price: 300 }]
    const skus = tablesOf({ periods }).get('/specifications/0/skus')
    expect(skus?.rows[0]?.cells.at(-1)).toBeUndefined()
  })
})

test('what koo.yaml leaves out is shown as what it is, and not counted', () => {
  const [first] = saas.specifications ?? []
  const quantity = { attribute: 'users', from: 1, to: 9 }
  const handoff = handedOver({ ...saas, specifications: [{ ...first, quantity }] } as Manifest)
  const fields = new Map(fieldsOf(handoff).map((each) => [each.path, each]))
  const step = fields.get('/specifications/0/quantity/step')
  expect([step?.value, step?.how, step?.size]).toEqual(['1', 'text', undefined])
  const { how, size } = fields.get('/product/public') ?? {}
  expect([how, size]).toEqual(['choose', undefined])
})

test('line ends are those of a form, and it is said where they were others', () => {
  const made = handedOver({ ...saas, product: { ...saas.product, description: 'one\r\ntwo\rthree' } })
  const field = fieldsOf(made).find(({ path }) => path === '/product/description')
  expect(field).toMatchObject({ value: 'one\ntwo\nthree', how: 'lines' })
  expect(field?.notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('line feed'))
  expect(handoffPage(made)).not.toContain('\r')
})

test('several sites are named at the top', () => {
  const page = handoffPage(handedOver({ ...saas, sites: ['international', 'europe'] }))
  expect(page).toContain('It is entered 2 times')
  expect(page).toContain('<li>The European site</li>')
  expect(handoffPage(handedOver(saas))).not.toContain('It is entered')
})

test('a delivery method the console table does not know is entered all the same', () => {
  const form = formOf({})
  expect(form.place(['delivery', 'something'])).toEqual({ step: 'service' })
  expect(form.place(['somewhere'])).toEqual({ step: 'service' })
  expect(form.place(['product', 'key'])).toMatchObject({ why: expect.any(String) })
})

test.each([
  ['dist/app-1.2.0.zip', 'app-1-2-0.zip'],
  ['Büro Paket(2).TAR.GZ', 'Buro-Paket(2).tar.gz'],
  ['...tar', 'package.tar'],
])('the archive %s goes to the asset center as %s', (file, name) => {
  expect(packageName(file)).toBe(name)
  expect(name).toMatch(/^[A-Za-z0-9_()-]+\.(zip|tar|tar\.gz)$/)
})

test('files are named by what they are', () => {
  const manifest = {
    ...saas,
    product: { ...saas.product, pictures: ['img/Main View.PNG', 'img/../x/日本.jpg'] },
    documents: { ...saas.documents, copyrightCertificate: 'scan 1.PDF' },
  } as Manifest
  expect(namedFiles(manifest, formOf(rowOf('saas'))).map(({ name }) => name)).toEqual([
    'logo.png',
    'picture-01-main-view.png',
    'picture-02-日本.jpg',
    'end-user-license-agreement.pdf',
    'user-guide.pdf',
    'software-copyright-certificate.pdf',
  ])
})
