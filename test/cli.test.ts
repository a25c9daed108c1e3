/** The command line itself: help, topics, usage errors, streams. */
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { commands } from '../src/commands/commands.ts'
import { deliveryMethodIds } from '../src/model/delivery-methods.ts'
import { exitCodes } from '../src/model/exit-codes.ts'
import { openShop, root, type Shop } from './e2e/koo.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  for (const flag of ['--version', '-V']) expect((await shop.koo(flag)).stdout).toBe(`${version}\n`)
})

test('--help, made at build time, is what the program itself would say', async () => {
  const [made, asked] = [await shop.koo('--help'), await shop.koo('help')]
  expect(made.stdout).toBe(asked.stdout)
  for (const { name } of commands) expect(made.stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
})

test.each(commands.map(({ name }) => name))('%s --help has examples', async (name) => {
  const run = await shop.koo(name, '--help')
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run.stdout).toContain(`Examples:\n  $ koo ${name}`)
  expect((await shop.koo('help', name)).stdout).toBe(run.stdout)
})

test('help exit-codes lists every code', async () => {
  const run = await shop.koo('help', 'exit-codes', '--json')
  const { topic } = JSON.parse(run.stdout) as { topic: Record<string, string> }
  expect(Object.keys(topic).map(Number).sort()).toEqual(
    Object.values(exitCodes)
      .map(({ code }) => code)
      .sort(),
  )
})

describe('wrong usage ends with 2 and says why', () => {
  test.each([
    [['valdate'], 'Did you mean validate?'],
    [['validate', '--jason'], 'Did you mean --json?'],
    [['validate', 'nowhere'], 'There is no file or folder nowhere'],
    [['validate', 'no*thing/koo.yaml'], 'matches no manifest'],
    [['validate', '--format', 'xml'], '--format takes text, json, sarif'],
    [['publish', 'examples', '--jobs', '0'], '--jobs takes a whole number'],
    [['publish', 'examples', '--wait-timeout', 'soon'], '--wait-timeout takes a duration'],
    [['publish', 'examples', '--no-wait', '--wait-timeout', '1m'], 'contradict'],
    [['publish', 'examples', '--marketplace', 'ftp://market'], 'not the address of a marketplace'],
    [['schema', 'sass'], 'There is no delivery method sass'],
    [['explain', 'version-from'], 'Did you mean version-form?'],
    [['init', 'new', '--method', 'sass', '--yes'], 'Did you mean `saas`?'],
    [['init', 'new', '--method', 'consulting', '--billing', 'buyout', '--yes'], 'does not apply'],
    [['sandbox', '--review', 'never'], '--review takes'],
    [['publish', 'examples', '--marketplace', ''], 'has an empty value'],
    [['validate', ''], 'An argument is empty'],
    [['status', 'no/such'], 'neither a file or folder nor a product key'],
    [['withdraw', 'no-such-key'], 'sandbox has no product no-such-key'],
    [['init', 'new', '--method', 'saas', '--name', 'a\nb', '--yes'], 'must be a single line'],
    [['init', 'examples/saas/koo.yaml/new', '--method', 'saas', '--yes'], 'part of its path is not a folder'],
    [['list', '--data', 'examples/saas/koo.yaml'], 'cannot be written'],
    [['help', 'nonsense'], "no command or topic 'nonsense'"],
  ])('%j', async (argv, sentence) => {
    const run = await shop.koo(...argv)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(sentence)
    expect(run.stderr).not.toContain('    at ')
  })
})

describe('--json', () => {
  test('a failure is JSON on stderr', async () => {
    const run = await shop.koo('validate', 'nowhere', '--json')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ format: 1, error: { code: 'no-file', exit_code: 2 } })
  })

  test('so is a complaint about the call', async () => {
    const run = await shop.koo('publish', '--bogus', '--json')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ format: 1, error: { code: 'usage' } })
  })

  test('methods gives the table as data', async () => {
    const { methods } = JSON.parse((await shop.koo('methods', '--json')).stdout) as { methods: { method: string }[] }
    expect(methods.map(({ method }) => method)).toEqual(deliveryMethodIds)
    const untraded = methods.find(({ method }) => method === 'consulting')
    expect(untraded).toMatchObject({ category: 'Other', deployment: [], billing: [], deliverable: null })
  })

  test('validate gives what the architecture promises', async () => {
    await mkdir(join(shop.folder, 'broken'), { recursive: true })
    await writeFile(join(shop.folder, 'broken/koo.yaml'), 'koo: 1\nproduct:\n  key: A\n')
    for (const flags of [['--json'], ['--format', 'json']]) {
      const run = await shop.koo('validate', 'broken', ...flags)
      expect(run.code).toBe(1)
      const result = JSON.parse(run.stdout) as { summary: { errors: number }; diagnostics: Record<string, unknown>[] }
      expect(result).toMatchObject({ format: 1, summary: { files: 1, warnings: 0 } })
      expect(result.summary.errors).toBe(result.diagnostics.length)
      const key = result.diagnostics.find(({ path }) => path === '/product/key')
      expect(key).toMatchObject({ file: 'broken/koo.yaml', line: 3, column: 8, endLine: 3, endColumn: 9 })
      expect(Object.keys(key ?? {})).not.toContain('frame')
    }
  })

  test('pack gives bundles, or says that there is nothing to pack', async () => {
    const run = await shop.koo('pack', 'examples', '--out', 'bundles', '--json')
    const result = JSON.parse(run.stdout) as { bundles: { key: string; path: string; bytes: number; sha256: string }[] }
    expect(result).toMatchObject({
      format: 1,
      bundles: [{ key: 'plumbline-fim', path: 'bundles/plumbline-fim_V2-1.tar.gz' }],
    })
    expect(JSON.parse(run.stdout).nothing_to_pack).toHaveLength(deliveryMethodIds.length - 1)
  })
})

test('JSON manifests and globs are read', async () => {
  const folder = join(shop.folder, 'as-json')
  await mkdir(folder, { recursive: true })
  const { parse } = await import('yaml')
  const manifest = parse(readFileSync(join(root, 'examples/consulting/koo.yaml'), 'utf8')) as object
  await writeFile(join(folder, 'koo.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'logo.png'), readFileSync(join(root, 'examples/consulting/logo.png')))
  expect(await shop.koo('validate', 'as-json')).toMatchObject({ code: 0 })
  expect((await shop.koo('validate', 'examples/*/koo.yaml')).stdout).toContain(
    `${deliveryMethodIds.length} manifests: no findings`,
  )
  for (const outside of ['../shop/examples/*/koo.yaml', join(shop.folder, 'examples/*/koo.yaml')]) {
    const run = await shop.koo('validate', outside)
    expect(run.stdout).toContain(`${deliveryMethodIds.length} manifests: no findings`)
  }
  expect((await shop.koo('validate', 'examples/*')).stdout).toContain(
    `${deliveryMethodIds.length} manifests: no findings`,
  )
})

describe('warnings', () => {
  beforeAll(async () => {
    await shop.koo('init', 'draft', '--method', 'consulting', '--yes')
  })

  test.each([
    [[], 0],
    [['--strict'], 1],
    [['--max-warnings', '100'], 0],
    [['--max-warnings', '3'], 1],
  ])('validate %j ends with %i', async (flags, code) => {
    const run = await shop.koo('validate', 'draft', ...flags)
    expect(run.code).toBe(code)
    expect(run.stdout.includes('more warnings than')).toBe(code === 1)
  })
})

describe('--stdin', () => {
  const manifest = readFileSync(join(root, 'examples/saas/koo.yaml'), 'utf8')

  test('finds the files beside the file it stands for', async () => {
    const run = await shop.kooReading(manifest, 'validate', '--stdin', '--stdin-name', 'examples/saas/koo.yaml')
    expect(run).toMatchObject({ code: 0, stdout: '1 manifest: no findings\n' })
  })

  test('places its findings in that file', async () => {
    const broken = manifest.replace(/version: V.*/, 'version: v0.1')
    const run = await shop.kooReading(broken, 'validate', '--stdin', '--stdin-name', 'examples/saas/koo.yaml', '--json')
    expect(run.code).toBe(1)
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { file: string; code: string }[] }
    expect(diagnostics).toMatchObject([{ file: 'examples/saas/koo.yaml', code: 'version-form' }])
  })
})
