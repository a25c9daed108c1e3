/** Files and bundles larger than four and eight gigabytes, without writing any: the records that say so. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { extract } from 'tar-stream'
import { fromBufferPromise } from 'yauzl'
import { Reading } from '../../src/pack/reading.ts'
import { tarHeader } from '../../src/pack/tar.ts'
import { TarReader } from '../../src/pack/tar-reader.ts'
import { centralHeader, descriptor, localHeader, type ZipEntry, zipEnd, zipMethods } from '../../src/pack/zip.ts'
import { runs, testWith } from '../e2e/programs.ts'
import { archived, fileEntry, stepsOf, temporaryFolder, verifiedBytes } from './workshop.ts'

const GiB = 1024 ** 3
const time = 1_700_000_000
const sizes = [4 * GiB - 1, 4 * GiB, 8 * GiB - 1, 8 * GiB, 9 * GiB + 17, 2 ** 50 + 1]

let home: string
beforeAll(() => {
  home = temporaryFolder()
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

function header(bytes: number): Buffer {
  return tarHeader({ is: 'file', path: 'software/large.img', bytes, mode: 0o644 }, time)
}

test.each(sizes)('tar-stream and koo read a tar header of %d bytes', async (bytes) => {
  const tar = extract()
  const read = new Promise<unknown>((resolve) =>
    tar.once('entry', ({ size, name, mode }) => resolve({ size, name, mode })),
  )
  tar.write(Buffer.concat([header(bytes), Buffer.alloc(1024)]))
  expect(await read).toEqual({ size: bytes, name: 'software/large.img', mode: 0o644 })
  tar.on('error', () => {}).destroy()
  const reading = new Reading()
  new TarReader(reading).feed(header(bytes))
  expect([reading.current, reading.isOpen, reading.oddities]).toEqual(['software/large.img', true, []])
})

for (const program of ['tar', 'bsdtar']) {
  testWith(program, ['--version'])(`${program} reads headers of more than 8 GiB`, () => {
    for (const bytes of sizes) {
      const file = join(home, 'head.tar')
      writeFileSync(file, Buffer.concat([header(bytes), Buffer.alloc(512)]))
      const { stdout } = runs(program, ['tvf', file], home)
      expect(stdout).toContain(` ${bytes} `)
    }
  })
}

function zipped(more: Partial<ZipEntry>): ZipEntry {
  const entry = { is: 'file', path: 'large.img', bytes: more.bytes ?? 1, mode: 0o644 } as const
  return { entry, method: zipMethods.deflated, crc32: 1, compressed: 1, bytes: 1, offset: 0, streamed: true, ...more }
}

/** What yauzl finds in a directory that stands alone; offsets are as they are said. */
async function listed(entries: readonly ZipEntry[]) {
  const central = entries.map((each) => centralHeader(each, time))
  const bytes = Buffer.concat([...central, zipEnd(entries.length, Buffer.concat(central).length, 0)])
  const found = []
  for await (const each of (await fromBufferPromise(bytes)).eachEntry()) {
    found.push({
      bytes: each.uncompressedSize,
      compressed: each.compressedSize,
      offset: each.relativeOffsetOfLocalHeader,
    })
  }
  return found
}

test('yauzl reads sizes and offsets beyond 4 GiB in the directory of a zip', async () => {
  const cases = [
    { bytes: 5 * GiB, compressed: 6000, offset: 10 },
    { bytes: 5 * GiB, compressed: 5 * GiB + 700, offset: 0 },
    { bytes: 1000, compressed: 900, offset: 7 * GiB },
    { bytes: 4 * GiB - 1, compressed: 4 * GiB - 2, offset: 4 * GiB - 1 },
    { bytes: 9 * GiB, compressed: 9 * GiB, offset: 9 * GiB },
    { bytes: 1, compressed: 1, offset: 4 * GiB - 2 },
  ]
  expect(await listed(cases.map(zipped))).toEqual(cases)
})

test('the local header and the record after the content have room for eight bytes where they may be needed', () => {
  const large = zipped({ bytes: 5 * GiB, compressed: 3 * GiB })
  const local = localHeader(large, time)
  expect([local.readUInt16LE(4), local.readUInt32LE(18), local.readUInt32LE(22)]).toEqual([45, 0xffffffff, 0xffffffff])
  expect([local.readUInt16LE(39), local.readUInt16LE(41)]).toEqual([1, 16])
  expect(descriptor(large)).toHaveLength(24)
  // Just below, where what deflate adds could make it too much.
  expect(descriptor(zipped({ bytes: 4 * GiB - 2000, compressed: 4 * GiB - 1 }))).toHaveLength(24)
  expect(descriptor(zipped({ bytes: GiB, compressed: GiB }))).toHaveLength(16)
})

test('the end of a zip has a zip64 part exactly where four or two bytes do not suffice', () => {
  expect(zipEnd(65_534, 1000, 1000)).toHaveLength(22)
  for (const [count, size, offset] of [
    [65_535, 1000, 1000],
    [1, 5 * GiB, 1000],
    [1, 1000, 5 * GiB],
  ] as const) {
    const end = zipEnd(count, size, offset)
    expect(end).toHaveLength(98)
    expect([end.readBigUInt64LE(32), end.readBigUInt64LE(40), end.readBigUInt64LE(48)]).toEqual(
      [count, size, offset].map(BigInt),
    )
    expect(end.readBigUInt64LE(64)).toBe(BigInt(size + offset))
  }
})

test('70,000 entries in a zip', async () => {
  const steps = stepsOf(Array.from({ length: 70_000 }, (_, index) => fileEntry(`f/${index}`, '')))
  const bytes = await archived(steps, 'zip')
  const file = join(home, 'many.zip')
  writeFileSync(file, bytes)
  // koo itself reads it to its end, and misses only the list.
  expect((await verifiedBytes(bytes, 'zip')).problems.map(({ code }) => code)).toEqual(['no-list'])
  const programs: readonly (readonly [program: string, args: readonly string[]])[] = [
    ['unzip', ['-Z1', file]],
    ['bsdtar', ['-tf', file]],
    ['python3', ['-c', 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))', file]],
  ]
  for (const [program, args] of programs) {
    const { code, stdout } = runs(program, args, home)
    // Missing programs are skipped in readers.test.ts, where it shows.
    if (code !== null) expect([program, stdout.trim().split('\n').length]).toEqual([program, 70_000])
  }
})
