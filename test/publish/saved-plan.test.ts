/** Saved plans: read back as they were written, and held to what they were made from. */
import { describe, expect, test } from '@jest/globals'
import type { Decision, ProductPlan } from '../../src/model/plan.ts'
import { heldTo, readSavedPlan, refuseElsewhere, type SavedPlan, savedPlanText } from '../../src/publish/saved-plan.ts'

function planOf(decision: Decision, revision = 3, digest = 'a'): ProductPlan {
  const identity = { key: 'harbor-crm', name: 'Harbor CRM', method: 'saas', version: 'V2.0' } as const
  const material = { ...identity, contentDigest: digest.repeat(64), files: [], images: [] }
  return {
    file: 'crm/koo.yaml',
    material,
    decision,
    revision,
    changes: [],
    lost: [],
    fileChanges: [],
    lostFiles: [],
    notes: [],
  }
}

const release: Decision = { do: 'release', replaces: 'V1.0', after: '1' }

function saved(product: ProductPlan): SavedPlan {
  return {
    ...{
      koo: '0.1.0',
      marketplace: 'https://market.example',
      account: 'northwind',
      created: '2026-11-24T09:30:00.000Z',
    },
    options: { resubmit: false, overwrite: false, allowRemovals: true },
    products: [product],
  }
}

describe('a saved plan', () => {
  test('is read as it was written', () => {
    const plan = saved(planOf(release))
    expect(readSavedPlan(savedPlanText(plan))).toEqual({ format: 1, ...plan })
  })

  test.each([
    ['a manifest in JSON', '{"koo":1,"product":{"key":"harbor-crm"}}'],
    ['a list', '[{"products":[],"format":1}]'],
    ['no JSON', 'koo: 1\nproducts: none\n'],
    ['nothing', ''],
  ])('is not %s', (_, text) => {
    expect(readSavedPlan(text)).toBeUndefined()
  })

  test('of a newer koo is told, and never guessed at', () => {
    const text = savedPlanText(saved(planOf(release))).replace('"format": 1', '"format": 2')
    expect(() => readSavedPlan(text)).toThrow('This plan has format 2')
  })

  test.each([
    [/"products": [\s\S]*/, '"products": []}'],
    [/"account": .*\n/, ''],
    [/"contentDigest": .*\n/, ''],
    [/"overwrite": false/, '"overwrite": "no"'],
  ])('without %s is damaged', (from, to) => {
    const text = savedPlanText(saved(planOf(release)))
    expect(text).toMatch(from)
    expect(() => readSavedPlan(text.replace(from, to))).toThrow('damaged')
  })

  test.each([
    ['marketplace', { marketplace: 'sandbox', account: 'northwind' }],
    ['account', { marketplace: 'https://market.example', account: 'another' }],
  ])('is of one %s', (what, here) => {
    expect(() => refuseElsewhere(saved(planOf(release)), here)).toThrow(`The plan is for the ${what}`)
    refuseElsewhere(saved(planOf(release)), { marketplace: 'https://market.example', account: 'northwind' })
  })
})

describe('held to a saved plan', () => {
  test('what is as it was goes on', () => {
    expect(heldTo(saved(planOf(release)), [planOf({ ...release })])).toEqual([planOf(release)])
  })

  test('what an earlier run of it sent, and a reviewer rejected, is told by its complaints', () => {
    const rejected = planOf({ do: 'mend', releaseId: '2' }, 5)
    expect(heldTo(saved(planOf(release)), [rejected])).toEqual([rejected])
  })

  test.each([
    ['other files', planOf(release, 3, 'b'), 'harbor-crm V2.0 changed since it was planned.'],
    ['another revision', planOf(release, 4), 'harbor-crm changed on the marketplace since it was planned.'],
    ['another decision', planOf({ do: 'resubmit', releaseId: '2' }), 'it would be `resubmit`, not `release`.'],
    ['a release replaced meanwhile', planOf({ ...release, replaces: 'V1.1' }), 'changed on the marketplace'],
  ])('with %s it is refused', (_, fresh, why) => {
    const [held] = heldTo(saved(planOf(release)), [fresh])
    expect(held?.decision).toMatchObject({ do: 'refuse', why: expect.stringContaining(why) })
  })

  test.each([
    { do: 'nothing', releaseId: '2' },
    { do: 'await', releaseId: '2' },
    { do: 'refuse', why: 'It is in review.', hint: 'Wait.' },
  ] as const)('what an earlier run of it sent, or cannot be sent now, keeps its own decision: %j', (decision) => {
    expect(heldTo(saved(planOf(release)), [planOf(decision, 5)])[0]?.decision).toEqual(decision)
  })

  test('what was refused when it was planned is not sent, though it could be now', () => {
    const refused = planOf({ do: 'refuse', why: 'It is in review.', hint: 'Wait.' })
    expect(heldTo(saved(refused), [planOf(release)])[0]?.decision.do).toBe('refuse')
  })

  test('a product that was not planned is refused', () => {
    const { material, ...rest } = planOf(release)
    const other = { ...rest, material: { ...material, key: 'harbor-mail' } }
    expect(heldTo(saved(planOf(release)), [other])[0]?.decision).toMatchObject({
      why: 'harbor-mail V2.0 is not in the plan.',
    })
  })
})
