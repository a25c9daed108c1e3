/** The parts of a file: begun in order, few at once, on few buffers, and all ended before anything is thrown. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { type FilePart, sendParts } from '../../src/adapters/parts.ts'

const never = new AbortController().signal

test('parts cover the file in order, on as few buffers as there are at once', async () => {
  const begun: Omit<FilePart, 'buffer'>[] = []
  const memory = new Set<ArrayBufferLike>()
  let atOnce = 0
  let most = 0
  await sendParts({ bytes: 95, partSize: 10, parallel: 3, stop: never }, async ({ buffer, ...part }) => {
    begun.push(part)
    memory.add(buffer.buffer)
    expect(buffer).toHaveLength(part.end - part.start)
    atOnce += 1
    most = Math.max(most, atOnce)
    await sleep(part.number % 3)
    atOnce -= 1
  })
  expect(begun.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(begun.map(({ start }) => start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
  expect(begun.at(-1)?.end).toBe(95)
  expect(most).toBe(3)
  expect(memory.size).toBe(3)
})

test('an empty file has no parts, a small one needs a small buffer', async () => {
  const sizes: number[] = []
  const note = async ({ buffer }: FilePart) => void sizes.push(buffer.buffer.byteLength)
  await sendParts({ bytes: 0, partSize: 1000, parallel: 4, stop: never }, note)
  await sendParts({ bytes: 7, partSize: 1000, parallel: 4, stop: never }, note)
  expect(sizes).toEqual([7])
})

test('one that fails stops the others once they are through', async () => {
  const ended: number[] = []
  const work = async ({ number }: FilePart) => {
    if (number === 2) throw new Error('part 2')
    await sleep(5)
    ended.push(number)
  }
  await expect(sendParts({ bytes: 100, partSize: 10, parallel: 3, stop: never }, work)).rejects.toThrow('part 2')
  expect(ended).toEqual([1, 3])
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
    const sending = sendParts({ bytes: 100, partSize: 10, parallel: 2, stop: stop.signal }, work)
    await expect(sending).rejects.toMatchObject(error === undefined ? { code: 'stopped' } : { message: 'part 1' })
    expect(ended).toEqual([1])
  }
})
