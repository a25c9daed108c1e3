/** Bundles from a marketplace: what koo packed is unpacked as it was, and nothing that would write anywhere else is. */
import { lstat, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import type { BundleEntry, BundleFormat } from '../../src/model/bundle.ts'
import { unpack } from '../../src/pack/unpack.ts'
import { crafted, file, link } from './crafted.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-unpack-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function bundled(format: BundleFormat, entries: readonly BundleEntry[]) {
  const { bytes, filesSha256 } = await crafted(format, entries)
  const path = join(folder, `k_V1-0.${format}`)
  await writeFile(path, bytes)
  return { path, expected: filesSha256 }
}

const stop = new AbortController().signal
const files = nodeFiles('/', () => 'temporary')

const unpacked = async (format: BundleFormat, entries: readonly BundleEntry[], other?: string): Promise<void> => {
  const { path, expected } = await bundled(format, entries)
  await unpack(files, path, join(folder, 'out'), { expected: other ?? expected, stop })
}

describe.each<BundleFormat>(['tar', 'tar.gz', 'zip'])('a bundle in the format %s', (format) => {
  test('is unpacked with modes, links and empty folders', async () => {
    const entries = [
      file('a/run.sh', 0o755),
      file('b.txt'),
      link('c', 'a/run.sh'),
      { path: 'd', folder: true as const },
    ]
    await unpacked(format, entries)
    expect((await readdir(join(folder, 'out'), { recursive: true })).sort()).toEqual([
      'a',
      'a/run.sh',
      'b.txt',
      'c',
      'd',
    ])
    expect(await readFile(join(folder, 'out/a/run.sh'), 'utf8')).toBe('echo hello\n')
    expect((await lstat(join(folder, 'out/a/run.sh'))).mode & 0o111).toBe(0o111)
    expect((await lstat(join(folder, 'out/b.txt'))).mode & 0o111).toBe(0)
    expect(await readlink(join(folder, 'out/c'))).toBe('a/run.sh')
  })

  test.each<[what: string, entries: readonly BundleEntry[]]>([
    ['a name that leads out', [file('../evil.sh')]],
    ['an absolute name', [file('/tmp/koo-evil.sh')]],
    ['a name with a part that leads out', [file('a/../../evil.sh')]],
    ['a link to an absolute place', [link('a', '/etc')]],
    ['a link that leads out', [link('a/b', '../../etc')]],
    ['a file below a link', [link('a', 'b'), file('a/evil.sh'), file('b/x')]],
    ['a link that leads out by another', [file('d/e/x'), link('d/e/up', '../..'), link('z', 'd/e/up/../etc')]],
    ['a hook of git', [file('.git/hooks/pre-commit', 0o755)]],
    ['a hook of git, where case does not count', [file('a/.GIT/hooks/pre-commit', 0o755)]],
    ['a folder of git under another name of Windows', [file('GIT~1./config')]],
    ['a link for a folder of git', [file('x'), link('.git', 'x')]],
    ['a folder of a pull', [file('.koo-pull-1-ab/files/x')]],
    ['a name twice', [file('a'), file('a')]],
  ])('is not, with %s', async (_, entries) => {
    await expect(unpacked(format, entries)).rejects.toMatchObject({ code: 'bundle-unfit', exit: 'findings' })
    expect(await readdir(folder)).toEqual([`k_V1-0.${format}`])
  })

  test('is not where its files are others than those of the release, or a byte is', async () => {
    await expect(unpacked(format, [file('a')], 'f'.repeat(64))).rejects.toMatchObject({ code: 'bundle-unfit' })
    const { path, expected } = await bundled(format, [file('a')])
    const bytes = await readFile(path)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1
    await writeFile(path, bytes)
    const run = unpack(files, path, join(folder, 'out'), { expected, stop })
    await expect(run).rejects.toMatchObject({ code: 'bundle-unfit' })
    expect(await readdir(folder)).toEqual([`k_V1-0.${format}`])
  })
})
