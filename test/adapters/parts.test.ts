/** The parts of files: begun in order, few at once, on few buffers, hashed as a whole, and all ended before anything is thrown. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { type FilePart, type PartPool, partPool, sendParts } from '../../src/adapters/parts.ts'
import type { UploadSource } from '../../src/ports.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'

const never = new AbortController().signal

/** A file of so many bytes, each telling the ten it is in. */
function fileOf(bytes: number): UploadSource {
  const content = Buffer.from(Array.from({ length: bytes }, (_, index) => Math.floor(index / 10) % 256))
  return {
    ...{ name: 'quill-ledger.tar.gz', bytes, sha256: sha256Hex(content) },
    // Later parts are read faster.
    read: async (start, into) => {
      await sleep(start < 20 ? 3 : 0)
      content.copy(into, 0, start, start + into.length)
    },
  }
}

const send = (bytes: number, pool: PartPool, work: (part: FilePart) => Promise<void>, stop = never) =>
  sendParts({ file: fileOf(bytes), partSize: 10, pool, stop }, work)

test('parts cover the file in order, on as few buffers as there are at once', async () => {
  const begun: number[] = []
  const memory = new Set<ArrayBufferLike>()
  let atOnce = 0
  let most = 0
  await send(95, partPool(3), async ({ buffer, number }) => {
    begun.push(number)
    memory.add(buffer.buffer)
    expect(buffer).toEqual(Buffer.alloc(number === 10 ? 5 : 10, number - 1))
    atOnce += 1
    most = Math.max(most, atOnce)
    await sleep(20 + (number % 3))
    atOnce -= 1
  })
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(most).toBe(3)
  expect(memory.size).toBe(3)
})

test('many files at once share the few parts at once and their buffers, whatever their sizes', async () => {
  const pool = partPool(4)
  let atOnce = 0
  let most = 0
  let held = 0
  let mostHeld = 0
  const ended: number[] = []
  const work = async ({ buffer }: FilePart) => {
    atOnce += 1
    most = Math.max(most, atOnce)
    held += buffer.buffer.byteLength
    mostHeld = Math.max(mostHeld, held)
    await sleep(10)
    held -= buffer.buffer.byteLength
    atOnce -= 1
  }
  const sizes = Array.from({ length: 64 }, (_, index) => (index % 3 === 0 ? 5 : 100 + index))
  await Promise.all(sizes.map((bytes) => send(bytes, pool, work).then(() => ended.push(bytes))))
  expect(most).toBe(4)
  expect(mostHeld).toBe(40)
  // A small file does not wait until all of the large ones have gone.
  expect(ended.slice(0, 22)).toEqual(Array(22).fill(5))
})

test('an empty file has no parts, a small one needs a small buffer', async () => {
  const sizes: number[] = []
  const note = async ({ buffer }: FilePart) => void sizes.push(buffer.buffer.byteLength)
  await send(0, partPool(), note)
  await send(7, partPool(), note)
  expect(sizes).toEqual([7])
})

test('a file whose bytes are not those it was announced with is refused once they are read', async () => {
  for (const file of [
    { ...fileOf(95), ...{ sha256: fileOf(94).sha256 } },
    { ...fileOf(0), sha256: 'a'.repeat(64) },
  ]) {
    const parts = sendParts({ file, partSize: 10, pool: partPool(), stop: never }, async () => {})
    await expect(parts).rejects.toMatchObject({ code: 'file-changed', exit: 'findings' })
  }
})

test('one that fails stops the others once they are through', async () => {
  const begun: number[] = []
  const ended: number[] = []
  const work = async ({ number }: FilePart) => {
    begun.push(number)
    if (number === 2) throw new Error('part 2')
    await sleep(20)
    ended.push(number)
  }
  const pool = partPool(3)
  await expect(send(100, pool, work)).rejects.toThrow('part 2')
  expect(begun.length).toBeLessThanOrEqual(3)
  expect(ended).toEqual(begun.filter((number) => number !== 2))
  // Its place is another's now.
  await send(100, pool, async () => {})
})

test('a part that cannot be read ends all of them', async () => {
  const file = fileOf(100)
  const read = async (start: number, into: Uint8Array) => {
    if (start === 30) throw new Error('The disk is gone.')
    await file.read(start, into)
  }
  const parts = sendParts({ file: { ...file, read }, partSize: 10, pool: partPool(3), stop: never }, async () => {})
  await expect(parts).rejects.toThrow('The disk is gone.')
})

test('stopped, what is at work ends; an error meanwhile is told before the stop', async () => {
  for (const error of [undefined, new Error('part 1')]) {
    const stop = new AbortController()
    const ended: number[] = []
    const work = async ({ number }: FilePart) => {
      stop.abort()
      await sleep(number)
      ended.push(number)
      if (error !== undefined && number === 1) throw error
    }
    await expect(send(100, partPool(2), work, stop.signal)).rejects.toMatchObject(
      error === undefined ? { code: 'stopped' } : { message: 'part 1' },
    )
    expect(ended).toEqual([1, 2])
  }
})
