/** Which passwords of the sandbox's pages are taken. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { passwordOf } from '../../src/commands/sandbox-password.ts'
import type { Event } from '../../src/model/event.ts'

let folder: string
let events: Event[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-password-'))
  events = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function given(content: string | Uint8Array, mode = 0o600) {
  await writeFile(join(folder, 'password'), content)
  await chmod(join(folder, 'password'), mode)
  const files = nodeFiles(folder, () => 'x')
  return passwordOf({ files, environment: {}, emit: (event) => events.push(event) }, 'password')
}

test('one line is the password, without its end', async () => {
  expect(await given('correct horse 电池\r\n')).toEqual({ password: 'correct horse 电池' })
  expect(await given('x'.repeat(4096))).toEqual({ password: 'x'.repeat(4096) })
  expect(events).toEqual([])
})

test.each([
  ['x'.repeat(4097), /more than 4096 bytes/],
  [Buffer.from([0x70, 0x61, 0x73, 0x73, 0x77, 0x6f, 0x72, 0x64, 0xff]), /not one line of text/],
  ['several words\nin two lines\n', /not one line of text/],
  ['short\n', /fewer than 8/],
])('what is not wholly taken is refused', async (content, message) => {
  await expect(given(content)).rejects.toMatchObject({ exit: 'usage', message: expect.stringMatching(message) })
})

const testWithModes = process.platform === 'win32' ? test.skip : test

testWithModes('a file that others may read is told', async () => {
  expect(await given('correct horse', 0o640)).toEqual({ password: 'correct horse' })
  expect(events).toMatchObject([{ is: 'notice', text: expect.stringContaining('Other users') }])
})
