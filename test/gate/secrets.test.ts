/** Secrets in the bytes of files: each kind is found, wherever chunks end, and what only speaks of them is not. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lineFeeds } from '../../src/gate/line-count.ts'
import { markersOf } from '../../src/gate/markers.ts'
import { secretKinds } from '../../src/gate/secret-kinds.ts'
import { type FoundSecret, searchFor } from '../../src/gate/secrets.ts'
import { secretKeyFile, secretKeyOf } from '../../src/signing/secret-key.ts'
import { chance, harmless, planted } from './planted.ts'

/** The memory of a chunk is overwritten as soon as it has been looked at, as a stream's may be. */
function search(path: string, content: Uint8Array, sizes: readonly number[] = [content.length]) {
  const found = searchFor(path)
  let turn = 0
  for (let start = 0; start < content.length; ) {
    const size = Math.max(1, sizes[turn++ % sizes.length] ?? 1)
    // Not always at the beginning of a word of memory.
    const memory = Buffer.alloc(size + 3)
    const chunk = memory.subarray(turn % 4, (turn % 4) + Math.min(size, content.length - start))
    chunk.set(content.subarray(start, start + size))
    found.look(chunk)
    memory.fill(65)
    start += size
  }
  return found.end()
}

const filler = (lines: number): string => 'const answer = await ask(question) // of the harbor\n'.repeat(lines)

describe.each(planted())('$what: $name', ({ what, text, path = 'app/config.txt' }) => {
  test('is found, and not repeated', () => {
    const found = search(path, Buffer.from(text))
    expect(found.map((each) => each.what)).toContain(what)
    for (const value of text.match(/[A-Za-z0-9+/]{16,}/g) ?? []) expect(JSON.stringify(found)).not.toContain(value)
  })

  test('is found on its line, far into a file', () => {
    const before = filler(500)
    const found = search(path, Buffer.from(`${before}${text}\n${filler(40)}`), [1000])
    const own = found.find((each) => each.what === what)
    const lines = text.split('\n').length
    expect(own?.line).toBeGreaterThan(500)
    expect(own?.line).toBeLessThanOrEqual(500 + lines)
  })
})

test('other seeds give secrets as well', () => {
  for (let seed = 2; seed < 100; seed++) {
    for (const { name, what, text, path = 'a.txt' } of planted(seed)) {
      const found = search(path, Buffer.from(text)).map((each) => each.what)
      expect([seed, name, found.includes(what)]).toEqual([seed, name, true])
    }
  }
})

describe.each(Object.entries(harmless))('%s', (_, text) => {
  test('is no secret', () => {
    expect(search('app/readme.md', Buffer.from(text))).toEqual([])
  })
})

describe('secret keys of koo and minisign', () => {
  const next = chance(11)
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(next() * 256)))
  const bytesOf = (file: string) => Buffer.from(file.split('\n')[1] ?? '', 'base64')
  const fileOf = (key: Uint8Array) =>
    `untrusted comment: minisign encrypted secret key\n${Buffer.from(key).toString('base64')}\n`
  const limited = (key: Buffer, opslimit: bigint, memlimit: bigint) => {
    key.writeBigUInt64LE(opslimit, 38)
    key.writeBigUInt64LE(memlimit, 46)
    return key
  }

  /** What `koo keys generate` keeps is what `koo keys export --secret` writes. */
  const made = async () => {
    const key = secretKeyOf(bytes(32))
    const open = await secretKeyFile(key, undefined, bytes(32))
    const closed = await secretKeyFile(key, 'harbor', bytes(32))
    return {
      'koo, without a passphrase': open,
      'koo, with a passphrase': closed,
      // `minisign -W` leaves the checksum out.
      'minisign -W': fileOf(bytesOf(open).fill(0, 126)),
      minisign: fileOf(limited(bytesOf(closed), 33_554_432n, 1_073_741_824n)),
    }
  }

  test('all are found, as a file, with Windows line ends and as one line', async () => {
    for (let round = 0; round < 5; round++) {
      for (const [name, file] of Object.entries(await made())) {
        const what = 'a secret key of minisign or signify'
        const found = (text: string) => search('koo.key', Buffer.from(text))
        expect([name, found(file)]).toEqual([name, [{ path: 'koo.key', line: 2, what }]])
        expect([name, found(file.replaceAll('\n', '\r\n'))]).toEqual([name, [{ path: 'koo.key', line: 2, what }]])
        const setting = `KOO_SIGNING_KEY=${file.split('\n')[1]}\n`
        expect([name, found(setting)]).toEqual([name, [{ path: 'koo.key', line: 1, what }]])
      }
    }
  })
})

test('a private key is told at its header', () => {
  const pems = planted().filter(({ what }) => /^a private key( of PuTTY)?$/.test(what))
  expect(pems.length).toBeGreaterThan(8)
  for (const { name, what, text } of pems) {
    const { line } =
      search('a.txt', Buffer.from(`${filler(80)}${text}`), [512]).find((each) => each.what === what) ?? {}
    expect([name, line]).toEqual([name, 81])
  }
})

describe('whatever the chunks', () => {
  const next = chance(7)
  const texts = planted(3).filter(({ path }) => path === undefined)
  const file = Buffer.from(texts.map(({ text }) => `${filler(Math.floor(next() * 60))}${text}\n`).join(''))
  /** All of them, with those findings taken away that come before. */
  const pieces = texts.map((_, index) => {
    const start = Math.floor((file.length * index) / texts.length)
    return file.subarray(start, start + 6000)
  })

  test('the findings are the same', () => {
    const whole = pieces.map((piece) => search('a.txt', piece))
    expect(whole.flat().length).toBeGreaterThan(30)
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 })), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.nat(pieces.length - 1), sizes, (index, chunks) => {
        expect(search('a.txt', pieces[index] ?? Buffer.alloc(0), chunks)).toEqual(whole[index])
      }),
      { numRuns: 400 },
    )
  })

  test('the first few are told, in their order', () => {
    const found = search('a.txt', file, [4096])
    expect(found).toEqual(search('a.txt', file, [777, 65536]))
    const lines = found.map(({ line = 0 }) => line)
    expect(lines).toHaveLength(5)
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
    expect(found[0]?.what).toBe('a private key')
  })
})

describe('the form of a file', () => {
  const text = planted().find(({ name }) => name === 'npm')?.text ?? ''
  const found: readonly FoundSecret[] = [{ path: 'a', line: 2, what: 'a token of npm' }]

  test('binaries are passed over', () => {
    expect(search('a', Buffer.from(`\n${text}`))).toEqual(found)
    expect(search('a', Buffer.from(`\0\n${text}`))).toEqual([])
    expect(search('a', Buffer.from(`${' '.repeat(4095)}\0\n${text}`), [100])).toEqual([])
    expect(search('a', Buffer.from(`${' '.repeat(4096)}\0\n${text}`), [100])).toEqual(found)
  })

  test('UTF-16 is no binary, whichever byte comes first', () => {
    const little = Buffer.from(`\ufeff\n${text}`, 'utf16le')
    expect(search('a', little, [7])).toEqual(found)
    expect(search('a', Buffer.from(little).swap16(), [1000, 1])).toEqual(found)
  })

  test('an empty file has none', () => {
    expect(search('a', Buffer.alloc(0))).toEqual([])
  })

  test('nothing before and after the search', () => {
    const never = searchFor('.npmrc')
    expect(never.end()).toEqual([])
    never.look(Buffer.from(text))
    expect(never.end()).toEqual([])
  })
})

describe('the search for markers', () => {
  test('finds what a plain one finds, at any place in memory', () => {
    const texts = ['abc', 'bca', '://', 'SG.', 'a secret', 'PRIVATE KEY']
    const markers = markersOf(texts)
    const alphabet = fc.constantFrom('a', 'b', 'c', ':', '/', 'S', 'G', '.', ' ', ...texts)
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 60 }),
        fc.nat(7),
        fc.nat(50),
        fc.nat(50),
        (parts, lead, from, more) => {
          const text = parts.join('')
          const bytes = Buffer.alloc(text.length + lead + 8).subarray(lead, lead + text.length)
          bytes.write(text)
          const found: string[] = []
          markers.each(bytes, from, from + more, (marker, at) => found.push(`${at} ${texts[marker]}`))
          const plain = texts.flatMap((marker) =>
            Array.from({ length: text.length }, (_, at) => at)
              .filter((at) => at >= from && at < from + more && text.startsWith(marker, at))
              .map((at) => `${at} ${marker}`),
          )
          expect(found.sort()).toEqual(plain.sort())
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('every kind has markers that fit it', () => {
    for (const { markers } of secretKinds) {
      for (const marker of markers) expect([marker, marker.length >= 3 && marker.length <= 32]).toEqual([marker, true])
    }
  })
})

test('lines are counted as one by one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(10, 11, 9, 0, 138, 128, 255, 65), { maxLength: 3000 }),
      fc.nat(5),
      (all, lead) => {
        const bytes = Buffer.from([...Array.from({ length: lead }, () => 10), ...all]).subarray(lead)
        const end = Math.floor(all.length * 0.9)
        expect(lineFeeds(bytes, end)).toBe(all.slice(0, end).filter((byte) => byte === 10).length)
      },
    ),
  )
})

test('a text made to be matched in many ways takes no longer than another', () => {
  const header = ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ')
  for (const part of ['Abc: x,', 'Abc: x\n', 'Abc: "x" + ', '\\n', 'A: ', 'AAAA']) {
    const search = searchFor('config.txt')
    search.look(Buffer.from(`${header}\n${part.repeat(20_000)}`))
    search.end()
  }
}, 5000)
