/** `koo init --template` and `--from`: from an empty sheet to manifests that `koo validate` has no errors in. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { placeholderLogo } from '../../src/scaffold/placeholder-logo.ts'
import { runKoo } from './in-process.ts'

let home: string
let folder: string
let shops = 0

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'koo-sheet-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))
beforeEach(async () => {
  shops += 1
  folder = join(home, `shop-${shops}`)
  await mkdir(folder)
})

const koo = (...argv: readonly string[]) => runKoo({ folder, environment: { HOME: home } }, ...argv)
const put = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content)
const text = (name: string) => readFile(join(folder, name), 'utf8')

async function made(...argv: readonly string[]) {
  const run = await koo('init', ...argv, '--json')
  return { code: run.code, ...JSON.parse(run.stdout || run.stderr) }
}

const head = 'product.key,product.name,delivery.method,delivery.link,product.logo'
const advice = (key: string, logo = '') => `${key},${key} advice,consulting,https://www.harbor.example/${key},${logo}\n`

test.each(['csv', 'tsv', 'xlsx'])('a template in .%s makes a sound manifest of each method', async (kind) => {
  expect(await koo('init', '--template', `products.${kind}`)).toMatchObject({ code: 0 })
  const { code, products, findings } = await made('catalogue', '--from', `products.${kind}`)
  expect({ code, findings }).toEqual({ code: 0, findings: [] })
  expect(products).toHaveLength(deliveryMethodIds.length)
  const { summary } = JSON.parse((await koo('validate', 'catalogue', '--json')).stdout)
  expect(summary).toMatchObject({ files: deliveryMethodIds.length, errors: 0 })
  const again = await made('catalogue', '--from', `products.${kind}`)
  expect(again.code).toBe(0)
  expect(new Set(again.products.map(({ outcome }: { outcome: string }) => outcome))).toEqual(new Set(['already-there']))
})

test.each(deliveryMethodIds)('a template of %s alone', async (method) => {
  expect(await koo('init', '--template', 'one.csv', '--method', method)).toMatchObject({ code: 0 })
  const sheet = await text('one.csv')
  expect(sheet.trimEnd().split('\r\n')).toHaveLength(2)
  expect(sheet).not.toMatch(/(^|,|")[=+@-]/m)
  expect(await made('.', '--from', 'one.csv')).toMatchObject({
    code: 0,
    products: [{ method, folder: `example-${method}` }],
  })
})

test('a manifest has the comments of `koo init`, and the schema stands once beside them', async () => {
  await put('products.csv', `${head}\n${advice('harbor')}${advice('quay')}`)
  expect(await made('catalogue', '--from', 'products.csv')).toMatchObject({ code: 0 })
  const manifest = await text('catalogue/harbor/koo.yaml')
  expect(manifest).toMatch(/^# yaml-language-server: \$schema=\.\.\/koo\.schema\.json\n/)
  expect(manifest).toContain('# Your own stable id for the product')
  expect(JSON.parse(await text('catalogue/koo.schema.json'))).toHaveProperty('definitions')
  expect((await readdir(join(folder, 'catalogue'))).sort()).toEqual(['harbor', 'koo.schema.json', 'quay'])
})

test('files a row names are copied; placeholders are for the others', async () => {
  await mkdir(join(folder, 'logos'))
  await put('logos/harbor.png', placeholderLogo())
  await put('products.csv', `${head}\n${advice('harbor', 'logos/harbor.png')}`)
  const { products } = await made('catalogue', '--from', 'products.csv')
  expect(products).toMatchObject([{ outcome: 'written', copied: ['logos/harbor.png'] }])
  expect(await text('catalogue/harbor/koo.yaml')).toContain('logo: logos/harbor.png')
  expect((await readFile(join(folder, 'catalogue/harbor/logos/harbor.png'))).equals(placeholderLogo())).toBe(true)
  expect(products[0].files).not.toContain('logo.png')
  expect((await koo('init', 'other', '--from', 'products.csv')).stdout).toContain('copied logos/harbor.png')
})

test('files that are missing, wrong or elsewhere are told at their cells, and nothing is written', async () => {
  await put('notes.png', 'no picture')
  await symlink(home, join(folder, 'up'))
  await put(
    'products.csv',
    `${head}\n${advice('aa', '../x.png')}${advice('bb', 'none.png')}${advice('cc', 'notes.png')}${advice('dd', 'up')}${advice('ee', '/etc/hostname')}`,
  )
  const { code, findings, products } = await made('catalogue', '--from', 'products.csv')
  expect(code).toBe(1)
  expect(findings.map(({ place, code }: { place: string; code: string }) => `${place} ${code}`)).toEqual([
    'products.csv:2:5 file-outside',
    'products.csv:3:5 file-missing',
    'products.csv:4:5 logo-format',
    'products.csv:5:5 file-outside',
    'products.csv:6:5 file-outside',
  ])
  expect(products.every(({ outcome }: { outcome: string }) => outcome === 'refused')).toBe(true)
  expect(await readdir(folder)).not.toContain('catalogue')
})

test('globs that lead out of a folder write nothing there', async () => {
  await put('p.csv', 'product.key,delivery.method,delivery.package.files.1\nharbor,license,../../out/**\n')
  const { code, findings } = await made('catalogue', '--from', 'p.csv')
  expect({ code, findings }).toMatchObject({ code: 1, findings: [{ place: 'p.csv:2:3', code: 'file-outside' }] })
  expect(await readdir(folder)).toEqual(['p.csv'])
})

test('one bad row holds all back; with --keep-going the good ones are made', async () => {
  await put(
    'products.csv',
    `${head},support.email\n${advice('harbor').trim()},nobody\n${advice('quay').trim()},quay@harbor.example\n`,
  )
  const held = await made('catalogue', '--from', 'products.csv')
  expect(held).toMatchObject({
    code: 1,
    products: [{ outcome: 'refused' }, { outcome: 'held-back', key: 'quay' }],
    findings: [{ place: 'products.csv:2:6', name: 'support.email', code: 'email-form' }],
  })
  expect(await readdir(folder)).toEqual(['products.csv'])
  const partly = await made('catalogue', '--from', 'products.csv', '--keep-going')
  expect(partly).toMatchObject({ code: 6, products: [{ outcome: 'refused' }, { outcome: 'written' }] })
  const shown = await koo('init', 'catalogue', '--from', 'products.csv', '--keep-going')
  expect(shown.code).toBe(1)
  expect(shown.stdout).toContain('1 product already there, left alone: quay')
  expect(shown.stdout).toContain('products.csv:2:6 support.email error')
})

test('all mistakes of a row are told at once', async () => {
  await put(
    'p.csv',
    `product.key,delivery.method,specifications.1.price,specifications.1.billing,support.email\nharbor,saas,"4,90",monthly,nobody\n`,
  )
  const { findings } = await made('c', '--from', 'p.csv')
  expect(findings.map(({ column }: { column: number }) => column)).toEqual([3, 4, 5])
})

test('what stands in a folder is never overwritten', async () => {
  await mkdir(join(folder, 'harbor'))
  await mkdir(join(folder, 'quay'))
  await put('harbor/koo.yaml', 'mine\n')
  await put('quay/logo.png', 'mine\n')
  await put('products.csv', `${head}\n${advice('harbor')}${advice('quay')}`)
  const { products } = await made('--from', 'products.csv')
  expect(products).toMatchObject([{ outcome: 'already-there' }, { outcome: 'written', kept: ['logo.png'] }])
  expect(await text('harbor/koo.yaml')).toBe('mine\n')
  expect(await text('quay/logo.png')).toBe('mine\n')
})

test('5,000 rows', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => advice(`harbor-${index}`, index % 50 === 0 ? 'none.png' : ''))
  await put('products.csv', `${head}\n${rows.join('')}`)
  const { code, products, findings } = await made('catalogue', '--from', 'products.csv')
  expect({ code, products: products.length, findings: findings.length }).toEqual({
    code: 1,
    products: 5000,
    findings: 100,
  })
})

test('tiers instead of a price: the price koo would fill in does not get in their way', async () => {
  await put(
    'p.csv',
    'product.key,delivery.method,attributes.1.code,attributes.1.name,attributes.1.type,specifications.1.quantity.attribute,specifications.1.quantity.from,specifications.1.quantity.to,specifications.1.tiers.1.from,specifications.1.tiers.1.price\nharbor,saas,seats,Seats,quantity,seats,1,10,1,4.5\n',
  )
  expect(await made('c', '--from', 'p.csv')).toMatchObject({ code: 0 })
  expect(await text('c/harbor/koo.yaml')).not.toMatch(/^ +price: 123456$/m)
})

test.each([
  [['--from', 'p.csv', '--template', 'q.csv'], 'contradiction'],
  [['--from', 'p.csv', '--key', 'harbor'], 'contradiction'],
  [['--from', 'p.csv', '--force'], 'contradiction'],
  [['--keep-going', 'shop'], 'contradiction'],
  [['shop', '--template', 'q.csv'], 'contradiction'],
  [['--template', 'q.csv', '--keep-going'], 'contradiction'],
  [['--template', 'q.pdf'], 'bad-flag'],
  [['--template', 'q.csv', '--method', 'sass'], 'bad-flag'],
  [['--template', 'there.csv'], 'exists'],
  [['--from', 'none.csv'], 'cannot-read'],
])('koo init %j', async (argv, code) => {
  await put('there.csv', 'mine')
  expect(await made(...argv)).toMatchObject({ code: 2, error: { code } })
  expect(await text('there.csv')).toBe('mine')
})
