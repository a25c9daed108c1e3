/** What becomes of the requests of a push that the user stops. */
import { expect, test } from '@jest/globals'
import { pushUsage } from '../../src/access/usage-push.ts'
import { requestsOf } from '../../src/access/usage-records.ts'
import type { PushEnd, SellerApi } from '../../src/ports.ts'

const time = '20261125T090000Z'
const records = Array.from({ length: 2500 }, (_, index) => ({
  ...{ instance_id: `i-${index}`, record_time: time, begin_time: time, end_time: time, usage_value: 1 },
}))

/** Stopped while the request of that number, from 1, is on its way. */
function stoppedAt(number: number, end: PushEnd) {
  const stop = new AbortController()
  let sent = 0
  const api: Pick<SellerApi, 'pushUsage'> = {
    async pushUsage() {
      sent += 1
      if (sent === number) stop.abort()
      return end
    },
  }
  if (number === 0) stop.abort()
  return pushUsage({
    ...{ api: api as SellerApi, key: 'a key', stop: stop.signal, records, requests: requestsOf(records) },
    clock: { now: () => 0, sleep: async () => {} },
    randomness: { uuid: () => '', hex: (bytes) => '0'.repeat(2 * bytes) },
  })
}

const accepted: PushEnd = { is: 'accepted', code: 'MKT.0000', message: 'Success' }

test('the one on its way is waited for, and no other is begun', async () => {
  const ended = await stoppedAt(1, accepted)
  expect(ended.map(({ outcome, exit }) => [outcome, exit])).toEqual([
    ['accepted', undefined],
    ['not-sent', 'stopped'],
    ['not-sent', 'stopped'],
  ])
})

test('stopped before the first, none is sent', async () => {
  expect((await stoppedAt(0, accepted)).map(({ outcome }) => outcome)).toEqual(['not-sent', 'not-sent', 'not-sent'])
})

test('a refused one does not keep the others back, as each stands for itself', async () => {
  const refused: PushEnd = {
    is: 'refused',
    code: 'MKT.9001',
    message: 'No.',
    abnormal: [{ index: 7 }, { index: 1000 }, null],
  }
  const ended = await stoppedAt(9, refused)
  expect(ended.map(({ outcome, abnormal }) => [outcome, abnormal.map(({ index }) => index)])).toEqual([
    ['refused', [7, undefined, undefined]],
    ['refused', [1007, undefined, undefined]],
    ['refused', [2007, undefined, undefined]],
  ])
})
