/** Damage by accident: flipped bits, cut ends, bytes added. Nothing beside the bundle tells what it should be. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BundleFormat } from '../../src/model/bundle.ts'
import { inflateEach } from '../../src/pack/inflate.ts'
import { formats, noise, type Packed, packedAll, plant, prose, seeded, temporaryFolder, verified } from './workshop.ts'

let home: string
let bundles: readonly Packed[]
const names = Array.from({ length: 30 }, (_, index) => `software/f${String(index).padStart(2, '0')}`)
beforeAll(async () => {
  home = temporaryFolder()
  const content = (index: number) => (index % 3 === 0 ? noise(3000 + index, index) : prose(12_000 + 297 * index))
  plant(home, Object.fromEntries(names.map((name, index) => [name, content(index)])))
  plant(home, { 'software/large.txt': prose(530_000), 'software/large.bin': noise(130_000, 99) })
  bundles = await packedAll(home)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

function bundle(format: BundleFormat): Packed & { readonly content: Buffer } {
  const found = bundles.find((each) => each.format === format)
  if (found === undefined) throw new Error(`there is no ${format}`)
  return { ...found, content: readFileSync(found.file) }
}

/** Without a checksum or a signature beside it. */
async function judged(bytes: Uint8Array, format: BundleFormat) {
  const file = join(home, `alone.${format}`)
  writeFileSync(file, bytes)
  return verified(file)
}

const rounds = Number(process.env.KOO_FLIPS ?? 200)

test.each(formats)(
  'a byte changed anywhere in a %s is noticed, or changes nothing that is unpacked; its checksum notices it always',
  async (format) => {
    const chance = seeded(format.length)
    const { content, file, contentSha256 } = bundle(format)
    const beside = join(home, `beside.${format}`)
    copyFileSync(`${file}.sha256`, `${beside}.sha256`)
    const missed: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const at = chance(content.length)
      writeFileSync(beside, changed(content, at, 1 + chance(255)))
      const { problems, contentSha256: found } = await verified(beside)
      const codes = problems.map(({ code }) => code)
      expect(codes).toContain('digest')
      // Without the checksum, the others are what would be said. Deflate has several ways to say the same.
      if (codes.length === 1 && found !== contentSha256) missed.push(at)
    }
    expect(missed).toEqual([])
  },
)

function changed(bytes: Buffer, at: number, by: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8((bytes[at] ?? 0) ^ by, at)
  return copy
}

test.each(formats)('a %s cut off anywhere is noticed', async (format) => {
  const chance = seeded(3)
  const { content } = bundle(format)
  const places = Array.from({ length: 30 }, () => chance(content.length))
  for (const at of [...places, 0, 1, content.length - 1, content.length - 8, content.length - 512]) {
    const { problems } = await judged(content.subarray(0, at), format)
    expect([at, problems.length > 0]).toEqual([at, true])
  }
})

const additions: Readonly<Record<string, Uint8Array>> = {
  'one byte': Buffer.from([0]),
  'an empty block of a tar': Buffer.alloc(512),
  'a gzip of nothing': gzipSync(''),
  'a gzip of something': gzipSync('something'),
  'a megabyte': noise(1_100_000),
}

for (const format of formats) {
  test.each(Object.entries(additions))(`%s after the end of a ${format} is noticed`, async (_, more) => {
    const { content } = bundle(format)
    const { problems } = await judged(Buffer.concat([content, more]), format)
    expect(problems.map(({ code }) => code)).toEqual(['damaged'])
  })

  test(`bytes before, and in the middle of, a ${format} are noticed`, async () => {
    const { content } = bundle(format)
    for (const at of [0, 10, 512, 100_000, content.length - 30]) {
      const { problems } = await judged(
        Buffer.concat([content.subarray(0, at), Buffer.from('x'), content.subarray(at)]),
        format,
      )
      expect(problems.length).toBeGreaterThan(0)
    }
  })
}

test('the entry named is the one that is damaged', async () => {
  const tar = bundle('tar').content
  const found = []
  for (const format of formats) {
    const chance = seeded(9)
    const { content } = bundle(format)
    let right = 0
    for (let round = 0; round < rounds / 4; round += 1) {
      const at = 2000 + chance(content.length - 12_000)
      const bytes = changed(content, at, 1 << chance(8))
      const named = (await judged(bytes, format)).problems.find(({ entry }) => entry !== undefined)?.entry
      const is =
        format === 'zip' ? nameInZip(content, at) : nameInTar(tar, format === 'tar' ? at : await broken(bytes, tar))
      right += named === is ? 1 : 0
    }
    found.push({ format, right: right / (rounds / 4) })
  }
  for (const { format, right } of found) expect([format, right > 0.9]).toEqual([format, true])
  if (process.env.KOO_FLIPS !== undefined) process.stdout.write(`${JSON.stringify(found)}\n`)
})

function nameInZip(zip: Buffer, at: number): string {
  const header = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 3, 4]), at)
  return zip.toString('utf8', header + 30, header + 30 + zip.readUInt16LE(header + 26))
}

function nameInTar(tar: Buffer, at: number): string {
  const header = tar.lastIndexOf('ustar\x0000', at, 'latin1') - 257
  return tar.toString('utf8', header, tar.indexOf(0, header))
}

/** Where what a tar.gz decompresses to begins to differ, or ends. */
async function broken(gzip: Buffer, tar: Buffer): Promise<number> {
  let at = 0
  let differs = false
  const source = (async function* () {
    yield gzip.subarray(10, -8)
  })()
  await inflateEach(source, 4096, (bytes) => {
    for (let index = 0; index < bytes.length && !differs; index += 1) {
      if (bytes[index] === tar[at]) at += 1
      else differs = true
    }
  })
  return at
}
