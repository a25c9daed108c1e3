/** The same product gives the same bytes, whatever the machine, the clock and the order of things. */
import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  archived,
  fileEntry,
  formats,
  noise,
  packed,
  packedAll,
  plant,
  prose,
  seeded,
  sha256,
  stepsOf,
  temporaryFolder,
} from './workshop.ts'

let home: string
beforeAll(() => {
  home = temporaryFolder()
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const contents: readonly (readonly [path: string, content: string | Uint8Array, isScript?: true])[] = [
  ['software/bin/harbor', '#!/bin/sh\necho harbor\n', true],
  ['software/share/Ünïcode 名.txt', 'wide\n'],
  ['software/share/text.log', prose(3_000_000)],
  ['software/share/picture.bin', noise(1_300_000)],
  ['software/share/half.bin', Buffer.concat([noise(700_000, 2), Buffer.from(prose(700_000))])],
  ['software/empty', ''],
  ...Array.from({ length: 40 }, (_, index) => [`software/many/${index}.txt`, prose(index * 97)] as const),
]

/** The same files, made in another order, with other times and modes of group and others. */
function product(name: string, seed: number): string {
  const folder = join(home, name)
  const chance = seeded(seed)
  const order = contents.map((each) => ({ each, at: chance(1e9) })).sort((a, b) => a.at - b.at)
  for (const { each } of order) {
    const [path, content, isScript] = each
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    const modes = isScript ? [0o700, 0o755, 0o775, 0o500] : [0o600, 0o644, 0o664, 0o444]
    chmodSync(file, modes[chance(4)] ?? 0)
    utimesSync(file, chance(1e9), 1e9 + chance(6e8))
  }
  return folder
}

test('other folders, times, modes, orders and numbers of processors give the same bytes', async () => {
  const all = []
  for (const [index, processors] of [1, 2, 8].entries()) {
    all.push(await packedAll(product(`one-${index}`, index), { processors }))
  }
  const [first = [], ...others] = all.map((bundles) => bundles.map(({ file: _, ...told }) => told))
  for (const other of others) expect(other).toEqual(first)
  expect(new Set(first.map(({ contentSha256 }) => contentSha256)).size).toBe(1)
  expect(new Set(first.map(({ filesSha256 }) => filesSha256)).size).toBe(1)
})

test('the time set changes the times in a bundle and its digest, and nothing else', async () => {
  const folder = product('timed', 7)
  for (const format of formats) {
    const plain = await packed(folder, { format })
    const bytes = readFileSync(plain.file)
    const timed = await packed(folder, { format, time: 1_700_000_000 })
    expect(timed.sha256).not.toBe(plain.sha256)
    expect(timed.contentSha256).not.toBe(plain.contentSha256)
    expect([timed.filesSha256, timed.entries]).toEqual([plain.filesSha256, plain.entries])
    if (format === 'tar') expect(differInTimes(bytes, readFileSync(timed.file))).toBe(true)
  }
})

/** Whether two tars differ in nothing but the time and checksum fields of headers, and in their lists. */
function differInTimes(one: Buffer, other: Buffer): boolean {
  const list = one.lastIndexOf('koo-bundle.json\0')
  for (let at = 0; at < list; at += 512) {
    const [a, b] = [Buffer.from(one.subarray(at, at + 512)), Buffer.from(other.subarray(at, at + 512))]
    if (a.equals(b)) continue
    for (const block of [a, b]) block.fill(0, 136, 156)
    if (!a.equals(b) || a.toString('latin1', 257, 262) !== 'ustar') return false
  }
  return true
}

test('a known tree gives known bytes: a change of the format does not go unnoticed', async () => {
  const folder = join(home, 'fixed')
  plant(folder, {
    'software/bin/run': { script: '#!/bin/sh\n' },
    'software/current': { link: 'bin/run' },
    'software/nothing': { folder: true },
    'software/noise': noise(300),
    'software/名': 'x',
  })
  const [gzip, zip, tar] = await packedAll(folder)
  expect({ tar: tar?.sha256, content: gzip?.contentSha256, files: zip?.filesSha256 }).toEqual({
    tar: '197b5bc44dddc87b78230b716ba488a00b3b77e5235f3d29ac6435046466d166',
    content: '197b5bc44dddc87b78230b716ba488a00b3b77e5235f3d29ac6435046466d166',
    files: 'd73fb3111c85850c565258348f21d49c1cf51a20daff382adfabe819843977a6',
  })
})

test('a zip of what no compressor makes smaller has known bytes as well', async () => {
  const steps = stepsOf([
    [{ is: 'folder', path: 'nothing' }],
    fileEntry('名', 'x'),
    fileEntry('noise', noise(200_000), 0o755),
    fileEntry('large', noise(600_000)),
    [{ is: 'link', path: 'now', target: '名' }],
  ])
  expect(sha256(await archived(steps, 'zip'))).toBe('472ff73a52c0f17f4674f1b4873eea5bb356b0f211024edd0cc78a9b29c8bbf1')
})
