/** Which program opens the user's browser, and what is said where none does. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openInBrowser } from '../../src/adapters/browser.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-browser-'))
  for (const [name, code] of [
    ['xdg-open', 0],
    ['open', 0],
    ['mine', 0],
    ['broken', 3],
  ] as const) {
    const log = join(folder, 'log')
    await writeFile(join(folder, name), `#!/bin/sh\necho "${name} $* $HUAWEICLOUD_SDK_SK" >> "${log}"\nexit ${code}\n`)
    await chmod(join(folder, name), 0o755)
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const url = 'http://127.0.0.1:8000/'

async function opened(environment: object, platform: string): Promise<readonly [string | undefined, string]> {
  await writeFile(join(folder, 'log'), '')
  const keys = { HUAWEICLOUD_SDK_SK: 'a-secret' }
  const why = await openInBrowser(url, { PATH: folder, ...keys, ...environment }, platform)
  return [why, await readFile(join(folder, 'log'), 'utf8')]
}

test.each([
  ['linux', {}, `xdg-open ${url} \n`],
  ['darwin', {}, `open ${url} \n`],
  ['linux', { BROWSER: 'mine' }, `mine ${url} \n`],
  ['darwin', { BROWSER: '' }, `open ${url} \n`],
])('on %s with %j, without the seller’s keys', async (platform, environment, log) => {
  expect(await opened(environment, platform)).toEqual([undefined, log])
})

test('BROWSER may be a path', async () => {
  expect(await opened({ BROWSER: join(folder, 'mine') }, 'linux')).toEqual([undefined, `mine ${url} \n`])
})

test('what cannot be opened is told', async () => {
  expect(await opened({ BROWSER: 'none' }, 'linux')).toEqual(['there is no program none', ''])
  expect(await opened({ BROWSER: 'broken' }, 'linux')).toEqual(['broken ended with 3', `broken ${url} \n`])
  expect(await opened({ PATH: '/nowhere' }, 'linux')).toEqual(['there is no program xdg-open', ''])
  expect((await opened({ BROWSER: join(folder, 'absent') }, 'linux'))[0]).toContain('cannot be run')
})
