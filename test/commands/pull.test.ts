/** `koo pull`, against a real sandbox: what comes back, what is kept, and what is refused. */
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
// Loaded once, before two imports at the same time ask for it.
import '../../src/adapters/http-images.ts'
import '../../src/adapters/http-marketplace.ts'
import { edit, root } from '../e2e/koo.ts'
import { crafted, file, link } from '../pack/crafted.ts'
import { example, openMarket } from '../publish/market.ts'
import { runKoo } from './in-process.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'koo-pull-'))
  await mkdir(join(home, 'shop'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const koo = (...argv: readonly string[]) =>
  runKoo({ folder: join(home, 'shop'), environment: { KOO_DATA: join(home, 'data'), HOME: home } }, ...argv)
/** The same marketplace from another machine, which remembers nothing. */
const colleague = (...argv: readonly string[]) =>
  runKoo(
    { folder: join(home, 'shop'), environment: { KOO_DATA: join(home, 'elsewhere'), HOME: home } },
    ...[...argv, '--data', join(home, 'data/sandbox')],
  )
const inShop = (...path: readonly string[]): string => join(home, 'shop', ...path)

async function withExamples(...names: readonly string[]): Promise<void> {
  for (const name of names) await cp(join(root, 'examples', name), inShop('examples', name), { recursive: true })
}

async function published(): Promise<void> {
  expect(await koo('publish', 'examples')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('bug') })
}

const all = await readdir(join(root, 'examples'))

test('the six examples come back as manifests that plan to nothing', async () => {
  await withExamples(...all)
  await published()
  await rm(inShop('examples'), { recursive: true })
  const pulled = await koo('pull', '--all', '--out', 'back')
  expect(pulled).toMatchObject({ code: 0, stdout: expect.stringContaining('6 pulled') })

  const plan = await koo('plan', 'back', '--json')
  expect(JSON.parse(plan.stdout).products.map(({ action }: { action: string }) => action)).toEqual(
    all.map(() => 'nothing'),
  )
  expect((await koo('validate', 'back')).code).toBe(0)
  const text = await readFile(inShop('back/plumbline-fim/koo.yaml'), 'utf8')
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/koo\.schema\.json\n/)
  expect(text).toContain('# What buyers see.')

  const again = await koo('pull', '--all', '--out', 'back', '--json')
  expect(JSON.parse(again.stdout).products.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
    all.map(() => 'unchanged'),
  )
  expect(await readdir(inShop('back'))).toHaveLength(6)
})

test('over the examples themselves, no byte changes', async () => {
  await withExamples(...all)
  await published()
  const { code, stdout } = await koo('pull', 'examples')
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('6 the same') })
  for (const name of all) {
    const [was, is] = [join(root, 'examples', name), inShop('examples', name)]
    expect(await readdir(is, { recursive: true })).toEqual(await readdir(was, { recursive: true }))
    expect(await readFile(join(is, 'koo.yaml'), 'utf8')).toBe(await readFile(join(was, 'koo.yaml'), 'utf8'))
  }
})

test('with --out, products come there also where they are here', async () => {
  await withExamples('consulting', 'saas')
  await published()
  const pulled = await koo('pull', '--all', '--out', 'back')
  expect(pulled).toMatchObject({ code: 0, stdout: expect.stringContaining('2 pulled') })
  const plan = await koo('plan', 'back')
  expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to send') })
  expect((await koo('pull', 'tideline-crm', '--out', 'back')).stdout).toContain('1 the same')
})

test('modes, links and empty folders of a package come back', async () => {
  await withExamples('license')
  await chmod(inShop('examples/license/software/install.sh'), 0o755).catch(() => {})
  await symlink('share/license-signing.pub', inShop('examples/license/software/key.pub'))
  await mkdir(inShop('examples/license/software/spool'))
  await published()
  expect((await koo('pull', 'examples')).stdout).toContain('1 the same')
  await rm(inShop('examples'), { recursive: true })
  expect((await koo('pull', 'plumbline-fim', '--out', 'back')).code).toBe(0)
  expect((await koo('plan', 'back', '--json')).stdout).toContain('"action": "nothing"')
  expect(await readlink(inShop('back/plumbline-fim/software/key.pub'))).toBe('share/license-signing.pub')
  expect((await lstat(inShop('back/plumbline-fim/software/spool'))).isDirectory()).toBe(true)
})

describe('a manifest that is here', () => {
  const yaml = (): string => inShop('examples/consulting/koo.yaml')
  const older = (): string => inShop('older/koo.yaml')

  beforeEach(async () => {
    await withExamples('consulting')
    await published()
    // A colleague's folder, with comments of their own, from before the next version.
    await cp(inShop('examples/consulting'), inShop('older'), { recursive: true })
    await edit(older(), 'koo: 1', 'koo: 1 # the format')
    await edit(yaml(), /version: V(\d+)\.(\d+)/, 'version: V9.0')
    await edit(yaml(), /^ {2}hours: .*$/m, '  hours: never')
    await published()
  })

  test('gets what was published elsewhere, and keeps its comments', async () => {
    const dry = await colleague('pull', 'older', '--dry-run')
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('+  hours: never') })
    expect(await readFile(older(), 'utf8')).not.toContain('never')

    expect((await colleague('pull', 'older')).code).toBe(0)
    const text = await readFile(older(), 'utf8')
    expect(text).toBe((await readFile(yaml(), 'utf8')).replace('koo: 1', 'koo: 1 # the format'))
  })

  test('that was changed in the same place is a conflict, until the marketplace may win', async () => {
    await edit(older(), /^ {2}hours: .*$/m, '  hours: always # ours')
    const before = await readFile(older(), 'utf8')
    const { code, stdout } = await colleague('pull', 'older')
    expect({ code, stdout }).toMatchObject({ code: 4, stdout: expect.stringContaining('/support/hours') })
    expect(stdout).toContain('"never"')
    expect(await readFile(older(), 'utf8')).toBe(before)

    expect((await colleague('pull', 'older', '--overwrite')).code).toBe(0)
    expect(await readFile(older(), 'utf8')).toContain('  hours: never # ours')
  })

  test('with another file is a conflict, and that file stays', async () => {
    await writeFile(inShop('older/logo.png'), 'mine')
    expect(await colleague('pull', 'older')).toMatchObject({ code: 4, stdout: expect.stringContaining('logo.png') })
    expect(await readFile(inShop('older/logo.png'), 'utf8')).toBe('mine')
  })

  test('that is JSON stays JSON', async () => {
    const { parse } = await import('yaml')
    await writeFile(inShop('older/koo.json'), `${JSON.stringify(parse(await readFile(older(), 'utf8')), null, 4)}\n`)
    await rm(older())
    expect((await colleague('pull', 'older')).code).toBe(0)
    const text = await readFile(inShop('older/koo.json'), 'utf8')
    expect(JSON.parse(text)).toEqual(parse(await readFile(yaml(), 'utf8')))
    expect(text).toContain('\n    "product": {\n        "key"')
  })

  test('can be brought to an older version', async () => {
    const version = /version: (V[\d.]+)/.exec(await readFile(older(), 'utf8'))?.[1] ?? ''
    expect((await koo('pull', 'examples', '--version', version)).code).toBe(0)
    expect(await readFile(yaml(), 'utf8')).toBe((await readFile(older(), 'utf8')).replace(' # the format', ''))
    expect(await koo('pull', 'examples', '--version', 'V7.7')).toMatchObject({ code: 2 })
  })
})

describe('a package', () => {
  const theirs = (...path: readonly string[]): string => inShop('examples/license', ...path)
  const here = (...path: readonly string[]): string => inShop('older', ...path)

  beforeEach(async () => {
    await withExamples('license')
    await published()
    await cp(theirs(), here(), { recursive: true })
    expect((await colleague('pull', 'older')).code).toBe(0)
    await edit(theirs('koo.yaml'), /version: V(\d+)\.(\d+)/, 'version: V9.0')
    await writeFile(theirs('software/install.sh'), '#!/bin/sh\necho new\n')
    await writeFile(theirs('docs/eula.pdf'), `${await readFile(theirs('docs/eula.pdf'), 'latin1')}\n`, 'latin1')
    await writeFile(theirs('software/etc/more.conf'), 'more = 1\n')
    await rm(theirs('software/systemd'), { recursive: true })
    await published()
  })

  test('that nobody changed here is what the release has: new, changed and removed files', async () => {
    const dry = await colleague('pull', 'older', '--dry-run')
    const said = 'removed here: software/systemd/plumbline.service, software/systemd/plumbline.timer.'
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining(said) })
    expect(await readdir(here('software'))).toContain('systemd')

    expect(await colleague('pull', 'older')).toMatchObject({ code: 0, stdout: expect.stringContaining(said) })
    expect(await readdir(here('software'))).not.toContain('systemd')
    expect(await readFile(here('software/etc/more.conf'), 'utf8')).toBe('more = 1\n')
    expect((await colleague('plan', 'older', '--json')).stdout).toContain('"action": "nothing"')
  })

  test('that was changed here in other files is merged', async () => {
    await writeFile(here('software/README.md'), 'Mine.\n')
    await writeFile(here('software/own.txt'), 'Mine.\n')
    const { code, stdout } = await colleague('pull', 'older')
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('here alone, which stays so: software/README.md.'),
    })
    expect(stdout).toContain('packed from here, so that the package is another one: software/own.txt.')
    expect(await readFile(here('software/README.md'), 'utf8')).toBe('Mine.\n')
    expect(await readFile(here('software/install.sh'), 'utf8')).toContain('echo new')
    expect(await readFile(here('docs/eula.pdf'))).toEqual(await readFile(theirs('docs/eula.pdf')))
    expect(await readdir(here('software'))).not.toContain('systemd')
  })

  test.each<[what: string, flags: readonly string[]]>([
    ['pull', []],
    ['dry run', ['--dry-run']],
  ])('that was changed in the same files is a conflict in these alone, for a %s', async (_, flags) => {
    await writeFile(here('software/install.sh'), '#!/bin/sh\necho mine\n')
    await writeFile(here('software/systemd/plumbline.timer'), '# mine\n')
    await writeFile(here('software/own.txt'), 'Mine.\n')
    const { code, stdout } = await colleague('pull', 'older', '--json', ...flags)
    expect(code).toBe(4)
    expect(JSON.parse(stdout).products[0].conflicts.map(({ path }: { path: string }) => path)).toEqual([
      'software/install.sh',
      'software/systemd/plumbline.timer',
    ])
    expect(await readFile(here('koo.yaml'), 'utf8')).not.toContain('V9.0')
    expect((await readdir(inShop())).sort()).toEqual(['examples', 'older'])
  })
})

test('what a pull that was killed has left is removed a day later, and never packed', async () => {
  await withExamples('license')
  await published()
  const day = Math.floor(Date.now() / (24 * 60 * 60 * 1000))
  const [old, fresh] = [`.koo-pull-${day - 2}-0a1b2c3d`, `.koo-pull-${day}-0a1b2c3d`]
  for (const name of [old, fresh]) {
    await mkdir(inShop('examples', name))
    await mkdir(inShop('examples/license/software', name))
    await writeFile(inShop('examples/license/software', name, 'half'), 'half')
  }
  await mkdir(inShop('examples/license', old))
  expect((await koo('pull', 'examples')).stdout).toContain('1 the same')
  expect((await readdir(inShop('examples'))).sort()).toEqual([fresh, 'license'])
  expect(await readdir(inShop('examples/license'))).not.toContain(old)
})

test('what was sent from here and waits for its review is not taken back', async () => {
  await withExamples('consulting')
  await published()
  await edit(inShop('examples/consulting/koo.yaml'), /version: V(\d+)\.(\d+)/, 'version: V9.0')
  const market = await koo('publish', 'examples', '--no-wait')
  expect(market.code).toBe(0)
  const { code, stdout } = await koo('pull', 'examples')
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 the same') })
  expect(await readFile(inShop('examples/consulting/koo.yaml'), 'utf8')).toContain('version: V9.0')
})

test('a link in the way is not written through', async () => {
  await withExamples('license')
  await published()
  await rm(inShop('examples'), { recursive: true })
  await mkdir(inShop('back/plumbline-fim'), { recursive: true })
  await mkdir(inShop('elsewhere'))
  await symlink(inShop('elsewhere'), inShop('back/plumbline-fim/docs'))
  const { code, stderr } = await koo('pull', 'plumbline-fim', '--out', 'back', '--overwrite')
  expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('in the way') })
  expect(await readdir(inShop('elsewhere'))).toEqual([])
  expect(await readdir(inShop('back/plumbline-fim'))).toEqual(['docs'])
})

test.each([
  ['a name that leads out', file('../evil.sh')],
  ['a link that leads out', link('software/out', '../../../etc')],
])('of a release whose bundle has %s nothing is written', async (_, entry) => {
  const market = await openMarket()
  try {
    const product = await example(market.files, 'license')
    const { bytes, filesSha256 } = await crafted('tar.gz', [entry])
    await market.sold(product, { bytes, filesSha256 })
    const folder = join(home, 'shop')
    const { code, stderr } = await runKoo(
      { folder, environment: { ...market.environment, KOO_DATA: home } },
      'pull',
      '--all',
    )
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('leads out of the folder') })
    expect(await readdir(home)).toEqual(['shop'])
    expect(await readdir(folder, { recursive: true })).toEqual([])
  } finally {
    await market.close()
  }
})

describe('what is asked for', () => {
  test('has to be there', async () => {
    expect(await koo('pull', 'no-such-product')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no product'),
    })
    expect((await koo('pull', 'a', '--all')).code).toBe(2)
    expect((await koo('pull')).code).toBe(2)
  })

  test('is told where it is here and not yet published', async () => {
    await withExamples('saas')
    expect(await koo('pull')).toMatchObject({ code: 0, stdout: expect.stringContaining('not published yet') })
  })
})
