/** The files a release names: only those of the product are written, and only into its folder. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { planFiles } from '../../src/publish/pulled-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/koo-pulled-`)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test.each([
  '../evil.minisig',
  'docs/../../evil.pdf',
  '/etc/evil',
  '.git/hooks/pre-commit',
  'docs/.GIT/config',
  './koo.yaml',
  'koo.schema.json',
  'KOO.config.yaml',
  'next/koo.yml',
  '.kooignore',
  '.koo-pull-1/x',
])('a release with the file %s is refused', async (path) => {
  const manifest = { product: { key: 'harbor-advice', logo: path }, delivery: { method: 'consulting' } }
  const tools = {
    files: nodeFiles(folder, () => 'temporary'),
    marketplace: { file: () => Promise.reject(new Error('Nothing is downloaded here.')) as never },
    stop: new AbortController().signal,
    overwrite: true,
  }
  const files = [{ path, sha256: 'a'.repeat(64), bytes: 4 }]
  const content = { releaseId: 'r', contentDigest: 'd', manifest, files }
  const run = planFiles(tools, '.', manifest, content, undefined)
  await expect(run).rejects.toMatchObject({ code: 'file-outside', exit: 'findings' })
})
