/** Usage records: what is wrong with them, and how they are cut into requests. */
import { describe, expect, test } from '@jest/globals'
import { readUsage, requestsOf } from '../../src/access/usage-records.ts'
import type { UsageRecord } from '../../src/model/access/usage.ts'

const sound: UsageRecord = {
  instance_id: 'i-1',
  record_time: '20261125T090000Z',
  begin_time: '20261125T080000Z',
  end_time: '20261125T090000Z',
  usage_value: 12.5,
}
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const read = (value: unknown) => readUsage(bytes(value), 'usage.json')
const problems = (change: Readonly<Record<string, unknown>>) => read([sound, { ...sound, ...change }]).problems

test('a list, and an object with one, are the same; fields koo does not know are kept', () => {
  const records = [{ ...sound, product_id: 'p' }]
  expect(read(records)).toEqual({ records, problems: [], remarks: [] })
  expect(read({ usage_records: records })).toEqual(read(records))
})

test.each([[{}], [null], [{ usage_records: {} }], [[]], [{ usage_records: [] }]])(
  '%j is no list of records',
  (value) => {
    expect(() => read(value)).toThrow(/usage records/)
  },
)

describe('each problem is told with record and field', () => {
  test.each([
    [{ instance_id: undefined, instanceId: 'i' }, 'instance_id', 'is missing; it is called instanceId here'],
    [{ instance_id: ' ' }, 'instance_id', 'is no text'],
    [{ instance_id: 7 }, 'instance_id', 'is no text'],
    [{ instance_id: 'i'.repeat(65) }, 'instance_id', 'has 65 characters, and at most 64 are allowed'],
    [{ record_time: null }, 'record_time', 'is missing'],
    [{ record_time: '20261125090000' }, 'record_time', 'is no time in UTC such as 20261125T080000Z'],
    [{ record_time: '20260230T090000Z' }, 'record_time', 'is no time in UTC such as 20261125T080000Z'],
    [{ begin_time: '20261125T240000Z' }, 'begin_time', 'is no time in UTC such as 20261125T080000Z'],
    [{ end_time: '20261125T075959Z' }, 'end_time', 'is before begin_time'],
    [{ usage_value: undefined }, 'usage_value', 'is missing'],
    [{ usage_value: '12.5' }, 'usage_value', 'is a text: write the number without quotes'],
    [{ usage_value: true }, 'usage_value', 'is no number'],
    [{ usage_value: -1 }, 'usage_value', 'is less than 0'],
    [{ usage_value: 1.23456 }, 'usage_value', 'is 1.23456, and at most 4 decimals are allowed'],
    [{ usage_value: 1e-7 }, 'usage_value', 'is 1e-7, and at most 4 decimals are allowed'],
  ])('%j', (change, field, message) => {
    expect(problems(change)).toEqual([{ index: 1, field, message }])
  })

  test('all of them, also where a record is none', () => {
    const found = read(['x', { ...sound, usage_value: -1, begin_time: 'now' }, [sound]]).problems
    expect(found.map(({ index, field }) => [index, field])).toEqual([
      [0, undefined],
      [1, 'begin_time'],
      [1, 'usage_value'],
      [2, undefined],
    ])
  })

  test.each([[0], [64], [0.0001], [99999999.9999]])('%d is a sound value', (usage_value) => {
    expect(problems({ usage_value, instance_id: 'i-2'.padEnd(64, 'x'), end_time: sound.begin_time })).toEqual([])
  })
})

test('what would count twice is told, and pushed', () => {
  const { problems: none, remarks } = read([
    sound,
    { ...sound, instance_id: 'i-2' },
    { ...sound, usage_value: 1 },
    sound,
  ])
  expect(none).toEqual([])
  expect(remarks).toEqual([
    'Records 0 and 2 are about the same instance and time; both count. There are 2 such records.',
  ])
})

test('a thousand go into a request, with all keys sorted', () => {
  const records = Array.from({ length: 2001 }, (_, index) => ({ ...sound, instance_id: `i-${index}` }))
  const cut = (from?: number) => requestsOf(records, from).map(({ first, count }) => [first, count])
  expect(cut()).toEqual([
    [0, 1000],
    [1000, 1000],
    [2000, 1],
  ])
  expect(cut(1000)).toEqual([
    [1000, 1000],
    [2000, 1],
  ])
  expect(requestsOf(records)[2]?.body).toBe(
    '{"usage_records":[{"begin_time":"20261125T080000Z","end_time":"20261125T090000Z","instance_id":"i-2000","record_time":"20261125T090000Z","usage_value":12.5}]}',
  )
})
