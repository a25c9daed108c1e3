/** Journals that were torn, zeroed, or written by others: what is whole in them is never forgotten. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { type Intent, openJournal, readJournal, readJournals } from '../../src/publish/journal.ts'
import { openMemory } from '../../src/publish/memory.ts'
import { clock, randomness } from './stall.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-journal-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const files = () => nodeFiles(folder, () => randomness.hex(6))
const header = { koo: '0.1.0', marketplace: 'https://market.example', account: 'a' }
const intent = (key: string): Intent => ({
  do: 'create',
  key,
  digest: `${key}-digest`,
  token: `${key}-token`,
  revision: 3,
})

async function written(...keys: readonly string[]): Promise<string> {
  const journal = openJournal({ files: files(), clock, randomness }, 'journal', header)
  await Promise.all(keys.map((key) => journal.intend(intent(key))))
  for (const key of keys) await journal.result({ token: `${key}-token`, came: 'made', release: 'r' })
  await journal.end()
  const [name = ''] = await readdir(join(folder, 'journal'))
  return readFile(join(folder, 'journal', name), 'utf8')
}

const keysIn = (text: string): readonly string[] => {
  const read = readJournal(text)
  return read.is === 'journal' ? read.intents.map(({ key }) => key) : []
}

/** The intents whose lines are whole, with or without the line break. */
const wholeIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{"is":"intent","do":"create","key":"([^"\0]+)"[^{}\n\0]*\}/g)].map(([, key = '']) => key)

test('a journal is the owner’s alone, and what is appended at once is all there', async () => {
  const text = await written('harbor-one', 'harbor-two', 'harbor-three')
  expect(keysIn(text)).toEqual(['harbor-one', 'harbor-two', 'harbor-three'])
  expect(readJournal(text)).toMatchObject({ ended: true })
  const [name = ''] = await readdir(join(folder, 'journal'))
  expect((await stat(join(folder, 'journal', name))).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'journal'))).mode & 0o777).toBe(0o700)
})

test('torn at every byte', async () => {
  const text = await written('harbor-one', 'harbor-two')
  for (let cut = 0; cut <= text.length; cut += 1) {
    const torn = text.slice(0, cut)
    expect(keysIn(torn)).toEqual(wholeIn(torn))
  }
})

test('with zeros anywhere', async () => {
  const text = await written('harbor-one', 'harbor-two', 'harbor-three')
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(300), (start, length) => {
      const zeroed = text.slice(0, start) + '\0'.repeat(length) + text.slice(start + length)
      expect(keysIn(zeroed)).toEqual(wholeIn(zeroed))
    }),
  )
})

test('of any bytes', () => {
  fc.assert(fc.property(fc.string(), (text) => expect(keysIn(text)).toEqual([])))
})

test('one of a later koo is told and left alone', async () => {
  await mkdir(join(folder, 'journal'))
  await writeFile(
    join(folder, 'journal/20990101T000000Z-ab.jsonl'),
    '{"format":2}\n{"is":"intent","key":"k","digest":"d"}\n',
  )
  const told: string[] = []
  const sent = await readJournals(
    { files: files(), clock },
    'journal',
    (event) => void told.push(event.is === 'notice' ? event.text : event.is),
  )
  expect([sent.size, told]).toEqual([0, [expect.stringContaining('later koo')]])
  expect(await readdir(join(folder, 'journal'))).toHaveLength(1)
})

test('the newest 20 that ended are kept, and what broke off for a month', async () => {
  await mkdir(join(folder, 'journal'))
  const whole = await written('harbor-one')
  const broken = whole.slice(0, whole.lastIndexOf('{"is":"end"'))
  await rm(join(folder, 'journal'), { recursive: true })
  await mkdir(join(folder, 'journal'))
  const day = (back: number) => new Date(clock.now() - back * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  for (let back = 0; back < 25; back += 1) {
    await writeFile(join(folder, `journal/${day(back)}T000000Z-00.jsonl`), whole)
  }
  await writeFile(join(folder, `journal/${day(24)}T000000Z-11.jsonl`), broken)
  await writeFile(join(folder, `journal/${day(99)}T000000Z-11.jsonl`), broken)
  const sent = await readJournals({ files: files(), clock }, 'journal', () => {})
  expect([...(sent.get('harbor-one') ?? [])]).toEqual(['harbor-one-digest'])
  const left = await readdir(join(folder, 'journal'))
  expect(left.filter((name) => name.endsWith('-00.jsonl'))).toHaveLength(20)
  expect(left.filter((name) => name.endsWith('-11.jsonl'))).toHaveLength(1)
})

test('a baseline that is damaged, or of another product, is none', async () => {
  const memory = openMemory(files(), 'baselines')
  const ids = { key: 'harbor-one', productId: 'p', releaseId: 'r', version: 'V1.0', contentDigest: 'd' }
  const baseline = { ...ids, revision: 2, manifest: { koo: 1 }, files: [] }
  expect(await memory.baseline('harbor-one')).toBeUndefined()
  await memory.remember(baseline)
  expect(await memory.baseline('harbor-one')).toEqual(baseline)
  const file = join(folder, 'baselines/harbor-one.json')
  const text = await readFile(file, 'utf8')
  for (const damaged of [text.slice(0, 40), '', 'null', '[]', text.replace('harbor-one', 'harbor-two')]) {
    await writeFile(file, damaged)
    expect(await memory.baseline('harbor-one')).toBeUndefined()
  }
})
