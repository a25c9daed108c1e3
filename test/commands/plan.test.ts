/** `koo plan`, its saved plans and `koo diff`, with a real sandbox and a seller's folder. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { edit, root } from '../e2e/koo.ts'
import { example, type Market, openMarket, withOverview } from '../publish/market.ts'
import { runKoo } from './in-process.ts'

let market: Market
let folder: string
beforeEach(async () => {
  market = await openMarket()
  folder = await mkdtemp(join(tmpdir(), 'koo-plan-'))
  await cp(join(root, 'examples'), folder, { recursive: true })
})
afterEach(async () => {
  await market.close()
  await rm(folder, { recursive: true, force: true })
})

const koo = (...argv: readonly string[]) => {
  const environment = { ...market.environment, KOO_DATA: join(folder, '.koo') }
  return runKoo({ folder, environment }, ...argv)
}
const crm = () => join(folder, 'saas/koo.yaml')
const manifestOf = (name: string) => join(folder, name, 'koo.yaml')
const sell = async (...names: readonly string[]) => {
  const sold = []
  for (const name of names) sold.push(await market.sold(await example(market.files, name)))
  return sold
}

describe('koo plan', () => {
  test('shows each field, what is uploaded and what is final, and why it is refused', async () => {
    await sell('saas')
    await edit(crm(), 'version: V3.2', 'version: V3.3')
    await edit(crm(), 'price: 59', 'price: 61')
    await edit(crm(), /.*\*\*Reports\*\*.*\n/, '    - **Reports**: as charts.\n')
    await edit(crm(), / {2}# Paid once[\s\S]*/, '')
    const refused = await koo('plan', 'saas')
    expect(refused.code).toBe(4)
    for (const line of [
      'tideline-crm V3.3 (saas): refused',
      'help: Put it back into the manifest, or add --allow-removals.',
      '    /product/version: V3.2 → V3.3',
      '    /specifications/0/price (Team): 59 → 61',
      '      + - **Reports**: as charts.',
      'final: Solo: removing it from sale is final; it cannot come back under this name. /specifications/2',
    ]) {
      expect(refused.stdout).toContain(line)
    }
    const allowed = await koo('plan', 'saas', '--allow-removals')
    expect(allowed).toMatchObject({ code: 0, stdout: expect.stringContaining('3 files as there') })
    expect((await koo('plan', 'saas', '--allow-removals')).stdout).toBe(allowed.stdout)
  })

  test('--json holds everything', async () => {
    const [sold] = await sell('saas')
    await market.edited({ id: sold?.id ?? '' }, withOverview('Made for wholesale teams.'))
    await edit(crm(), 'version: V3.2', 'version: V3.3')
    const run = await koo('plan', 'saas', '--json')
    expect(run.code).toBe(4)
    expect(JSON.parse(run.stdout)).toMatchObject({
      format: 1,
      products: [
        {
          action: 'refuse',
          why: expect.stringContaining('1 field'),
          revision: 4,
          changes: [{ path: '/product/version', was: 'V3.2', becomes: 'V3.3' }, { path: '/product/overview' }],
          lost: [{ path: '/product/overview', becomes: 'Made for wholesale teams.' }],
          notes: [],
        },
      ],
    })
  })

  test('--exit-code: 0 with nothing to do, 1 with something', async () => {
    await sell('saas')
    expect((await koo('plan', 'saas', '--exit-code')).code).toBe(0)
    expect((await koo('plan', 'saas', 'consulting', '--exit-code')).code).toBe(1)
    expect((await koo('plan', 'saas', 'consulting')).code).toBe(0)
  })
})

describe('a saved plan', () => {
  const save = async (...argv: readonly string[]) => {
    const run = await koo('plan', ...argv, '--out', 'plan.json')
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('koo publish plan.json sends exactly this') })
  }

  test('is sent as it is, with its options, and once', async () => {
    await sell('saas')
    await edit(crm(), 'version: V3.2', 'version: V3.3')
    await edit(crm(), / {2}# Paid once[\s\S]*/, '')
    await save('saas', 'consulting', '--allow-removals')
    const text = await readFile(join(folder, 'plan.json'), 'utf8')
    expect(text).not.toContain(market.environment.HUAWEICLOUD_SDK_SK)
    expect((await koo('publish', 'plan.json')).code).toBe(0)
    expect((await market.marketplace.product('tideline-crm'))?.version).toBe('V3.3')
    // What it wanted is there.
    expect(await koo('publish', 'plan.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing to do'),
    })
    expect((await market.marketplace.product('tideline-crm'))?.releases).toBe(2)
  })

  test('is refused where a file changed since', async () => {
    await save('saas', 'consulting')
    await edit(crm(), 'price: 59', 'price: 61')
    const run = await koo('publish', 'plan.json')
    expect([run.code, run.stdout]).toEqual([
      4,
      expect.stringContaining('tideline-crm V3.2 changed since it was planned.'),
    ])
    expect(await market.marketplace.productsByKey(['tideline-crm', 'ledgerfield-cost-consulting'])).toEqual(new Map())
  })

  test('is refused where the marketplace moved since', async () => {
    await save('saas')
    await market.sold(await example(market.files, 'saas', withOverview('From another machine.')))
    const run = await koo('publish', 'plan.json')
    expect(run.code).toBe(4)
    expect((await market.marketplace.product('tideline-crm'))?.releases).toBe(1)
  })

  test('is refused by another marketplace', async () => {
    await save('saas')
    const path = join(folder, 'plan.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"marketplace": ".*"/, '"marketplace": "sandbox"'))
    const run = await koo('publish', 'plan.json')
    expect([run.code, run.stderr]).toEqual([4, expect.stringContaining('The plan is for the marketplace sandbox')])
  })

  test.each([
    [['plan.json', 'saas'], 'takes no paths beside it'],
    [['plan.json', '--overwrite'], '--overwrite contradicts plan.json'],
    [['plan.json', '--resubmit'], 'keeps the options it was made with'],
  ])('takes nothing beside it: %j', async (argv, sentence) => {
    await save('saas')
    const run = await koo('publish', ...argv)
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(sentence)])
  })
})

describe('koo diff', () => {
  test('is silent but for a line where nothing differs, and exits 0', async () => {
    await sell('saas', 'consulting')
    const run = await koo('diff', 'saas', 'consulting', '--exit-code')
    expect(run).toMatchObject({ code: 0, stdout: `2 products as on ${market.environment.KOO_MARKETPLACE}.\n` })
  })

  test('tells fields, files and who changed them; with --exit-code it is a check for drift', async () => {
    const [sold] = await sell('saas')
    await market.edited({ id: sold?.id ?? '' }, withOverview('Made for wholesale teams.'))
    await edit(crm(), 'price: 59', 'price: 61')
    await cp(join(folder, 'license/logo.png'), join(folder, 'saas/logo.png'))
    const run = await koo('diff', 'saas', '--json', '--exit-code')
    expect(run.code).toBe(1)
    const { products } = JSON.parse(run.stdout)
    expect(products).toMatchObject([
      {
        key: 'tideline-crm',
        differs: true,
        release: { version: 'V3.2', state: 'on-sale' },
        changes: [
          { path: '/product/overview', was: 'Made for wholesale teams.', by: 'marketplace' },
          { path: '/specifications/0/price', was: 59, becomes: 61, by: 'here' },
        ],
        files: [{ path: 'logo.png', was: expect.any(String), becomes: expect.any(String) }],
      },
    ])
    const text = await koo('diff', 'saas')
    expect([text.code, text.stdout]).toEqual([0, expect.stringContaining('[changed on the marketplace]')])
  })

  test('finds the manifest of a key, and says where there is none', async () => {
    await edit(manifestOf('consulting'), 'koo: 1', 'koo: one')
    const run = await koo('diff', 'tideline-crm', '--exit-code')
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('V3.2 is not on ')])
    const missing = await koo('diff', 'no-such-key')
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('has the product key no-such-key')])
  })

  test('of all six examples, published, is nothing, packed files among them', async () => {
    expect((await koo('publish', '.')).code).toBe(0)
    expect((await koo('diff', '--exit-code')).code).toBe(0)
    await writeFile(join(folder, 'license/software/NEWS'), 'More of it.\n')
    const run = await koo('diff', '--exit-code', '--json')
    expect(run.code).toBe(1)
    const { products } = JSON.parse(run.stdout) as { products: { key: string; files: { path: string }[] }[] }
    expect(products.flatMap(({ files }) => files.map(({ path }) => path))).toEqual(['plumbline-fim_V2-1.tar.gz'])
  })
})
