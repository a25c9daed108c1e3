/** `koo validate` as its users meet it: formats and files, the workspace file, the cache, watching, bulk. */
import { once } from 'node:events'
import { cp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { edit, openShop, type Run, type Shop } from './koo.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await edit(join(shop.folder, 'examples/saas/koo.yaml'), 'version: V3.2', 'version: v3.2')
  await edit(join(shop.folder, 'examples/hardware/koo.yaml'), 'Corvane Industrial', 'Best Corvane Industrial')
})
afterAll(() => shop.close())

const read = (name: string) => readFile(join(shop.folder, name), 'utf8')
const codes = ({ stdout }: Run) =>
  (JSON.parse(stdout) as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code)

describe('formats', () => {
  test('several in one run: data to files, text where a person looks', async () => {
    const run = await shop.koo(
      ...['validate', 'examples', '--format', 'sarif', '--output', 'out/results.sarif', '--format', 'text'],
      ...['--format', 'junit', '--output', 'out/koo.xml', '--format', 'gitlab', '--output', 'out/quality.json'],
    )
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('6 manifests: 1 error, 1 warning')
    const sarif = JSON.parse(await read('out/results.sarif'))
    expect(sarif.runs[0].results.map((each: { ruleId: string }) => each.ruleId)).toEqual([
      'name-exaggeration',
      'version-form',
    ])
    expect(await read('out/koo.xml')).toMatch(/<testsuites[^>]* failures="1"/)
    expect(JSON.parse(await read('out/quality.json'))).toHaveLength(2)
  })

  test('only to a file: nothing on standard output', async () => {
    const run = await shop.koo('validate', 'examples/image', '--format', 'json', '--output', 'out/image.json')
    expect(run).toMatchObject({ code: 0, stdout: '' })
    expect(JSON.parse(await read('out/image.json'))).toMatchObject({ format: 1, summary: { files: 1, errors: 0 } })
  })

  test('GitHub annotations carry file and line', async () => {
    const run = await shop.koo('validate', 'examples/saas', '--format', 'github')
    expect(run.stdout).toMatch(/^::error file=examples\/saas\/koo\.yaml,line=10,endLine=10,col=12,endColumn=15,/)
  })

  test.each([
    [['--format', 'json', '--format', 'sarif'], 'cannot both go to standard output'],
    [['--output', 'x.json'], '--output x.json belongs to no format'],
    [['--format', 'json', '--output', 'a', '--output', 'b'], '--output b belongs to no format'],
    [['--dry-run'], '--dry-run is for --fix'],
    [['--config', 'nowhere.yaml'], 'Cannot read nowhere.yaml'],
  ])('%j is wrong usage', async (flags, message) => {
    const run = await shop.koo('validate', 'examples', ...flags)
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(message)
  })
})

describe('the workspace file', () => {
  const config = 'koo.config.yaml'
  afterAll(() => rm(join(shop.folder, config)))

  test('sets levels and leaves manifests alone', async () => {
    await writeFile(join(shop.folder, config), 'rules:\n  name-exaggeration: error\nignore:\n  - examples/saas/**\n')
    const run = await shop.koo('validate', 'examples', '--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({
      summary: { files: 5, errors: 1, warnings: 0 },
      diagnostics: [{ code: 'name-exaggeration', severity: 'error' }],
    })
    // What is named itself is checked.
    expect(codes(await shop.koo('validate', 'examples/saas/koo.yaml', '--json'))).toEqual(['version-form'])
  })

  test('frees manifests of a code', async () => {
    await writeFile(join(shop.folder, config), 'rules:\n  name-exaggeration:\n    ignore: ["**/hardware/*"]\n')
    expect(codes(await shop.koo('validate', 'examples', '--json'))).toEqual(['version-form'])
  })

  test.each([
    ['rules:\n  image-regoin: off\n', ':2:3 There is no code `image-regoin`.', 'Did you mean `image-region`?'],
    ['rules:\n  image-region: of\n', ':2:17 A level is off, warning or error', 'Did you mean `off`?'],
    ['rules:\n  version-form: off\n', ':2:3 `version-form` cannot be changed', ''],
    ['rule:\n  image-region: off\n', ':1:1 There is no setting `rule`.', 'Did you mean `rules`?'],
    ['ignore: drafts\n', ':1:9 This must be a list of globs.', ''],
    ['rules: [\n', ':2:1', ''],
  ])('%j is told with its place', async (text, place, hint) => {
    await writeFile(join(shop.folder, config), text)
    const run = await shop.koo('validate', 'examples')
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(`koo.config.yaml${place}`)
    expect(run.stderr).toContain(hint)
  })
})

describe('many manifests', () => {
  const count = 60
  const file = (index: number) => join(shop.folder, `many/p${String(index).padStart(2, '0')}/koo.yaml`)

  beforeAll(async () => {
    const text = await read('examples/consulting/koo.yaml')
    const logo = await readFile(join(shop.folder, 'examples/consulting/logo.png'))
    for (let index = 0; index < count; index += 1) {
      await mkdir(join(file(index), '..'), { recursive: true })
      await writeFile(join(file(index), '../logo.png'), logo)
      await writeFile(
        file(index),
        text.replace(/key: .*/, `key: k${index}`).replace(/ name: .*/, ` name: Name ${index}`),
      )
    }
  })

  test('a second run says the same, whatever changed meanwhile', async () => {
    const first = await shop.koo('validate', 'many', '--json')
    expect(first.code).toBe(0)
    expect((await shop.koo('validate', 'many', '--json')).stdout).toBe(first.stdout)
    await edit(file(7), /version: .*/, 'version: v1')
    await rm(join(file(9), '../logo.png'))
    await edit(file(11), /key: .*/, 'key: k3')
    const second = await shop.koo('validate', 'many', '--json')
    expect(codes(second)).toEqual(['version-form', 'file-missing', 'key-repeated'])
    expect((await shop.koo('validate', 'many', '--json')).stdout).toBe(second.stdout)
    expect((await shop.koo('validate', 'many', '--json', '--no-cache')).stdout).toBe(second.stdout)
  })

  test('the same size and time do not deceive it', async () => {
    const { mtime, atime } = await import('node:fs').then(({ statSync }) => statSync(file(20)))
    await edit(file(20), 'koo: 1', 'koo: 2')
    await utimes(file(20), atime, mtime)
    expect(codes(await shop.koo('validate', 'many', '--json'))).toContain('format-unknown')
  })
})

test('--watch checks again when something changes, and ends when it is stopped', async () => {
  const child = shop.start({}, 'validate', 'examples/image', '--watch')
  let stdout = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  const seen = async (text: string): Promise<void> => {
    while (!stdout.includes(text)) await once(child.stdout ?? child, 'data')
  }
  await seen('1 manifest: no findings')
  await edit(join(shop.folder, 'examples/image/koo.yaml'), 'koo: 1', 'koo: 2')
  await seen('1 manifest: 1 error')
  await edit(join(shop.folder, 'examples/image/koo.yaml'), 'koo: 2', 'koo: 1')
  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
})

test('--fix writes the mended manifest and its schema, --dry-run only shows it, and again there is nothing to do', async () => {
  const folder = join(shop.folder, 'mended')
  const file = join(folder, 'koo.yaml')
  await cp(join(shop.folder, 'examples/professional-service'), folder, { recursive: true })
  await edit(file, /^# yaml-language-server.*\n/, '')
  await edit(file, 'version: V1.4', 'version: v1.4 # since May')
  await edit(file, 'days: 15', 'days: "15"   ')
  const before = await readFile(file, 'utf8')
  const dry = await shop.koo('validate', 'mended', '--fix', '--dry-run')
  expect(dry.code).toBe(1)
  expect(dry.stdout).toContain('-  version: v1.4 # since May\n+  version: V1.4 # since May\n')
  expect(await readFile(file, 'utf8')).toBe(before)
  const fixed = await shop.koo('validate', 'mended', '--fix', '--json')
  expect(fixed.code).toBe(0)
  expect(JSON.parse(fixed.stdout).fixed[0].changes).toHaveLength(4)
  const after = await readFile(file, 'utf8')
  expect(after).toBe(
    `# yaml-language-server: $schema=./koo.schema.json\n${before.replace('v1.4', 'V1.4').replace('"15"   ', '15')}`,
  )
  expect(JSON.parse(await readFile(join(folder, 'koo.schema.json'), 'utf8'))).toHaveProperty('$schema')
  expect(JSON.parse((await shop.koo('validate', 'mended', '--fix', '--json')).stdout).fixed).toEqual([])
})

test('a comment takes a finding away, and is told when it has nothing to take', async () => {
  const folder = join(shop.folder, 'quiet')
  await cp(join(shop.folder, 'examples/hardware'), folder, { recursive: true })
  await edit(
    join(folder, 'koo.yaml'),
    /( name: Best .*)/,
    '$1 # koo-disable-line name-exaggeration: the registered name',
  )
  const run = await shop.koo('validate', 'quiet', '--strict')
  expect(run).toMatchObject({ code: 0, stdout: '1 manifest: 1 suppressed\n' })
  await edit(join(folder, 'koo.yaml'), 'name: Best ', 'name: ')
  expect(codes(await shop.koo('validate', 'quiet', '--json'))).toEqual(['suppression-unused'])
})
