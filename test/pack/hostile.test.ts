/** Whatever lies in a file, `koo verify` gives a verdict: no other error, no endless work, no memory without bounds. */
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { constants, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listAtEnd } from '../../src/pack/list-at-end.ts'
import { DamagedArchive, Reading } from '../../src/pack/reading.ts'
import { tarHeader } from '../../src/pack/tar.ts'
import { TarReader } from '../../src/pack/tar-reader.ts'
import { centralHeader, localHeader, zipEnd, zipMethods } from '../../src/pack/zip.ts'
import { readZip } from '../../src/pack/zip-reader.ts'
import type { Files } from '../../src/ports.ts'
import {
  archived,
  fileEntry,
  formats,
  noise,
  packed,
  plant,
  prose,
  seeded,
  sha256,
  stepsOf,
  temporaryFolder,
  verifiedBytes,
} from './workshop.ts'

let home: string
let tar: Buffer
let zip: Buffer
beforeAll(async () => {
  home = temporaryFolder()
  plant(home, {
    'software/a.txt': prose(900),
    [`software/${'l'.repeat(150)}`]: 'long\n',
    'software/名': 'wide\n',
    'software/m': { folder: true },
    'software/n': { link: 'a.txt' },
  })
  tar = readFileSync((await packed(home, { format: 'tar' })).file)
  zip = readFileSync((await packed(home, { format: 'zip' })).file)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Numbers that are likely to upset a reader. */
const unkind = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x30, 0x37, 0x3d]

function mutated(bytes: Buffer, chance: (below: number) => number): Buffer {
  let result = Buffer.from(bytes)
  for (let left = 1 + chance(4); left > 0; left -= 1) {
    const at = chance(result.length)
    const length = 1 + chance(12)
    switch (chance(5)) {
      case 0:
        result.fill(unkind[chance(unkind.length)] ?? 0, at, Math.min(result.length, at + length))
        break
      case 1:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)])
        break
      case 2:
        result = Buffer.concat([result.subarray(0, at), noise(length, at), result.subarray(at)])
        break
      case 3:
        result.copyWithin(at, chance(result.length), chance(result.length))
        break
      default:
        result.writeUInt8(chance(256), at)
    }
  }
  return result
}

/** The header of the first entry with a field written anew, its checksum put right. */
function withField(at: number, field: Buffer): Buffer {
  const result = Buffer.from(tar)
  field.copy(result, at)
  result.fill(' ', 148, 156)
  const sum = result.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  result.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return result
}

function readsTar(bytes: Buffer, step: number): void {
  const reading = new Reading()
  const reader = new TarReader(reading)
  try {
    for (let at = 0; at < bytes.length; at += step) reader.feed(bytes.subarray(at, at + step))
    reader.finish()
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error
  }
}

async function readsZip(bytes: Buffer): Promise<Reading> {
  const reading = new Reading()
  const files = { slice: async (_: string, start: number, end: number) => bytes.subarray(start, end) }
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700)
  })()
  try {
    const taken = { files: files as Partial<Files> as Files, path: 'a.zip', bytes: bytes.length, chunks }
    await readZip(taken, reading, createHash('sha256'))
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error
  }
  return reading
}

const many = Number(process.env.KOO_FUZZ ?? 800)

test('mutated tars are damaged, or read', () => {
  const chance = seeded(1)
  for (let round = 0; round < many; round += 1) readsTar(mutated(tar, chance), 1 + chance(2000))
})

test('unkind sizes, times and modes in tar headers', () => {
  const sizes = [
    Buffer.from([0x80, ...Buffer.alloc(11, 0xff)]),
    Buffer.from([0x80, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 1]),
    Buffer.from('777777777777'),
    Buffer.from('-0000000001\0'),
  ]
  for (const size of sizes) readsTar(withField(124, size), 512)
  readsTar(withField(136, Buffer.from('777777777777')), 512)
  readsTar(withField(100, Buffer.from('77777777')), 512)
  for (const type of ['1', '3', '6', 'g', 'x', 'L', 'S', '\0']) readsTar(withField(156, Buffer.from(type)), 512)
})

test('unkind pax headers', () => {
  const at = tar.indexOf('PaxHeaders')
  for (const text of [
    '9 size=-1\n',
    '12 size=1e99\n',
    '14 size=Infinity\n',
    '10 size=NaN',
    '99999999 path=x\n',
    '0 path=\n',
    '\0',
    ' ',
    '9 size=\n',
    '21 size=99999999999999\n',
  ]) {
    const content = Buffer.alloc(512)
    content.write(text)
    readsTar(Buffer.concat([tar.subarray(0, at + 512), content, tar.subarray(at + 1024)]), 512)
  }
})

test('mutated zips are damaged, or read', async () => {
  const chance = seeded(2)
  const end = zip.length - 22
  const offset = zip.readUInt32LE(end + 16)
  for (let round = 0; round < many; round += 1) {
    const whole = mutated(zip, chance)
    await readsZip(whole)
    // The directory alone, at the same length, gets further.
    const directory = mutated(zip.subarray(offset, end), chance)
    if (directory.length === end - offset) {
      await readsZip(Buffer.concat([zip.subarray(0, offset), directory, zip.subarray(end)]))
    }
  }
})

test('a zip64 end of the largest numbers is damage', async () => {
  for (const value of [2n ** 64n - 1n, 2n ** 63n, 2n ** 53n + 1n, 0n]) {
    for (const at of [32, 40, 48]) {
      const end64 = Buffer.alloc(76)
      end64.writeUInt32LE(0x06064b50)
      end64.writeBigUInt64LE(value, at - 8)
      const end = Buffer.alloc(22, 0xff)
      end.writeUInt32LE(0x06054b50)
      await readsZip(Buffer.concat([zip.subarray(0, -22), end64, end]))
    }
  }
})

test('many beginnings of lists at the end of a bundle make nobody wait', async () => {
  const header = tarHeader({ is: 'file', path: 'koo-bundle.json', bytes: 2 ** 30, mode: 0o644 }, 0)
  const begun = Buffer.concat(Array.from({ length: 60_000 }, () => header))
  const empty = tarHeader({ is: 'link', path: 'koo-bundle.json', target: 'x' }, 0)
  const others = Buffer.concat(Array.from({ length: 60_000 }, () => empty))
  const zeros = Buffer.alloc(100_000_000)
  const block = (bytes: Buffer) => deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
  const cases = [
    ['tar', begun],
    ['tar', others],
    [
      'tar.gz',
      Buffer.concat(Array.from({ length: 200 }, () => block(Buffer.concat([header, zeros.subarray(0, 9e6)])))),
    ],
    ['tar.gz', Buffer.concat(Array.from({ length: 200 }, () => block(zeros.subarray(0, 9e6))))],
  ] as const
  for (const [format, bytes] of cases) {
    const files = { slice: async (_: string, from: number, to: number) => bytes.subarray(from, to) } as unknown as Files
    const start = performance.now()
    expect(await listAtEnd({ files, path: 'x', bytes: bytes.length, format })).toBeUndefined()
    expect(performance.now() - start).toBeLessThan(10_000)
  }
})

test('a folder without a slash whose name has no room for one is damage', async () => {
  const entry = { is: 'link', path: 'n'.repeat(0xffff), target: '' } as const
  const sizes = { crc32: 0, compressed: 0, bytes: 0, offset: 0 }
  const zipped = { entry, method: zipMethods.stored, streamed: false, ...sizes }
  const central = centralHeader(zipped, 0)
  central.writeUInt32LE(0o040755 * 0x10000 + 0x10, 38)
  await readsZip(Buffer.concat([central, zipEnd(1, central.length, 0)]))
  const { problems } = await verifiedBytes(Buffer.concat([central, zipEnd(1, central.length, 0)]), 'zip')
  expect(problems.map(({ code }) => code)).toEqual(['damaged'])
})

test('a list that inflates to far more than it says is not kept', async () => {
  const zeros = deflateRawSync(Buffer.alloc(40_000_000))
  const entry = { is: 'file', path: 'koo-bundle.json', bytes: 100_000, mode: 0o644 } as const
  const sizes = { crc32: 0, compressed: zeros.length, bytes: 100_000, offset: 0 }
  const zipped = { entry, method: zipMethods.deflated, streamed: false, ...sizes }
  const [local, central] = [localHeader(zipped, 0), centralHeader(zipped, 0)]
  const end = zipEnd(1, central.length, local.length + zeros.length)
  const reading = await readsZip(Buffer.concat([local, zeros, central, end]))
  expect(reading.oddities).toHaveLength(1)
  expect(reading.list?.length).toBeLessThanOrEqual(100_000)
})

const strange: Readonly<Record<string, Uint8Array>> = {
  nothing: new Uint8Array(),
  'one byte': Buffer.from('x'),
  'twenty bytes': noise(20),
  noise: noise(100_000),
  zeros: Buffer.alloc(10_240),
  text: Buffer.from(prose(5000)),
}

for (const format of formats) {
  test.each(Object.entries(strange))(`%s named .${format} is no sound bundle`, async (_, bytes) => {
    const { problems, sha256: digest } = await verifiedBytes(bytes, format)
    expect(problems.map(({ code }) => code)).toEqual(['damaged'])
    expect(digest).toBe(sha256(bytes))
  })
}

/** Lists that are JSON, and yet none. */
const lists: readonly string[] = [
  'null',
  '[]',
  '{"format":1}',
  '{"format":1,"koo":"1","key":"k","version":"1","time":0,"entries":[null]}',
  '{"format":1,"koo":"1","key":"k","version":"1","time":0,"entries":[{"path":1}]}',
  '{"format":1,"koo":"1","key":"k","version":"1","time":0,"entries":[{"path":"a"}]}',
  '{"format":1,"koo":"1","key":"k","version":"1","time":0,"entries":[{"path":"a","bytes":1,"sha256":"x"}]}',
  `{"format":1,"koo":"1","key":"k","version":"1","time":0,"entries":[{"path":"a","bytes":1,"sha256":"${sha256('x')}"}]}`,
  '{"format":1,"koo":{},"key":"k","version":"1","time":0,"entries":[]}',
  '{"format":2,"koo":"1","key":"k","version":"1","time":0,"entries":[]}',
]

test.each(lists)('%s is no list of contents', async (list) => {
  for (const format of formats) {
    const open = list.slice(0, -1)
    for (const text of [list, `${open},\n  "sha256": "${sha256(open)}"\n}\n`]) {
      const bytes = await archived(stepsOf([fileEntry('a', 'x'), fileEntry('koo-bundle.json', text)]), format)
      const { problems } = await verifiedBytes(bytes, format)
      expect(problems.map(({ code, entry }) => [code, entry])).toEqual([['altered', 'koo-bundle.json']])
    }
  }
})
