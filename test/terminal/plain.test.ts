/** koo where nobody can be asked: no terminal, a pipe that closes. */
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { koo, type Place, place, run, shell } from './terminal.ts'

let here: Place

beforeEach(async () => {
  here = await place()
})
afterEach(() => here.remove())

test('init without a method names the flag', async () => {
  const { code, stdout, stderr } = await run(here, ['init', 'shop'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('--method')
  for (const id of deliveryMethodIds) expect(stderr).toContain(id)
  expect(await readdir(here.folder)).toEqual([])
})

test('init without --yes names what is missing', async () => {
  const { code, stdout, stderr } = await run(here, ['init', 'shop', '--method', 'license'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/--key and --name .*\n.*--yes/)
  expect(await readdir(here.folder)).toEqual([])
})

test.each(deliveryMethodIds)('init --method %s --yes gives a sound start', async (method) => {
  const made = await run(here, ['init', 'shop', '--method', method, '--yes', '--json'])
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(made.stdout)).toMatchObject({ format: 1, folder: 'shop' })
  const { code, stdout } = await run(here, ['validate', 'shop', '--json'])
  expect(code).toBe(0)
  const { summary, diagnostics } = JSON.parse(stdout) as {
    readonly summary: { readonly errors: number; readonly warnings: number }
    readonly diagnostics: readonly { readonly code: string }[]
  }
  expect(summary.errors).toBe(0)
  expect(diagnostics.filter((each) => each.code === 'placeholder').length).toBeGreaterThan(0)
})

test('discontinuing wants --yes-discontinue', async () => {
  await run(here, ['init', 'shop', '--method', 'consulting', '--yes'])
  expect((await run(here, ['publish', 'shop'])).code).toBe(0)
  const { code, stderr } = await run(here, ['discontinue', 'shop'])
  expect(code).toBe(2)
  expect(stderr).toContain('--yes-discontinue shop')
  expect((await run(here, ['discontinue', 'shop', '--yes-discontinue', 'shop'])).code).toBe(0)
})

test('a reader that has seen enough is no error', async () => {
  await run(here, ['init', 'shop', '--method', 'consulting', '--yes'])
  await run(here, ['publish', 'shop', '--quiet'])
  const { stdout, stderr } = await shell(here, 'koo list --quiet | head -1; echo $PIPESTATUS')
  const [head, code] = stdout.trimEnd().split('\n')
  expect(head).toMatch(/^Product +Version/)
  expect({ code, stderr }).toEqual({ code: '0', stderr: '' })
})

test.each([
  ['explain', '--all'],
  ['schema', '--json'],
])('a reader that never read is no error: koo %s %s', async (...args) => {
  const child = spawn(process.execPath, [koo, ...args], {
    cwd: here.folder,
    env: here.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect({ code, stderr: Buffer.concat(errors).toString() }).toEqual({ code: 0, stderr: '' })
})
