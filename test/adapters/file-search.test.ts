/** Globs find what another matcher finds. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { glob } from 'tinyglobby'
import { filesMatching, filesNamed } from '../../src/adapters/file-search.ts'

let folder: string
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'koo-search-')), 'shop')
  const paths = [
    ...['koo.yaml', 'a/koo.yaml', 'a/b/koo.yml', 'a/b/c.txt', '.hidden/koo.yaml', 'a/.env', '漢/koo.yaml'],
    ...['node_modules/x/koo.yaml', 'a/node_modules/koo.yaml', '../outside.txt', 'a b/koo.yaml', '[x]/koo.yaml'],
  ]
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), '')
  }
  await symlink('a', join(folder, 'linked'))
})
afterAll(() => rm(dirname(folder), { recursive: true }))

test.each([
  [['**/koo.yaml'], []],
  [['**/koo.yaml'], ['**/node_modules/**']],
  [['*/koo.yaml'], []],
  [['a/*'], []],
  [['a/**'], ['**/*.txt']],
  [['a'], []],
  [['a/koo.yaml', 'nothing.yaml'], []],
  [['{a,.hidden}/koo.yaml'], []],
  [['{a/b,.hidden}/koo.*'], []],
  [['a/**/*.{yaml,yml}', 'koo.*'], []],
  [['../*.txt'], []],
  [['./a/*.yaml'], []],
  [['**'], ['a/**', 'node_modules/**']],
  [['**/.*'], []],
  [['*'], []],
  [['a b/*'], []],
  [['漢/*'], []],
  [['linked/*'], []],
])('%j without %j', async (patterns, ignore) => {
  const options = { dot: true, expandDirectories: false, followSymbolicLinks: false }
  const expected = await glob(patterns, { cwd: folder, ignore, ...options })
  expect(await filesMatching(folder, patterns, ignore)).toEqual(expected.map((each) => each.normalize()).sort())
})

test('by name, without what others wrote', () => {
  expect(filesNamed(folder, ['koo.yaml', 'koo.yml'])).toEqual(
    ['.hidden/koo.yaml', '[x]/koo.yaml', 'a b/koo.yaml', 'a/b/koo.yml', 'a/koo.yaml', 'koo.yaml', '漢/koo.yaml'].sort(),
  )
})
