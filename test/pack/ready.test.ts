/** A look through archives that are ready: what is found in good and bad ones, and that none of them stops koo. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { BundleFormat } from '../../src/model/bundle.ts'
import { lookInto, type Ready, type ReadyOptions } from '../../src/pack/ready.ts'
import { readyFindings } from '../../src/pack/ready-findings.ts'
import { readyLimits } from '../../src/pack/ready-look.ts'
import { openYard, type TarEntry, tarOf, type Yard, type ZipEntry, zipOf } from './ready-archives.ts'

let yard: Yard
beforeEach(async () => {
  yard = await openYard()
})
afterEach(() => yard.close())

async function looked(bytes: Buffer, format: BundleFormat, options: Partial<ReadyOptions> = {}): Promise<Ready> {
  await writeFile(join(yard.folder, `a.${format}`), bytes)
  return lookInto(yard.files, `a.${format}`, { stop: new AbortController().signal, ...options })
}

const found = (ready: Ready) => readyFindings('a', ready).map(({ code, message }) => `${code}: ${message}`)
const tarFound = async (...entries: readonly TarEntry[]) => found(await looked(await tarOf(entries), 'tar'))
const zipFound = async (...entries: readonly ZipEntry[]) => found(await looked(zipOf(entries), 'zip'))

const good: readonly TarEntry[] = [
  { name: './', type: 'directory' },
  { name: './bin/', type: 'directory' },
  { name: './bin/run', mode: 0o755, text: 'echo run\n' },
  { name: './lib/Ünïcode 名.txt', text: 'x'.repeat(3_000_000) },
  { name: './lib/run', type: 'symlink', linkname: '../bin/run' },
  { name: './lib/again', type: 'link', linkname: './bin/run' },
]
const goodZip: readonly ZipEntry[] = [
  { name: 'bin/', mode: 0o040755, method: 0 },
  { name: 'bin/run', mode: 0o100755, text: 'echo run\n' },
  { name: 'lib/Ünïcode 名.txt', text: 'x'.repeat(3_000_000) },
  { name: 'lib/stored', text: 'as it is', method: 0 },
  { name: 'lib/run', mode: 0o120777, text: '../bin/run', method: 0 },
]

describe('a sound archive', () => {
  for (const format of ['tar', 'tar.gz', 'zip'] as const) {
    test(`${format}: entries, bytes and digests`, async () => {
      const tar = await tarOf(good)
      const bytes = format === 'zip' ? zipOf(goodZip) : format === 'tar' ? tar : gzipSync(tar)
      const seen = new Map<string, number>()
      const ends: string[] = []
      const inspect = (path: string) => ({
        look: (chunk: Uint8Array) => void seen.set(path, (seen.get(path) ?? 0) + chunk.length),
        end: () => void ends.push(path),
      })
      const ready = await looked(bytes, format, { digests: 'signed', inspect })
      expect(found(ready)).toEqual([])
      expect(ready).toMatchObject({
        format,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        blake2b512: createHash('blake2b512').update(bytes).digest(),
        troubles: [],
      })
      expect(ready.entries.find(({ path }) => path === 'bin/run')).toMatchObject({ executable: true, bytes: 9 })
      expect(ready.entries.find(({ path }) => path === 'lib/run')).toMatchObject({ kind: 'link', target: '../bin/run' })
      expect(seen.get('lib/Ünïcode 名.txt')).toBe(3_000_000)
      expect(seen.get('bin/run')).toBe(9)
      expect(ends).toEqual(ready.entries.filter(({ kind }) => kind === 'file').map(({ path }) => path))
      expect(ready.unpacked).toBe([...seen.values()].reduce((sum, each) => sum + each, 0))
    })
  }
})

describe('names', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['../x', 'package-entry: `../x` would be unpacked outside of the folder.'],
    ['a/../../x', 'package-entry: `a/../../x` would be unpacked outside of the folder.'],
    ['/etc/passwd', 'package-entry: `/etc/passwd` would be unpacked outside of the folder.'],
    ['C:/x', 'package-entry: `C:/x` would be unpacked outside of the folder.'],
    ['\\\\server\\x', 'package-entry: `\\\\\\\\server\\\\x` would be unpacked outside of the folder.'],
    ['a\\b', 'package-entry: The name `a\\\\b` has a backslash or a control character.'],
    ['a\u001b[31m', 'package-entry: The name `a\\u001b[31m` has a backslash or a control character.'],
  ]
  test.each(cases)('%j', async (name, message) => {
    expect(await tarFound({ name, text: 'x' })).toEqual([message])
    expect(await zipFound({ name, text: 'x' })).toEqual([message])
  })

  test('that are not UTF-8', async () => {
    const message = ['package-entry: The name of `\uFFFD.txt` is not UTF-8.']
    expect(await zipFound({ name: Buffer.from([0xe9, ...Buffer.from('.txt')]) })).toEqual(message)
    const tar = await tarOf([{ name: 'z.txt' }])
    // The checksum of the header grows with the byte.
    tar[0] = 0xe9
    tar.write('006200', 148)
    tar.write(tarSum(tar), 148)
    expect(found(await looked(tar, 'tar'))).toEqual(message)
  })

  test('that are there twice, in another case, or as a file and a folder', async () => {
    const entries = ['x', 'x', 'README', 'readme', 'both', 'both/in'].map((name) => ({ name, text: name }))
    const expected = [
      'package-name-clash: `README` and `readme` are one file on Windows and macOS.',
      'package-name-clash: `x` is in the archive more than once.',
      'package-name-clash: `both` is two things in the archive.',
    ]
    expect(await tarFound(...entries)).toEqual(expected)
    expect(await zipFound(...entries)).toEqual(expected)
  })
})

function tarSum(tar: Buffer): string {
  const header = Buffer.from(tar.subarray(0, 512))
  header.fill(' ', 148, 156)
  return `${header
    .reduce((sum, byte) => sum + byte, 0)
    .toString(8)
    .padStart(6, '0')}\0`
}

describe('links and others', () => {
  const link = (name: string, linkname: string): TarEntry => ({ name, type: 'symlink', linkname })

  test('that lead out, also through other links', async () => {
    expect(await tarFound(link('a', '../x'), link('b', '/etc'), { name: 'c', type: 'link', linkname: '../d' })).toEqual(
      [
        'package-link-outside: The link `a` leads out of the archive, to `../x`.',
        'package-link-outside: The link `b` leads out of the archive, to `/etc`.',
        'package-link-outside: The link `c` leads out of the archive, to `../d`.',
      ],
    )
    const entries = [link('deep/top', '..'), link('sly', 'deep/top/../x'), { name: 'x', text: 'x' }]
    expect(await tarFound(...entries)).toEqual([
      'package-link-outside: The link `sly` leads out of the archive, to `deep/top/../x`.',
    ])
    expect(await zipFound({ name: 'a', mode: 0o120777, text: '../x' })).toEqual([
      'package-link-outside: The link `a` leads out of the archive, to `../x`.',
    ])
  })

  test('entries that would be written through a link', async () => {
    expect(await tarFound(link('out', '/tmp'), { name: 'out/x', text: 'x' })).toEqual([
      'package-entry: `out/x` would be unpacked through the link `out`.',
      'package-link-outside: The link `out` leads out of the archive, to `/tmp`.',
    ])
  })

  test('that lead nowhere', async () => {
    const hard: TarEntry = { name: 'c', type: 'link', linkname: 'gone' }
    expect(await tarFound(link('a', 'gone'), link('b', 'b'), hard)).toEqual([
      'package-link-broken: `a` points at `gone`, which is not in the archive.',
      'package-link-broken: `b` points at `b`, which is not in the archive.',
      'package-link-broken: `c` points at `gone`, which is not in the archive.',
    ])
  })

  test('only where Unix or macOS made the zip', async () => {
    for (const [system, kind] of [
      [0, 'file'],
      [3, 'link'],
      [10, 'file'],
      [19, 'link'],
    ] as const) {
      const { entries } = await looked(zipOf([{ name: 'l', mode: 0o120777, system, text: 'x' }]), 'zip')
      expect(entries).toMatchObject([{ kind, executable: kind === 'link' }])
    }
  })

  test('devices and pipes', async () => {
    const message = 'package-entry: `x` is a socket, a device or a pipe.'
    expect(await tarFound({ name: 'x', type: 'fifo' })).toEqual([message])
    expect(await tarFound({ name: 'x', type: 'character-device', devmajor: 1, devminor: 3 })).toEqual([message])
    expect(await zipFound({ name: 'x', mode: 0o010644 })).toEqual([message])
  })
})

describe('archives that cannot be read', () => {
  const broken = (what: string) => `package-broken: \`a\` cannot be read to its end. ${what}`

  test('because they break off', async () => {
    const tar = await tarOf(good)
    const gzip = gzipSync(tar)
    const zip = zipOf(goodZip)
    expect(found(await looked(tar.subarray(0, tar.length / 2), 'tar'))).toEqual([broken('It breaks off.')])
    expect(found(await looked(tar.subarray(0, -1024), 'tar'))).toEqual([broken('It breaks off: its end is missing.')])
    expect(found(await looked(gzip.subarray(0, -9), 'tar.gz'))).toEqual([broken('It breaks off.')])
    expect(found(await looked(gzip.subarray(0, -4), 'tar.gz'))).toEqual([broken('It breaks off.')])
    expect(found(await looked(zip.subarray(0, -30), 'zip'))).toEqual([broken('It breaks off, or is no zip file.')])
    expect(found(await looked(Buffer.alloc(0), 'tar'))).toEqual([broken('It breaks off: its end is missing.')])
    // The digests are of the whole file all the same.
    const { sha256 } = await looked(gzip.subarray(0, -9), 'tar.gz', { digests: 'plain' })
    expect(sha256).toBe(createHash('sha256').update(gzip.subarray(0, -9)).digest('hex'))
  })

  test('because their checksums are wrong, or something follows', async () => {
    const gzip = gzipSync(await tarOf(good))
    const wrong = Buffer.from(gzip)
    wrong[wrong.length - 8] = (wrong.at(-8) ?? 0) ^ 1
    expect(found(await looked(wrong, 'tar.gz'))).toEqual([broken('Its checksum is not that of its content.')])
    const followed = Buffer.concat([gzip, Buffer.from('something')])
    expect(found(await looked(followed, 'tar.gz'))).toEqual([broken('It cannot be decompressed.')])
    const longer = Buffer.concat([zipOf(goodZip), Buffer.from('something')])
    expect(found(await looked(longer, 'zip'))).toEqual([broken('Something comes after its end.')])
    expect(found(await looked(Buffer.alloc(2048, 'x'), 'tar'))).toEqual([broken('A header in it is damaged.')])
    expect(found(await looked(await tarOf(good), 'tar.gz'))).toEqual([broken('It cannot be decompressed.')])
  })

  test('because entries are encrypted, of another method, or not what they say', async () => {
    expect(
      await zipFound(
        { name: 'secret', text: 'x', flags: 1 },
        { name: 'modern', text: 'x', method: 14 },
        { name: 'sum', text: 'x', said: { crc32: 1 } },
        { name: 'more', text: 'xxx', said: { bytes: 2 } },
        { name: 'less', text: 'x', said: { bytes: 2 } },
        { name: 'other', text: 'x', said: { localName: 'OTHER' } },
      ),
    ).toEqual([
      'package-broken: `secret` in it is encrypted, so nobody can look at it.',
      'package-broken: `modern` in it is compressed in a way that not every program unpacks (method 14).',
      'package-broken: `sum` in it has another checksum than it says.',
      'package-broken: `more` in it holds more than it says.',
      'package-broken: `less` in it holds less than it says.',
      'package-broken: `other` in it has another name in its own header.',
    ])
  })

  test('because they are made to fill disks', async () => {
    const limits = { ...readyLimits, unpacked: { bytes: 1_000_000, ratio: 100 } }
    const zeros = '\0'.repeat(5_000_000)
    const message = [
      broken('More than 100 times its size comes out of it, as of an archive that is made to fill disks.'),
    ]
    const tar = gzipSync(await tarOf([{ name: 'zeros', text: zeros }]))
    expect(found(await looked(tar, 'tar.gz', { limits }))).toEqual(message)
    const zip = zipOf([{ name: 'zeros', text: zeros }])
    expect(found(await looked(zip, 'zip', { limits }))).toEqual(message)
    const liar = zipOf([{ name: 'zeros', text: zeros, said: { bytes: 10 } }])
    expect(found(await looked(liar, 'zip', { limits }))).toEqual([
      'package-broken: `zeros` in it holds more than it says.',
    ])
    const many = await tarOf(Array.from({ length: 20 }, (_, index) => ({ name: `${index}` })))
    expect(found(await looked(many, 'tar', { limits: { ...readyLimits, entries: 10 } }))).toEqual([
      broken('It has more entries than any package.'),
    ])
    // Two entries of the directory with one content.
    const one = zipOf([{ name: 'x', text: 'y'.repeat(999), method: 0 }])
    const at = one.length - 22 - 47
    const record = one.subarray(at, -22)
    const end = Buffer.from(one.subarray(-22))
    end.writeUInt16LE(2, 10)
    expect(found(await looked(Buffer.concat([one.subarray(0, -22), record, end]), 'zip'))).toEqual([
      broken('Its entries overlap, as in an archive that is made to fill disks.'),
    ])
  })

  test('because their paths are longer than systems take', async () => {
    const deep = 'a/'.repeat(20_000)
    const said = broken(`A path in it is longer than systems take: \`${deep.slice(0, 60)}\` and so on.`)
    expect(await tarFound({ name: `${deep}f`, text: 'x' })).toEqual([said])
    expect(await zipFound({ name: `${deep}f`, text: 'x' })).toEqual([said])
    expect(await tarFound({ name: 'l', type: 'symlink', linkname: 'a/'.repeat(200_000) })).toEqual([said])
    expect(await tarFound({ name: `${'a/'.repeat(256)}f` })).toEqual([said])
    expect(await tarFound({ name: `${'a/'.repeat(255)}f` })).toEqual([])
    expect(await tarFound({ name: 'é'.repeat(2049) })).toEqual([expect.stringContaining('longer than systems take')])
    // A few names may stand for far more folders.
    const limits = { ...readyLimits, names: 20_000 }
    const many = await tarOf(Array.from({ length: 9 }, (_, index) => ({ name: `${index}/${'a/'.repeat(99)}f` })))
    expect(found(await looked(many, 'tar', { limits }))).toEqual([broken('It has more entries than any package.')])
  })

  test('because headers in them would fill the memory, or cost hours', async () => {
    const headerOf = async (type: string, size: number) => {
      const tar = (await tarOf([{ name: 'h', text: '' }])).subarray(0, 512)
      tar.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
      tar.write(type, 156)
      tar.write(tarSum(tar), 148)
      return tar
    }
    const file = await tarOf([{ name: 'f', text: 'x' }])
    const message = [broken('A header in it is far too large.')]
    for (const type of ['x', 'g', 'L', 'K']) {
      // More than is there: it is refused before it is read.
      expect(found(await looked(Buffer.concat([await headerOf(type, 500e6), file]), 'tar'))).toEqual(message)
      const large = Buffer.concat([await headerOf(type, 2 ** 21), Buffer.alloc(2 ** 21, 'a'), file])
      expect(found(await looked(large, 'tar'))).toEqual(message)
    }
    const attributes = Buffer.concat([await headerOf('x', 2 ** 16), Buffer.alloc(2 ** 16), file])
    expect(found(await looked(attributes, 'tar'))).toEqual([])
    const shared = Buffer.concat([await headerOf('g', 2 ** 16), Buffer.alloc(2 ** 16), file])
    expect(found(await looked(shared, 'tar'))).toEqual(message)
    const comment = Buffer.alloc(512)
    comment.write('52 comment=0123456789012345678901234567890123456789\n')
    expect(found(await looked(Buffer.concat([await headerOf('g', 52), comment, file]), 'tar'))).toEqual([])
  })

  test('whatever is wrong with them, nothing else is thrown', async () => {
    const files = { tar: await tarOf(good.filter(({ name }) => !name.endsWith('.txt'))), zip: zipOf(goodZip) }
    let seed = 7
    const chance = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    for (const format of ['tar', 'zip'] as const) {
      for (let round = 0; round < 150; round += 1) {
        const bytes = Buffer.from(files[format])
        for (let times = 0; times < 3; times += 1) bytes[chance(bytes.length)] = chance(256)
        expect(await looked(bytes, format)).toMatchObject({ format })
      }
    }
  })
})

test('a look that the user stops, and a file that is not there, are failures', async () => {
  const stop = AbortSignal.abort()
  await expect(looked(await tarOf(good), 'tar', { stop })).rejects.toMatchObject({ exit: 'stopped' })
  await expect(looked(zipOf(goodZip), 'zip', { stop })).rejects.toMatchObject({ exit: 'stopped' })
  const missing = lookInto(yard.files, 'missing.tar', { stop: new AbortController().signal })
  await expect(missing).rejects.toMatchObject({ name: 'Failure' })
})
