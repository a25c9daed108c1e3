/** `--debug` and KOO_DEBUG show requests on standard error, change nothing on standard output, and give no secret away. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { runKoo } from './in-process.ts'

let folder: string
let sandbox: Sandbox
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-debug-'))
  const randomness = { uuid: () => randomUUID(), hex: (bytes: number) => randomBytes(bytes).toString('hex') }
  const clock = { now: () => Date.now(), sleep: async () => {} }
  sandbox = await startSandbox({ port: 0, data: folder, review: 'auto', reviewDelay: 0, clock, randomness })
})
afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

function list(own: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const { accessKey, secretKey } = sandbox.credentials
  const environment = {
    ...{ KOO_MARKETPLACE: sandbox.url, HUAWEICLOUD_SDK_AK: accessKey, HUAWEICLOUD_SDK_SK: secretKey },
    ...own,
  }
  return runKoo({ folder, environment }, 'list', ...flags)
}

test.each([
  ['--debug', {}, ['--debug']],
  ['--debug beside --quiet and --json', {}, ['--debug', '--quiet', '--json']],
  ['KOO_DEBUG=1', { KOO_DEBUG: '1' }, []],
])('%s shows every request', async (_, own, flags) => {
  const plain = await list({}, ...flags.filter((flag) => flag !== '--debug'))
  const shown = await list(own, ...flags)
  expect(plain).toMatchObject({ code: 0, stderr: '' })
  expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 0, stdout: plain.stdout })
  expect(plain.stderr).not.toMatch(/debug:/)
  expect(shown.stderr).toMatch(
    /^debug: GET 127\.0\.0\.1:\d+\/v1\/products\?limit=200 → 200, \d+ ms, 0 B sent, \d+ B received, attempt 1/m,
  )
  const { accessKey, secretKey } = sandbox.credentials
  for (const secret of [accessKey, secretKey, 'Signature=']) expect(shown.stderr).not.toContain(secret)
})

test('a refusal is shown too', async () => {
  const { code, stderr } = await list({ HUAWEICLOUD_SDK_SK: 'not-the-key' }, '--debug')
  expect(code).toBe(3)
  expect(stderr).toMatch(/→ 401, .*attempt 1(, request \S+)?$/m)
  expect(stderr).not.toContain('not-the-key')
})
