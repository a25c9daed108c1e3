/** What becomes of instances: which cases run for which products, what they say, and the reference server's own semantics. */
import { expect, test } from '@jest/globals'
import { faults } from '../../src/access/server/faults.ts'
import { rightLife } from '../../src/access/server/life.ts'
import { referenceServer } from '../../src/access/server/reference.ts'
import { suiteNamed } from '../../src/access/suites.ts'
import { prepareV2, usualReadings } from '../../src/access/v2.ts'
import { type Charging, chargingNames } from '../../src/model/access/charging.ts'
import { type CaseVerdict, hasPassed } from '../../src/model/access/report.ts'
import type { Clock } from '../../src/ports.ts'
import { key, outcomes, reportOf, type Trial } from './trial.ts'

test.each(chargingNames)('a product sold by %s alone passes, and what is not for it is skipped', async (charging) => {
  const report = await reportOf({ charging: [charging] })
  const { cases } = await suiteNamed('v2')
  const notFor = cases.filter((each) => each.charging !== undefined && !each.charging.includes(charging))
  expect(hasPassed(report, true)).toBe(true)
  for (const { id } of notFor) {
    const { outcome, note } = verdictOf(report.cases, id)
    expect({ id, outcome }).toEqual({ id, outcome: 'skipped' })
    expect(note).toMatch(/^It is for products sold by /)
  }
  const lives: Readonly<Record<Charging, string>> = {
    period: 'life-period',
    'one-time': 'life-one-time',
    'pay-per-use': 'life-pay-per-use',
  }
  expect(verdictOf(report.cases, lives[charging]).outcome).toBe('passed')
})

test('what is bought once is never renewed or frozen', async () => {
  const { cases } = await reportOf({ charging: ['one-time'] })
  const called = new Set(cases.flatMap(({ exchanges }) => exchanges.map(({ activity }) => activity)))
  expect(called).toContain('releaseInstance')
  expect([...called].filter((each) => /^(refresh|upgrade|update|change)/.test(each))).toEqual([])
})

test.each([
  ['upgradeInstance', /^upgrade/],
  ['changeInstanceCheck', /^change-check/],
] as const)('a server that does not offer %s, which is optional, passes', async (activity, ids) => {
  const instead = (call: { readonly activity: string }) => (call.activity === activity ? '000002' : undefined)
  const report = await reportOf({ behaviour: { life: { ...rightLife, instead } } })
  expect(hasPassed(report, true)).toBe(true)
  const concerned = report.cases.filter(({ id }) => ids.test(id))
  expect(concerned.length).toBeGreaterThan(3)
  for (const { outcome, note } of concerned) {
    expect(outcome).toBe('skipped')
    expect(note).toContain(`The server does not offer ${activity}, which is optional`)
  }
  const { note } = verdictOf(report.cases, 'life-period')
  expect(note).toBe(activity === 'upgradeInstance' ? 'The server does not offer upgradeInstance.' : undefined)
})

test('a change that the seller refuses for a reason passes, and the reason is told', async () => {
  const instead = (call: { readonly activity: string; readonly is: string }) =>
    call.activity === 'changeInstanceCheck' && call.is === 'active' ? '000100' : undefined
  const { cases } = await reportOf({ behaviour: { life: { ...rightLife, instead } }, only: ['change-check'] })
  expect(verdictOf(cases, 'change-check')).toMatchObject({
    outcome: 'passed',
    note: 'The change is refused with 000100 (no resource for the instance is left).',
  })
})

test.each([
  ['no-trial-to-formal', 'life-period', /^The trial becomes an order \(refreshInstance\) is answered with 000002/],
  ['no-freeze', 'life-pay-per-use', /^FREEZE in arrears \(updateInstanceStatus\) is answered with 000002/],
  ['released-once', 'life-one-time', /^The release, repeated \(releaseInstance\) is answered with 000003/],
] as const)('with the fault %s %s says which step went wrong', async (fault, id, wrong) => {
  const { cases } = await reportOf({ behaviour: faults[fault]?.behaviour, only: [id] } as Trial)
  expect(verdictOf(cases, id).wrong).toMatch(wrong)
})

test('what only should be is told in passing by a life that passes', async () => {
  const { cases } = await reportOf({
    behaviour: faults['frozen-not-renewed']?.behaviour,
    only: ['life-period'],
  } as Trial)
  const { outcome, note } = verdictOf(cases, 'life-period')
  expect(outcome).toBe('passed')
  expect(note).toMatch(/^refreshInstance is answered with 000005 .* See refresh-frozen\.$/)
})

test('what is being processed is called again until it is done', async () => {
  let calls = 0
  const instead = ({ activity }: { readonly activity: string }) => {
    if (activity !== 'refreshInstance') return undefined
    calls += 1
    return calls === 1 ? '000004' : undefined
  }
  const { passed } = await outcomes({ behaviour: { life: { ...rightLife, instead } }, only: ['refresh-renewal'] })
  expect(passed).toEqual(['refresh-renewal'])
  expect(calls).toBe(2)
})

test('the reference server: an instance that is being made is not there yet, one that is released never again', async () => {
  const { call, pass } = serverAt(1_790_000_000_000, 10_000)
  const refresh = {
    scene: 'RENEWAL',
    orderId: 'A',
    orderLineId: 'A-1',
    instanceId: 'i-1',
    expireTime: '20271125000000',
  }
  const order = { orderId: 'O', orderLineId: 'O-1', businessId: 'i-1' }
  expect(await call('refreshInstance', refresh)).toBe('000003')
  expect(await call('newInstance', order)).toBe('000004')
  expect(await call('refreshInstance', refresh)).toBe('000004')
  expect(await call('updateInstanceStatus', { instanceId: 'i-1', status: 'FREEZE' })).toBe('000004')
  pass(10_000)
  expect(await call('refreshInstance', refresh)).toBe('000000')
  expect(await call('updateInstanceStatus', { instanceId: 'i-1', status: 'FREEZE' })).toBe('000000')
  expect(await call('queryInstance', { instanceId: 'i-1' })).toBe('000000')
  expect(await call('releaseInstance', { instanceId: 'i-1' })).toBe('000000')
  expect(await call('releaseInstance', { instanceId: 'i-1' })).toBe('000000')
  expect(await call('updateInstanceStatus', { instanceId: 'i-1', status: 'UNFREEZE' })).toBe('000003')
  expect(await call('newInstance', { ...order, businessId: 'i-2' })).toBe('000000')
  expect(await call('queryInstance', { instanceId: 'i-1' })).toBe('000003')
  expect(await call('queryInstance', { instanceId: 'i-2' })).toBe('000003')
})

test('the reference server: an order that is cancelled while its instance is made leaves nothing behind', async () => {
  const { call, pass } = serverAt(1_790_000_000_000, 10_000)
  await call('newInstance', { orderId: 'O', orderLineId: 'O-1', businessId: 'i-1' })
  expect(await call('releaseInstance', { instanceId: 'i-1' })).toBe('000000')
  pass(20_000)
  expect(await call('queryInstance', { instanceId: 'i-1' })).toBe('000003')
})

function verdictOf(cases: readonly CaseVerdict[], id: string): CaseVerdict {
  const found = cases.find((each) => each.id === id)
  if (found === undefined) throw new Error(`There is no verdict on ${id}.`)
  return found
}

/** A reference server in whose world time passes when it is told to; calls give result codes. */
function serverAt(start: number, creationTime: number) {
  let now = start
  let nonce = 0
  const clock: Clock = { now: () => now, sleep: async () => {} }
  const answer = referenceServer({ key, clock, creationTime })
  const prepare = prepareV2('http://localhost/', key, usualReadings)
  return {
    pass(milliseconds: number): void {
      now += milliseconds
    },
    async call(activity: string, fields: Readonly<Record<string, string>>): Promise<unknown> {
      nonce += 1
      const { method, url, body = new Uint8Array() } = prepare({ activity, fields, now, nonce: String(nonce) }, {})
      const { pathname, search } = new URL(url)
      const given = await answer({ method, url: `${pathname}${search}`, headers: {}, body })
      return JSON.parse(new TextDecoder().decode(Buffer.from(given.body))).resultCode
    },
  }
}
