/** `koo sandbox` as a process: faults from a file, a log of requests, and a colleague who edits. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openShop, type Shop, startSandbox } from './koo.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

test('faults of a file are told, and happen', async () => {
  await writeFile(join(shop.folder, 'faults.yaml'), 'faults:\n  - { fault: account, without: [publish] }\n')
  const sandbox = await startSandbox(shop, '--faults', 'faults.yaml', '--seed', '7', '--log', 'requests.ndjson')
  const run = await shop.kooWith(sandbox.environment, 'publish', 'examples/consulting')
  expect(run.code).toBe(3)
  const log = (await readFile(join(shop.folder, 'requests.ndjson'), 'utf8')).trimEnd().split('\n')
  expect(log.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ operation: 'ShowAccount' }))
})

test('a file of faults that is wrong is told with its line', async () => {
  await writeFile(join(shop.folder, 'faults.yaml'), 'faults:\n  - { fault: hang }\n  - { fault: hnag }\n')
  const run = await shop.koo('sandbox', '--port', '0', '--faults', 'faults.yaml')
  expect(run.code).toBe(2)
  expect(run.stderr).toContain('faults.yaml:3:14: There is no fault `hnag`; did you mean `hang`?')
  expect((await shop.koo('sandbox', '--port', '0', '--seed', '1')).code).toBe(2)
})

test('an edit as in the console is of the release on sale, and nothing of koo.yaml', async () => {
  expect((await shop.koo('publish', 'examples/consulting')).code).toBe(0)
  const path = join(shop.folder, 'examples/consulting/koo.yaml')
  const before = await readFile(path, 'utf8')
  const edit = await shop.koo('sandbox', 'edit', 'examples/consulting', '--set', '/product/overview=Edited elsewhere.')
  expect([edit.code, edit.stderr]).toEqual([0, expect.stringContaining('local sandbox')])
  expect(edit.stdout).toContain('edited on the marketplace')
  expect(await readFile(path, 'utf8')).toBe(before)
  expect((await shop.koo('publish', 'examples/consulting')).code).toBe(4)
  for (const wrong of [[], ['--set', 'overview=x'], ['--remove', 'overview'], ['--remove', '/product/nothing']]) {
    expect((await shop.koo('sandbox', 'edit', 'examples/consulting', ...wrong)).code).toBe(2)
  }
})
