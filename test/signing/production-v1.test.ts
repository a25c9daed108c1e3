/** The encryption of version 1.0: known values both ways, and what OpenJDK itself makes. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { decryptCredential, encryptCredential, encryptionKey, type KeyBits } from '../../src/signing/production-v1.ts'

const key = '00000000-0000-4000-8000-000000000001'
const iv = 'abcdefghij012345'
const known = [
  [128, '6059bd67569afc3b6118044ba1679e5a', `${iv}iVVVzFjTTnj0n20G3nA2wA==`],
  [256, '6059bd67569afc3b6118044ba1679e5a155cd3f8586b7bf7110a7e626ff1da49', `${iv}V1z5yWegD5TZ340GsqtUgQ==`],
] as const

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test.each(known)('with %d bits key and cipher text are the known ones, both ways', (bits, keyHex, cipherText) => {
  expect(hex(encryptionKey(key, bits))).toBe(keyHex)
  expect(encryptCredential('admin', key, iv, bits)).toBe(cipherText)
  expect(decryptCredential(cipherText, key, bits)).toEqual({ is: 'decrypted', plain: 'admin' })
})

test('256 bits are the usual ones', () => {
  expect(encryptCredential('admin', key, iv)).toBe(known[1][2])
  expect(decryptCredential(known[1][2], key)).toEqual({ is: 'decrypted', plain: 'admin' })
})

test.each(['', 'a', '0123456789abcdef', '密码 – Größe', 'p'.repeat(200)])('%j comes back', (plain) => {
  for (const bits of [128, 256] as const) {
    expect(decryptCredential(encryptCredential(plain, key, iv, bits), key, bits)).toEqual({ is: 'decrypted', plain })
  }
})

test.each([
  ['plain text', 'admin', 'does not begin with 16 characters of ASCII'],
  ['nothing', '', 'does not begin with 16 characters of ASCII'],
  ['a vector alone', iv, 'has 0 bytes, no whole blocks of AES'],
  ['a vector that is not ASCII', `${'é'.repeat(16)}V1z5yWegD5TZ340GsqtUgQ==`, 'does not begin with 16 characters'],
  ['no base64', `${iv}V1z5yWegD5TZ340GsqtUg!==`, 'is no base64'],
  ['base64 that is cut', `${iv}V1z5yWegD5TZ340GsqtUgQ`, 'is no base64'],
  ['half a block', `${iv}V1z5yWegD5TZ`, 'has 9 bytes, no whole blocks of AES'],
  ['the other size', known[0][2], 'with another key or mode, or padded otherwise'],
  ['another vector of the same length', `bbbbbbbbbbbbbbbb${known[1][2].slice(16)}`, ''],
])('%s is told, not thrown', (_, text, why) => {
  const decrypted = decryptCredential(text, key)
  if (why !== '') expect(decrypted).toEqual({ is: 'wrong', why: expect.stringContaining(why) })
  // A wrong vector spoils the first block only, so that some text may come of it, but not the right one.
  expect(decrypted).not.toEqual({ is: 'decrypted', plain: 'admin' })
})

test('with another key it is told', () => {
  expect(decryptCredential(known[1][2], 'another key')).toMatchObject({ is: 'wrong' })
})

/** Not a package's program. */
const java = 'java'
const hasJava = spawnSync(java, ['-version']).status === 0

describe('OpenJDK', () => {
  // Skipped where there is no Java, and shown as such.
  const testWithJava = hasJava ? test : test.skip

  testWithJava('makes the same keys and cipher texts, of any seed', () => {
    const random = Array.from({ length: 24 }, (_, length) => randomBytes(length).toString('base64'))
    const seeds = ['', ' ', key, key.toUpperCase(), 'ключ', '密钥🔑', 'é', 'x'.repeat(300), ...random]
    const rows = seeds.map((seed, index) => ({ seed, plain: `密码 ${index}`.repeat(index + 1), iv: ivOf(index) }))
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const input = rows.map((row) => `${base64(row.seed)} ${base64(row.plain)} ${row.iv}\n`).join('')
    const program = fileURLToPath(new URL('../access/java/Keys.java', import.meta.url))
    const { stdout, stderr, status } = spawnSync(java, [program], { input, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const answers = stdout.trimEnd().split('\n')
    expect(answers).toHaveLength(rows.length)
    for (const [index, { seed, plain, iv: vector }] of rows.entries()) {
      const [key128, text128, key256, text256] = answers[index]?.split(' ') ?? []
      const made: readonly (readonly [KeyBits, string | undefined, string | undefined])[] = [
        [128, key128, text128],
        [256, key256, text256],
      ]
      for (const [bits, keyHex, cipherText] of made) {
        expect({ seed, key: hex(encryptionKey(seed, bits)) }).toEqual({ seed, key: keyHex })
        expect(encryptCredential(plain, seed, vector, bits)).toBe(`${vector}${cipherText}`)
        expect(decryptCredential(`${vector}${cipherText}`, seed, bits)).toEqual({ is: 'decrypted', plain })
      }
    }
  })
})

function ivOf(index: number): string {
  return `vector${index}`.padEnd(16, 'Z')
}
