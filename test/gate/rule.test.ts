/** What `koo validate` says of files that are secrets by their name. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { wholeManifest } from '../../src/check/examples.ts'
import { checkManifests } from '../../src/commands/manifests.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-names-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function told(more: string, paths: readonly string[]) {
  await rm(folder, { recursive: true, force: true })
  const files = nodeFiles(folder, () => 'x')
  const part = `delivery:\n  method: license\n  package:\n    files:\n      - app/**\n${more}`
  await files.write('koo.yaml', wholeManifest(part))
  for (const path of paths) await files.write(path, 'a\n')
  const [checked] = await checkManifests(files, ['.'])
  return (checked?.diagnostics ?? []).filter(({ code }) => code.startsWith('package')).map(({ message }) => message)
}

const allow = (...globs: readonly string[]) => `    allowSecrets:\n${globs.map((glob) => `      - ${glob}\n`).join('')}`

test('they are errors, unless they are left out or allowed', async () => {
  const message = '`app/.env` would be packed, and files of this name hold secrets: the settings of an environment.'
  expect(await told('', ['app/.env', 'app/run.sh', '.env'])).toEqual([message])
  expect(await told('    exclude:\n      - "**/.env"\n', ['app/.env', 'app/run.sh'])).toEqual([])
  expect(await told(allow('app/test/**', 'app/.env'), ['app/.env', 'app/test/id_rsa'])).toEqual([])
})

test('a glob that allows nothing is told, although the package has such files elsewhere', async () => {
  expect(await told(allow('app/keys/**'), ['app/run.sh', 'keys/id_rsa'])).toEqual([
    '`app/keys/**` matches no packed file, so it allows nothing.',
  ])
})

test('of very many, some are told and the rest is counted', async () => {
  const paths = Array.from({ length: 14 }, (_, index) => `app/${index}/.env`)
  const messages = await told('', paths)
  expect(messages).toHaveLength(10)
  expect(messages.at(-1)).toMatch(/There are 4 more such files\.$/)
})
