/** `koo pack --list` and `koo verify` as a user starts them. */
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, type Shop } from '../e2e/koo.ts'
import { runs, testWith } from '../e2e/programs.ts'
import { plant, sha256 } from './workshop.ts'

let shop: Shop
const bundle = 'dist/plumbline-fim_V2-1.tar.gz'
beforeAll(async () => {
  shop = await openShop()
  plant(join(shop.folder, 'examples/license'), {
    '.kooignore': '*.bak\n',
    'software/old.bak': 'old',
    'software/etc/.DS_Store': '',
    'notes.txt': 'notes',
    'more/deep/file': 'x',
  })
  expect((await shop.koo('pack', 'examples/license')).code).toBe(0)
})
afterAll(() => shop.close())

interface Listed {
  readonly path: string
  readonly kind: string
  readonly why: { readonly by: string }
}

/** Every file below a folder. */
function filesBelow(folder: string, inside = ''): readonly string[] {
  return readdirSync(join(folder, inside)).flatMap((name) => {
    const path = inside === '' ? name : `${inside}/${name}`
    return statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path]
  })
}

test('--list says of every file whether it is in or out, and why; nothing is written', async () => {
  const { code, stdout } = await shop.koo('pack', 'examples/license', '--list', '--json', '--out', 'none')
  expect(code).toBe(0)
  const [{ packed, left_out: left, name }] = (
    JSON.parse(stdout) as { products: [{ packed: readonly Listed[]; left_out: readonly Listed[]; name: string }] }
  ).products
  expect(name).toBe('plumbline-fim_V2-1.tar.gz')
  for (const path of filesBelow(join(shop.folder, 'examples/license'))) {
    const told = [...packed, ...left].filter((each) => each.path === path || path.startsWith(`${each.path}/`))
    expect([path, told.length]).toEqual([path, 1])
    expect(told[0]?.why.by).toMatch(/^(files|exclude|ignore|default|koo|manifest|nothing)$/)
  }
  const by = Object.fromEntries([...packed, ...left].map(({ path, why }) => [path, why.by]))
  expect(by).toMatchObject({
    'docs/eula.pdf': 'manifest',
    'software/install.sh': 'files',
    'software/tests': 'exclude',
    'software/old.bak': 'ignore',
    'software/etc/.DS_Store': 'default',
    'notes.txt': 'nothing',
    more: 'nothing',
  })
  expect(readdirSync(shop.folder).sort()).toEqual(['dist', 'examples'])
  const { stdout: text } = await shop.koo('pack', 'examples/license', '--list')
  expect(text).toMatch(/old\.bak .*\.kooignore:1: \*\.bak/)
  expect(text).toMatch(/install\.sh\* .*software\/\*\*/)
  expect(text).toContain('Left out:')
})

test('a bundle that was altered ends with 1 and names the entry; one that is missing, a folder or no bundle with 2', async () => {
  expect((await shop.koo('verify', bundle)).code).toBe(0)
  expect((await shop.koo('verify', 'dist/none.tar.gz')).code).toBe(2)
  mkdirSync(join(shop.folder, 'folder.zip'))
  expect((await shop.koo('verify', 'folder.zip')).code).toBe(2)
  expect((await shop.koo('verify', 'examples/license/koo.yaml')).code).toBe(2)
  cpSync(join(shop.folder, bundle), join(shop.folder, 'longer.tar.gz'))
  appendFileSync(join(shop.folder, 'longer.tar.gz'), Buffer.alloc(2_000_000))
  const { code, stdout } = await shop.koo('verify', 'longer.tar.gz', '--json')
  expect([code, JSON.parse(stdout)]).toMatchObject([
    1,
    { bundles: [{ valid: false, problems: [{ code: 'damaged' }] }] },
  ])
})

testWith('tar', ['--version'])(
  'an archive of GNU tar has no list, and a checksum beside it proves nothing of its making',
  async () => {
    runs('tar', ['czf', '../foreign.tar.gz', 'license'], join(shop.folder, 'examples'))
    const file = join(shop.folder, 'foreign.tar.gz')
    expect((await shop.koo('verify', 'foreign.tar.gz')).code).toBe(1)
    writeFileSync(`${file}.sha256`, `${sha256(readFileSync(file))}  foreign.tar.gz\n`)
    const { code, stdout } = await shop.koo('verify', 'foreign.tar.gz', '--json')
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { bundles: [{ problems: [{ code: 'no-list' }] }] }])
    writeFileSync(`${file}.sha256`, `${sha256('other')}  foreign.tar.gz\n`)
    expect((await shop.koo('verify', 'foreign.tar.gz')).code).toBe(1)
    writeFileSync(`${file}.sha256`, 'no digest\n')
    expect((await shop.koo('verify', 'foreign.tar.gz')).code).toBe(1)
  },
)
