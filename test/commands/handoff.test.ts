/** `koo handoff`: folders that are whole or not there, records, and what other commands make of them. */
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { clearLeftOvers } from '../../src/commands/handoff-place.ts'
import { edit, root } from '../e2e/koo.ts'
import { planted } from '../gate/planted.ts'
import { runKoo } from './in-process.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-handoff-'))
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const there = (...path: readonly string[]) => join(folder, ...path)
const koo = (...argv: readonly string[]) => runKoo({ folder, environment: { KOO_DATA: there('data') } }, ...argv)
const json = async (...argv: readonly string[]) => JSON.parse((await koo(...argv, '--json')).stdout) as Answer
const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
const clock = { sleep: async () => {} }
const crm = () => there('examples/saas/koo.yaml')

interface Answer {
  readonly products: readonly {
    readonly folder: string
    readonly zip?: string
    readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
    readonly action?: string
    readonly changes?: readonly { readonly path: string }[]
  }[]
  readonly hand_overs?: readonly unknown[]
}

describe('the folder', () => {
  test('has the page, the data, and the files with the digests that are told', async () => {
    const { products } = await json('handoff', 'examples', '--out', 'out', '--scan', 'off')
    expect(products).toHaveLength(6)
    for (const product of products) {
      const { files: told } = JSON.parse(
        await readFile(there(product.folder, 'handoff.json'), 'utf8'),
      ) as Answer['products'][0]
      expect(told).toMatchObject(product.files)
      const names = (await readdir(there(product.folder, 'files'))).map((name) => `files/${name}`)
      expect(names.sort()).toEqual(product.files.map(({ path }) => path).sort())
      for (const { path, bytes, sha256: hash } of product.files) {
        const file = there(product.folder, path)
        expect([path, (await stat(file)).size, await sha256(file)]).toEqual([path, bytes, hash])
      }
    }
    expect(await readFile(there('out/index.html'), 'utf8')).toContain('href="tideline-crm/index.html"')
    expect((await readdir(there('out'))).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('is made anew, and its zip is the same for the same files', async () => {
    await koo('handoff', 'examples/license', '--zip', '--scan', 'off')
    const before = await sha256(there('handoff/plumbline-fim.zip'))
    await writeFile(there('handoff/plumbline-fim/.DS_Store'), 'x')
    expect(await koo('handoff', 'examples/license', '--zip', '--scan', 'off')).toMatchObject({ code: 0 })
    expect(await sha256(there('handoff/plumbline-fim.zip'))).toBe(before)
    expect((await readdir(there('handoff/plumbline-fim'))).sort()).toEqual(['files', 'handoff.json', 'index.html'])
    expect(await readdir(there('handoff/plumbline-fim/files'))).toContain('plumbline-fim_V2-1.tar.gz')
  })

  test('does not take the place of anything else', async () => {
    await mkdir(there('handoff/tideline-crm'), { recursive: true })
    const run = await koo('handoff', 'examples/saas')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('no hand-over')
    await writeFile(there('handoff/index.html'), '<title>Mine</title>')
    await rm(there('handoff/tideline-crm'), { recursive: true })
    expect(await koo('handoff', 'examples/saas', 'examples/image')).toMatchObject({ code: 2 })
    expect(await readdir(there('handoff'))).toEqual(['index.html'])
  })

  test('keeps what others put into an earlier one', async () => {
    await koo('handoff', 'examples/saas')
    await writeFile(there('handoff/tideline-crm/files/notes.txt'), 'mine')
    const run = await koo('handoff', 'examples/saas')
    expect(run).toMatchObject({ code: 2 })
    expect(run.stderr).toContain('handoff/tideline-crm/files/notes.txt is of no hand-over')
    expect(await readFile(there('handoff/tideline-crm/files/notes.txt'), 'utf8')).toBe('mine')
  })

  test('does not overwrite a zip that is of no hand-over', async () => {
    await mkdir(there('handoff'))
    for (const content of ['my archive', 'PK\x03\x04', '']) {
      await writeFile(there('handoff/tideline-crm.zip'), content)
      const run = await koo('handoff', 'examples/saas', '--zip')
      expect(run).toMatchObject({ code: 2 })
      expect(run.stderr).toContain('tideline-crm.zip is there, and of no hand-over')
      expect(await readdir(there('handoff'))).toEqual(['tideline-crm.zip'])
    }
    // One of another product is as strange.
    await koo('handoff', 'examples/image', '--zip', '--out', 'other')
    await cp(there('other/millrace-broker.zip'), there('handoff/tideline-crm.zip'))
    expect(await koo('handoff', 'examples/saas', '--zip')).toMatchObject({ code: 2 })
    await rm(there('handoff/tideline-crm.zip'))
    for (let run = 0; run < 2; run += 1) {
      expect(await koo('handoff', 'examples/saas', '--zip')).toMatchObject({ code: 0 })
    }
  })

  const onLinux = process.platform === 'linux' ? test : test.skip
  onLinux('ends with an error where no folder can be made', async () => {
    const run = await koo('handoff', 'examples/saas', '--out', '/proc/x')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('no folder can be made there')
  })

  test('leaves no remains of a run that was killed a day ago', async () => {
    const names = ['.koo-handoff-0123abcd', '.koo-handoff-mine']
    for (const name of names) await mkdir(there('handoff', name), { recursive: true })
    const files = nodeFiles(folder, () => 'x')
    await clearLeftOvers({ files, clock: { ...clock, now: () => Date.now() } }, 'handoff')
    expect(await readdir(there('handoff'))).toEqual(names)
    await clearLeftOvers({ files, clock: { ...clock, now: () => Date.now() + 25 * 3_600_000 } }, 'handoff')
    expect(await readdir(there('handoff'))).toEqual(['.koo-handoff-mine'])
  })

  test.each([
    ['an error', 'version: V3.2', 'version: first'],
    ['a placeholder', 'support@tideline.example', 'support@example.com'],
  ])('is not there where the manifest has %s', async (_, from, to) => {
    await edit(crm(), from, to)
    expect(await koo('handoff', 'examples/saas')).toMatchObject({ code: 1 })
    await expect(stat(there('handoff'))).rejects.toThrow('ENOENT')
  })

  test('is there for no product where a package holds a secret', async () => {
    const key = planted().find(({ what }) => what === 'a private key')
    await writeFile(there('examples/license/software/id'), key?.text ?? '')
    const run = await koo('handoff', 'examples/saas', 'examples/license', '--scan', 'off')
    expect(run).toMatchObject({ code: 1 })
    expect(run.stdout).toContain('package-secret')
    expect(await readdir(there('handoff')).catch(() => [])).toEqual([])
  })

  test('has a ready archive under a name the asset center takes', async () => {
    await koo('pack', 'examples/license', '--out', 'packed', '--scan', 'off')
    await cp(there('packed/plumbline-fim_V2-1.tar.gz'), there('examples/license/plumb-line-2.1.tar.gz'))
    await edit(
      there('examples/license/koo.yaml'),
      / {4}files:\n {6}- software\/\*\*\n[\s\S]*?(?= {2}authorization)/,
      '    archive: plumb-line-2.1.tar.gz\n',
    )
    const { products } = await json('handoff', 'examples/license', '--scan', 'off')
    const packed = products[0]?.files.find(({ path }) => path.endsWith('.tar.gz'))
    expect(packed).toMatchObject({ path: 'files/plumb-line-2-1.tar.gz' })
    expect(packed?.sha256).toBe(await sha256(there('packed/plumbline-fim_V2-1.tar.gz')))
  })

  test('is not made where the package would take it in', async () => {
    const run = await koo('handoff', 'examples/license', '--out', 'examples/license/software')
    expect(run).toMatchObject({ code: 2 })
    expect(run.stderr).toContain('would be packed')
  })
})

describe('the record', () => {
  const done = (...more: readonly string[]) => koo('handoff', 'examples/saas', '--done', 'product-1', ...more)

  test('is kept once, with its history, for its owner alone, and forgotten', async () => {
    expect(await done()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('V3.2 is on KooGallery as product product-1'),
    })
    expect((await stat(there('data/hand-overs/tideline-crm.json'))).mode & 0o777).toBe(0o600)
    expect((await done()).stdout).toContain('recorded already')
    await edit(crm(), 'version: V3.2', 'version: V3.3')
    expect((await done()).stdout).toContain('before it was V3.2')
    const listed = await json('list', '--marketplace', 'seller-console')
    expect(listed.products).toMatchObject([{ key: 'tideline-crm', version: 'V3.3', releases: 2, state: 'on-sale' }])
    expect((await koo('handoff', 'tideline-crm', '--forget')).stdout).toContain('Forgotten')
    expect((await koo('handoff', 'examples/saas', '--forget')).stdout).toContain('Nothing is recorded')
    expect((await json('list', '--marketplace', 'seller-console')).products).toEqual([])
  })

  test.each([
    [['examples', '--done', 'x'], 'exactly one product'],
    [['examples/saas', '--done', 'two words'], '--done takes the product ID'],
    [['examples/saas', '--done', 'x'.repeat(129)], '--done takes the product ID'],
    [['examples/saas', '--done=-x'], '--done takes the product ID'],
    [['examples/saas', '--done', 'a/b'], '--done takes the product ID'],
    [['examples/saas', '--done', 'a\\b'], '--done takes the product ID'],
    [['examples/saas', '--done', 'x', '--forget'], 'contradict'],
    [['examples/saas', '--done', 'x', '--zip'], 'contradicts'],
  ])('%j is wrong usage', async (argv, says) => {
    const run = await koo('handoff', ...argv)
    expect(run).toMatchObject({ code: 2 })
    expect(run.stderr).toContain(says)
  })

  test('another id for the same content corrects it', async () => {
    await done()
    const run = await koo('handoff', 'examples/saas', '--done', 'product-2')
    expect(run.stdout).toContain('Corrected: tideline-crm V3.2 is on KooGallery as product product-2, not product-1.')
    const listed = await json('list', '--marketplace', 'seller-console')
    expect(listed.products).toMatchObject([{ product_id: 'product-2', releases: 1 }])
  })

  test('koo list tells of it in a line, with what is hidden', async () => {
    await edit(crm(), '  version: V3.2\n', '  version: V3.2\n  public: false\n')
    await done()
    const said = /tideline-crm on KooGallery by hand: product id product-1, V3\.2 since .*, hidden from the front page/
    expect((await koo('list')).stdout).toMatch(said)
    expect((await json('list')).hand_overs).toMatchObject([{ key: 'tideline-crm', hidden: true }])
    expect(await json('list', '--marketplace', 'seller-console')).not.toHaveProperty('hand_overs')
  })

  test('one product ID belongs to one product', async () => {
    await done()
    const run = await koo('handoff', 'examples/image', '--done', 'product-1')
    expect(run).toMatchObject({ code: 4 })
    expect(run.stderr).toContain('tideline-crm was recorded as product product-1')
  })

  test('is a marketplace to compare with, in which nothing can be written', async () => {
    await done()
    const byHand = ['--marketplace', 'seller-console']
    expect(await koo('diff', 'examples/saas', '--exit-code', ...byHand)).toMatchObject({ code: 0 })
    expect((await json('plan', 'examples/saas', ...byHand)).products).toMatchObject([{ action: 'nothing' }])
    await edit(crm(), 'price: 59', 'price: 61')
    await writeFile(there('examples/saas/docs/eula.pdf'), '%PDF-1.4 another')
    expect((await json('diff', 'examples/saas', ...byHand)).products).toMatchObject([
      { changes: [{ path: '/specifications/0/price' }], files: [{ path: 'docs/eula.pdf' }] },
    ])
    // The same version may change by hand, as no buyer is promised its content.
    const plan = await koo('plan', 'examples', ...byHand)
    expect(plan).toMatchObject({ code: 0 })
    expect(plan.stdout).toMatch(
      /tideline-crm V3\.2 \(saas\): change it in Seller Console\n {4}\/specifications\/0\/price/,
    )
    expect(plan.stdout).toContain('Plan for seller-console: 6 products to enter by hand.')
    expect((await koo('status', 'examples/saas', ...byHand)).stdout).toContain('on sale')
    for (const argv of [
      ['publish', 'examples/saas', '--yes'],
      ['withdraw', 'tideline-crm'],
      ['discontinue', 'tideline-crm'],
    ]) {
      const run = await koo(...argv, ...byHand)
      expect(run).toMatchObject({ code: 2, stdout: '' })
      expect(run.stderr).toContain('no public API')
      expect(run.stderr).toContain('koo handoff')
    }
  })

  test('what cannot be changed after the release is refused', async () => {
    await done()
    await edit(crm(), '  method: saas\n', '  method: saas\n  serviceSupervision: true\n')
    const run = await koo('plan', 'examples/saas', '--marketplace', 'seller-console')
    expect(run).toMatchObject({ code: 4 })
    expect(run.stdout).toContain('/delivery/serviceSupervision')
  })

  test.each(['status', 'diff', 'plan'])(
    'koo %s tells of it beside, and nothing where there is none',
    async (command) => {
      expect(await json(command, 'examples/saas')).not.toHaveProperty('hand_overs')
      expect((await koo(command, 'examples/saas')).stdout).not.toContain('by hand')
      await done()
      const day = new Date().toISOString().slice(0, 4)
      const said = `tideline-crm on KooGallery by hand: product id product-1, V3.2 since ${day}`
      expect((await koo(command, 'examples/saas')).stdout).toContain(said)
      expect((await koo(command, 'examples/saas')).stdout).toContain('koo.yaml is as it was entered')
      await edit(crm(), 'price: 59', 'price: 61')
      expect((await koo(command, 'examples/saas')).stdout).toContain(
        'koo.yaml has changed since: 1 field (koo diff tideline-crm --marketplace seller-console)',
      )
      expect((await json(command, 'examples/saas')).hand_overs).toMatchObject([
        { key: 'tideline-crm', product_id: 'product-1', version: 'V3.2', changed_fields: 1 },
      ])
    },
  )

  test('a damaged record is told, and hinders only what is asked of it', async () => {
    await done()
    await writeFile(there('data/hand-overs/tideline-crm.json'), '{')
    const run = await koo('status', 'examples/saas')
    expect(run).toMatchObject({ code: 0 })
    expect(run.stderr).toContain('is no record of a hand-over')
    expect(await koo('status', 'examples/saas', '--marketplace', 'seller-console')).toMatchObject({ code: 2 })
    expect(await koo('handoff', 'examples/image', '--done', 'product-9')).toMatchObject({ code: 0 })
    for (const [says, ...argv] of [
      ['millrace-broker', 'list'],
      ['millrace-broker', 'status', 'examples'],
      ['5 products to enter by hand', 'plan', 'examples'],
      ['5 of 6 products differ', 'diff', 'examples'],
    ] as const) {
      const others = await koo(...argv, '--marketplace', 'seller-console')
      expect([argv, others]).toMatchObject([argv, { code: 0, stdout: expect.stringContaining(says) }])
      expect(others.stderr).toContain('is no record of a hand-over')
    }
    expect((await koo('handoff', 'tideline-crm', '--forget')).stdout).toContain('Removed the damaged record')
    expect((await koo('status', 'examples/saas', '--marketplace', 'seller-console')).stderr).not.toContain('no record')
  })
})
