/** `koo publish` of many: bad manifests, lists, shards, events and reports, against the sandbox inside koo. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runKoo } from './in-process.ts'

const example = join(import.meta.dirname, '../../examples/consulting')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-many-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function add(key: string, change = (manifest: string) => manifest, place = key): Promise<void> {
  await cp(example, join(folder, place), { recursive: true })
  const text = await readFile(join(folder, place, 'koo.yaml'), 'utf8')
  const own = text.replace(/key: \S+/, `key: ${key}`).replace(/name: .*/, `name: ${key.replaceAll('-', ' ')}`)
  await writeFile(join(folder, place, 'koo.yaml'), change(own))
}

const bad = (manifest: string) => manifest.replace(/version: V[\d.]+/, 'version: v0.1')

function koo(...argv: readonly string[]) {
  return runKoo({ folder, environment: { KOO_DATA: join(folder, '.data') } }, ...argv)
}

const reading = (file: string) => readFile(join(folder, file), 'utf8')

interface Result {
  readonly summary: Readonly<Record<string, number>>
  readonly products: readonly { readonly key: string; readonly file: string; readonly outcome: string }[]
}
const result = (text: string) => JSON.parse(text) as Result

describe('--keep-going', () => {
  test('sends the good ones, reports the bad ones, and is silent about them once they are mended', async () => {
    await add('harbor-one')
    await add('harbor-two', bad)
    expect((await koo('publish')).code).toBe(1)
    const run = await koo('publish', '--keep-going', '--json')
    expect([run.code, run.stderr]).toEqual([6, expect.not.stringContaining('bug')])
    expect(result(run.stdout).summary).toEqual({ products: 2, 'on-sale': 1, invalid: 1 })
    const report = JSON.parse(await reading('koo-needs-attention.json'))
    expect(report).toMatchObject({
      products: [
        { key: 'harbor-two', file: 'harbor-two/koo.yaml', outcome: 'invalid', diagnostics: [{ code: 'version-form' }] },
      ],
    })
    const line = (await reading('harbor-two/koo.yaml')).split('\n')[report.products[0].diagnostics[0].line - 1]
    expect(line).toContain('version: v0.1')
    await add('harbor-two')
    const mended = await koo('publish', '--keep-going')
    expect([mended.code, mended.stdout]).toEqual([0, expect.stringContaining('1 on sale; 1 on sale, nothing to do.')])
    await expect(reading('koo-needs-attention.json')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('sends neither of two manifests of one key, and exits 6', async () => {
    await add('harbor-one')
    await add('harbor-two')
    await add('harbor-two', undefined, 'copy')
    const run = await koo('publish', '--keep-going', '--json', '--needs-attention', 'bad.csv')
    expect(run.code).toBe(6)
    const { products } = result(run.stdout)
    expect(
      products
        .filter(({ outcome }) => outcome === 'invalid')
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['copy/koo.yaml', 'harbor-two/koo.yaml'])
    expect((await reading('bad.csv')).split('\r\n')[0]).toBe('file,line,column,key,outcome,code,message,hint')
  })

  test('what one product is refused for holds only that one', async () => {
    await add('harbor-one')
    await koo('publish')
    await add('harbor-one', (text) => text.replace(/overview: .*/, 'overview: Another text, same version.'))
    await add('harbor-two')
    const held = await koo('publish', '--json')
    expect([held.code, result(held.stdout).summary]).toEqual([4, { products: 2, refused: 1, 'not-sent': 1 }])
    const run = await koo('publish', '--keep-going', '--json')
    expect([run.code, result(run.stdout).summary]).toEqual([6, { products: 2, refused: 1, 'on-sale': 1 }])
  })
})

describe('--needs-attention', () => {
  test('takes no folder and nothing it cannot write, which is told before anything is sent', async () => {
    await add('harbor-one')
    await mkdir(join(folder, 'reports'))
    await writeFile(join(folder, 'reports/last-year.txt'), 'Kept.')
    for (const name of ['reports', '/dev/null', 'reports/last-year.txt/report.json']) {
      expect([name, (await koo('publish', '--needs-attention', name)).code]).toEqual([name, 2])
    }
    expect(JSON.parse((await koo('status', '--json')).stdout).products).toEqual([])
    expect(await readdir(join(folder, 'reports'))).toEqual(['last-year.txt'])
  })

  test.each(['report.json', 'report.csv', 'report.md'])(
    'of a clean run removes %s, where koo wrote it',
    async (name) => {
      await add('harbor-one', bad)
      expect((await koo('publish', '--needs-attention', name)).code).toBe(1)
      expect(await reading(name)).toContain('version-form')
      await add('harbor-one')
      expect((await koo('publish', '--needs-attention', name)).code).toBe(0)
      expect(await readdir(folder)).not.toContain(name)
    },
  )

  test('leaves a file that is no report', async () => {
    await add('harbor-one')
    await writeFile(join(folder, 'notes.md'), '# Notes\n')
    const run = await koo('publish', '--needs-attention', 'notes.md')
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('notes.md is no report of koo’s')])
    expect(await reading('notes.md')).toBe('# Notes\n')
  })
})

test('a list on standard input', async () => {
  for (const key of ['harbor-one', 'harbor-two', 'harbor-three']) await add(key)
  const list = '# what changed\n\nharbor-one/koo.yaml\r\nharbor-three\n'
  const environment = { KOO_DATA: join(folder, '.data') }
  const run = await runKoo({ folder, environment, input: list }, 'publish', '-', '--json')
  expect(result(run.stdout).products.map(({ key }) => key)).toEqual(['harbor-one', 'harbor-three'])
  const zeros = await runKoo({ folder, environment, input: 'harbor-two\0harbor-one\0' }, 'publish', '-', '--json')
  expect(result(zeros.stdout).summary).toEqual({ products: 2, 'on-sale': 1, unchanged: 1 })
  const none = await runKoo({ folder, environment, input: '# none\n' }, 'publish', '-')
  expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do') })
})

test('shards publish each product once', async () => {
  const keys = ['harbor-one', 'harbor-two', 'harbor-three', 'harbor-four']
  for (const key of keys) await add(key)
  const found: string[] = []
  for (const shard of ['1/3', '2/3', '3/3']) {
    const run = await koo('publish', '--shard', shard, '--json')
    found.push(...result(run.stdout).products.map(({ key }) => key))
  }
  expect(found.sort()).toEqual([...keys].sort())
  expect((await koo('publish', '--shard', '4/3')).code).toBe(2)
})

test('events tell what happens to each product, and tables are for spreadsheets and CI', async () => {
  await add('harbor-one')
  await add('harbor-two', bad)
  const flags = ['--format', 'csv', '--output', 'out.csv', '--format', 'junit', '--output', 'out.xml']
  const run = await koo('publish', '--keep-going', '--events', 'events.ndjson', ...flags)
  expect([run.code, run.stdout]).toEqual([6, ''])
  const events = (await reading('events.ndjson'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events.filter(({ key }) => key === 'harbor-one').map(({ event }) => event)).toEqual(
    expect.arrayContaining(['planned', 'uploading', 'sent', 'accepted', 'on-sale', 'done']),
  )
  expect(events.filter(({ key }) => key === 'harbor-two').map(({ event }) => event)).toEqual(['invalid', 'done'])
  const rows = (await reading('out.csv')).split('\r\n')
  expect(rows[1]).toMatch(/^harbor-one,V[\d.]+,consulting,harbor-one\/koo.yaml,on-sale,/)
  const xml = await reading('out.xml')
  expect(xml).toContain('<testsuites name="koo publish" tests="2" failures="1" errors="0" skipped="0">')
  expect(xml).toContain('[version-form]')
})

test('--wait accepted, and the command to come back', async () => {
  await add('harbor-one')
  const run = await koo('publish', '--wait', 'accepted')
  expect(run.stdout).toContain('`koo status harbor-one --watch` shows how the review goes on.')
  expect((await koo('publish', '--wait', 'sold')).code).toBe(2)
  expect((await koo('publish', '--wait', 'accepted', '--wait-timeout', '3s')).code).toBe(2)
  expect(result((await koo('publish', '--wait', 'reviewed', '--json')).stdout).products).toMatchObject([
    { outcome: 'unchanged' },
  ])
})

test('the command to come back from a saved plan names the folder of its manifests', async () => {
  for (const key of ['harbor-one', 'harbor-two', 'harbor-three', 'harbor-four'])
    await add(key, undefined, `shop/${key}`)
  expect((await koo('plan', 'shop', '--out', 'plan.json')).code).toBe(0)
  const run = await koo('publish', 'plan.json', '--wait', 'accepted')
  expect(run.stdout).toContain('`koo status shop --watch` shows how')
})

test('when the time is up the rest is left, which the next run does', async () => {
  await add('harbor-one')
  const run = await koo('publish', '--max-duration', '0')
  expect([run.code, run.stdout]).toEqual([6, expect.stringContaining('Run the same command again: 1 product is left.')])
  expect((await koo('publish')).code).toBe(0)
})
