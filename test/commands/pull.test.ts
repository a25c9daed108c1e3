/** `koo pull`, against a real sandbox: what comes back, what is kept, and what is refused. */
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
// Loaded once, before two imports at the same time ask for it.
import 'undici'
import { edit, root } from '../e2e/koo.ts'
import { runKoo } from './in-process.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'koo-pull-'))
  await mkdir(join(home, 'shop'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const koo = (...argv: readonly string[]) =>
  runKoo({ folder: join(home, 'shop'), environment: { KOO_DATA: join(home, 'data'), HOME: home } }, ...argv)
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
  const pulled = await koo('pull', '--all', '--out', 'back')
  expect(pulled).toMatchObject({ code: 0, stdout: expect.stringContaining('6 pulled') })

  const plan = await koo('plan', 'back', '--json')
  expect(JSON.parse(plan.stdout).products.map(({ action }: { action: string }) => action)).toEqual(
    all.map(() => 'nothing'),
  )
  expect((await koo('validate', 'back')).code).toBe(0)
  const text = await readFile(inShop('back/plumbline-fim/koo.yaml'), 'utf8')
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/koo\.schema\.json\n/)
  expect(text).toContain('# Shown to buyers')

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
    const dry = await koo('pull', 'older', '--dry-run')
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('+  hours: never') })
    expect(await readFile(older(), 'utf8')).not.toContain('never')

    expect((await koo('pull', 'older')).code).toBe(0)
    const text = await readFile(older(), 'utf8')
    expect(text).toBe((await readFile(yaml(), 'utf8')).replace('koo: 1', 'koo: 1 # the format'))
  })

  test('that was changed in the same place is a conflict, until the marketplace may win', async () => {
    await edit(older(), /^ {2}hours: .*$/m, '  hours: always # ours')
    const before = await readFile(older(), 'utf8')
    const { code, stdout } = await koo('pull', 'older')
    expect({ code, stdout }).toMatchObject({ code: 4, stdout: expect.stringContaining('/support/hours') })
    expect(stdout).toContain('"never"')
    expect(await readFile(older(), 'utf8')).toBe(before)

    expect((await koo('pull', 'older', '--overwrite')).code).toBe(0)
    expect(await readFile(older(), 'utf8')).toContain('  hours: never # ours')
  })

  test('with another file is a conflict, and that file stays', async () => {
    await writeFile(inShop('older/logo.png'), 'mine')
    expect(await koo('pull', 'older')).toMatchObject({ code: 4, stdout: expect.stringContaining('logo.png') })
    expect(await readFile(inShop('older/logo.png'), 'utf8')).toBe('mine')
  })

  test('that is JSON stays JSON', async () => {
    const { parse } = await import('yaml')
    await writeFile(inShop('older/koo.json'), `${JSON.stringify(parse(await readFile(older(), 'utf8')), null, 4)}\n`)
    await rm(older())
    expect((await koo('pull', 'older')).code).toBe(0)
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
