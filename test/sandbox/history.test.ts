/** What happened to a product, by whom and when; also where it happened before there was a history. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import Sqlite from 'libsql'
import { openDatabase } from '../../src/sandbox/database.ts'
import type { HistoryEvent } from '../../src/sandbox/history.ts'
import { openStore } from '../../src/sandbox/store.ts'
import { dataFolder, FakeClock, randomness, type Server, serve } from './harness.ts'
import { approve, manifest, released } from './shop.ts'

let folder: Awaited<ReturnType<typeof dataFolder>>
let clock: FakeClock
let server: Server
beforeEach(async () => {
  folder = await dataFolder()
  clock = new FakeClock()
  server = await serve('in process', { data: folder.path, clock })
})
afterEach(async () => {
  await server.close()
  await folder.remove()
})
const restart = async (options: Partial<Parameters<typeof serve>[1]> = {}) => {
  await server.close()
  server = await serve('in process', { data: folder.path, clock, ...options })
}

async function history(key = 'database-care'): Promise<readonly HistoryEvent[]> {
  const database = await openDatabase(folder.path)
  const store = openStore(database, randomness)
  const events = store.history(store.productByKey(key)?.id ?? '')
  database.close()
  return events
}
const told = (events: readonly HistoryEvent[]) => events.map(({ what, by }) => `${what} ${by}`)

test('a life from the first draft to the end', async () => {
  const { body } = await released(server, { submit: false })
  const params = { release_id: body.release_id }
  const complaints = [{ path: '/product/name', code: 'review-complaint', message: 'Not the registered name.' }]
  clock.pass(1000)
  await server.call('SubmitRelease', { params })
  await server.call('WithdrawRelease', { params })
  clock.pass(1000)
  await server.call('SubmitRelease', { params })
  await server.call('ReviewRelease', { params, json: { decision: 'reject', complaints } })
  await server.call('SubmitRelease', { params })
  const other = manifest({ overview: 'Edited in the console.' })
  const { content_digest } = (await server.call('ShowRelease', { params })).body
  await server.call('EditRelease', { params, json: { content_digest, manifest: other } })
  await approve(server, body.release_id)
  const second = await released(server, { version: 'V2.0' })
  await approve(server, second.body.release_id)
  clock.pass(1000)
  await server.call('DiscontinueProduct', { params: { product_id: body.product_id } })
  await server.call('DiscontinueProduct', { params: { product_id: body.product_id } })

  const events = await history()
  expect(told(events)).toEqual(
    [
      ...['created', 'submitted', 'withdrawn', 'submitted', 'rejected', 'submitted', 'edited', 'approved'],
      ...['created', 'submitted', 'replaced', 'approved', 'discontinued'],
    ].map((what) => `${what} api`),
  )
  const start = Date.UTC(2026, 10, 22, 9, 30)
  expect(events.map(({ at }) => ((at ?? 0) - start) / 1000)).toEqual([0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3])
  expect(events[4]).toMatchObject({ releaseId: body.release_id, complaints })
  expect(events[6]).toMatchObject({ changed: ['/product/overview'] })
  expect(events.at(-1)).not.toHaveProperty('releaseId')
})

test('an automatic verdict is the reviewer’s, and falls when it was due', async () => {
  await restart({ review: 'auto', reviewDelay: 60_000 })
  await released(server)
  clock.pass(3_600_000)
  await server.call('ListProducts')
  const events = await history()
  expect(told(events)).toEqual(['created api', 'submitted api', 'approved reviewer'])
  expect((events[2]?.at ?? 0) - (events[1]?.at ?? 0)).toBe(60_000)
})

test('a colleague’s edit is the colleague’s', async () => {
  await restart({ faults: [{ fault: 'edits', probability: 1 }] })
  await approve(server, (await released(server)).body.release_id)
  expect(told(await history())).toEqual(['created api', 'submitted api', 'approved api', 'edited colleague'])
})

test('a change that is refused leaves nothing behind', async () => {
  const { body } = await released(server)
  const again = await server.call('SubmitRelease', { params: { release_id: body.release_id } })
  expect(again.status).toBe(409)
  expect(await history()).toHaveLength(2)
})

test('of what was before there was a history, the columns tell', async () => {
  const first = await released(server)
  await approve(server, first.body.release_id)
  const second = await released(server, { version: 'V2.0' })
  await server.call('WithdrawRelease', { params: { release_id: second.body.release_id } })
  await server.call('DiscontinueProduct', { params: { product_id: first.body.product_id } })
  await server.close()
  const database = new Sqlite(join(folder.path, 'marketplace.db'))
  database.exec('DROP TABLE usage_records; DROP TABLE calls; DROP TABLE orders; DROP TABLE instances')
  database.exec('DROP TABLE events; ALTER TABLE account DROP COLUMN console_password; PRAGMA user_version = 3')
  database.close()
  await restart()
  const events = await history()
  expect(events.map(({ what }) => what)).toEqual([
    ...['created', 'submitted', 'approved', 'created', 'submitted', 'discontinued'],
    'withdrawn',
  ])
  expect(events.filter(({ by }) => by !== undefined)).toEqual([])
  expect(events.at(-1)).not.toHaveProperty('at')
})
