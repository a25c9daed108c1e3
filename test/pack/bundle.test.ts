/** Bundles: the same files give the same bytes, and a tar reader finds what the list of contents says. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { extract } from 'tar-stream'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { checkManifest } from '../../src/commands/manifests.ts'
import { startRun } from '../../src/commands/run.ts'
import { measure, pack } from '../../src/pack/bundle.ts'
import { packageContents } from '../../src/pack/contents.ts'
import type { Files } from '../../src/ports.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'koo-pack-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const long = `${'very-'.repeat(30)}long-name.txt`

/** The same product, with the files made in the order, with the times and the modes given. */
async function product(name: string, order: readonly number[], time: number, others: number) {
  const folder = join(home, name)
  const contents: readonly (readonly [string, string])[] = [
    ['software/bin/harbor', '#!/bin/sh\necho harbor\n'],
    ['software/share/Ünïcode 名.txt', 'wide\n'],
    [`software/share/${long}`, 'long\n'],
    ['software/empty', ''],
    ['software/large.bin', 'x'.repeat(3_000_000)],
    ['software/notes.log', 'left out\n'],
  ]
  for (const index of order) {
    const [path = '', text = ''] = contents[index] ?? []
    const file = join(folder, path)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, text)
    await chmod(file, (path.includes('/bin/') ? 0o700 : 0o600) | others)
    await utimes(file, time, time)
  }
  const golden = join(import.meta.dirname, '../check/golden/package-empty')
  const manifest = (await readFile(join(golden, 'koo.yaml'), 'utf8')).replace(
    "['sofware/**']",
    "['software/**']\n    exclude: ['**/*.log']",
  )
  await writeFile(join(folder, 'koo.yaml'), manifest)
  await writeFile(join(folder, 'logo.png'), await readFile(join(golden, 'logo.png')))
  const files = nodeFiles(folder, () => 'temporary')
  const checked = await checkManifest(startRun(files), 'koo.yaml')
  if (checked.manifest === undefined) throw new Error(JSON.stringify(checked.diagnostics))
  return { files, folder, packable: { manifest: checked.manifest, folder: '.' } }
}

test('the same files give the same bytes, whatever their times, modes and order', async () => {
  const one = await product('one', [0, 1, 2, 3, 4, 5], 1_000_000_000, 0)
  const two = await product('two', [5, 4, 3, 2, 1, 0], 1_700_000_000, 0o055)
  const [a, b] = [await pack(one.files, one.packable, 'out'), await pack(two.files, two.packable, 'out')]
  expect(a.sha256).toBe(b.sha256)
  expect(await readFile(join(one.folder, a.path))).toEqual(await readFile(join(two.folder, b.path)))
  expect((await measure(one.files, one.packable)).contentSha256).toBe(a.contentSha256)
})

test('a tar reader finds what the bundle’s own list says', async () => {
  const { files, folder, packable } = await product('one', [0, 1, 2, 3, 4, 5], 1_000_000_000, 0)
  const bundle = await pack(files, packable, 'out')
  const bytes = await readFile(join(folder, bundle.path))
  expect([bundle.bytes, bundle.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
  expect(await readFile(join(folder, `${bundle.path}.sha256`), 'utf8')).toBe(
    `${bundle.sha256}  harbor-crm_V1-2.tar.gz\n`,
  )
  const found = new Map<string, { readonly mode: number | undefined; readonly text: Buffer }>()
  const tar = createReadStream(join(folder, bundle.path)).pipe(createGunzip()).pipe(extract())
  for await (const entry of tar) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    found.set(entry.header.name, { mode: entry.header.mode, text: Buffer.concat(chunks) })
    expect([entry.header.uid, entry.header.gid, entry.header.mtime?.getTime()]).toEqual([0, 0, 0])
  }
  const listed = JSON.parse(String(found.get('koo-bundle.json')?.text)) as {
    entries: { path: string; sha256: string }[]
  }
  expect(listed).toMatchObject({
    format: 1,
    key: 'harbor-crm',
    version: 'V1.2',
    method: packable.manifest.delivery.method,
  })
  expect([...found.keys()]).toEqual([...listed.entries.map(({ path }) => path), 'koo-bundle.json'])
  expect([...found.keys()]).not.toContain('software/notes.log')
  for (const { path, sha256 } of listed.entries) {
    expect(
      createHash('sha256')
        .update(found.get(path)?.text ?? '')
        .digest('hex'),
    ).toBe(sha256)
  }
  expect(found.get('software/bin/harbor')?.mode).toBe(0o755)
  expect(found.get('software/empty')?.mode).toBe(0o644)
})

test.each([
  ['grows', 10],
  ['shrinks', -10],
])('a file that %s while it is packed is an error, and nothing is left behind', async (_, by) => {
  const { files, folder, packable } = await product('one', [0, 1, 2, 3, 4], 1_000_000_000, 0)
  const moving: Files = {
    ...files,
    entry: async (path) => {
      const entry = await files.entry(path)
      return path.endsWith('large.bin') ? { ...entry, bytes: entry.bytes - by } : entry
    },
  }
  await expect(pack(moving, packable, 'out')).rejects.toMatchObject({ code: 'file-changed' })
  expect(await readdir(join(folder, 'out'))).toEqual([])
})

test('a glob that takes everything in leaves out the bundles of before', async () => {
  const { files, packable } = await product('one', [0, 1, 2, 3, 4, 5], 1_000_000_000, 0)
  const { delivery } = packable.manifest
  const everything = { ...packable.manifest, delivery: { ...delivery, package: { files: ['**'] } } }
  const first = await pack(files, { ...packable, manifest: everything }, 'dist')
  const second = await pack(files, { ...packable, manifest: everything }, 'dist')
  expect(second.sha256).toBe(first.sha256)
  expect(first.entries.map(({ path }) => path)).toContain('software/notes.log')
})

test('no glob reaches out of the product’s folder', async () => {
  const { files, folder } = await product('one', [0], 1_000_000_000, 0)
  await writeFile(join(folder, '../secret.txt'), 'no')
  const globs = ['../*.txt', 'software/../../*.txt', join(folder, '../*.txt'), 'software/**']
  const contents = await packageContents(files, { delivery: { package: { files: globs } } }, '.')
  expect(contents).toMatchObject({ files: ['software/bin/harbor'], links: [] })
})
