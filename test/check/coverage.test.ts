/** Every documented requirement has a rule or a reason, and every rule a documented requirement. */
import { expect, test } from '@jest/globals'
import { suiteNamed } from '../../src/access/suites.ts'
import { activities } from '../../src/model/access/activities.ts'
import { type Suite, suites } from '../../src/model/access/report.ts'
import * as consoleForm from '../../src/model/console-form.ts'
import { deliveryMethods } from '../../src/model/delivery-methods.ts'
import { diagnosticCodeNames, diagnosticCodeRow } from '../../src/model/diagnostic-codes.ts'
import { pages } from '../../src/model/pages.ts'
import { requirements } from '../../src/model/requirements.ts'

test('every requirement is checked, or says why only a person can', () => {
  const open = requirements.filter(({ codes = [], person }) => codes.length === 0 && person === undefined)
  expect(open).toEqual([])
})

test('every code that a page is the source of belongs to a requirement', () => {
  const covered = new Set(requirements.flatMap(({ codes = [] }) => codes))
  const documented = diagnosticCodeNames.filter((code) => {
    const { source, stage } = diagnosticCodeRow(code)
    return Object.hasOwn(pages, source) && stage !== 'review'
  })
  expect(documented.length).toBeGreaterThan(50)
  expect(documented.filter((code) => !covered.has(code))).toEqual([])
})

/** Everything in a table that says `source` or `labelSource`. */
function sourcesIn(table: unknown): readonly string[] {
  if (typeof table !== 'object' || table === null) return []
  return Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'string' ? (/source$/i.test(key) ? [value] : []) : sourcesIn(value),
  )
}

test('every page is used, has an address and a day', async () => {
  const cases: unknown[] = []
  for (const suite of Object.keys(suites) as readonly Suite[]) cases.push((await suiteNamed(suite)).cases)
  const used = new Set<string>([
    ...diagnosticCodeNames.map((code) => diagnosticCodeRow(code).source),
    ...requirements.map(({ page = '' }) => page),
    ...sourcesIn([consoleForm, deliveryMethods, activities, cases]),
  ])
  for (const [name, { address, read }] of Object.entries(pages)) {
    expect({ name, used: used.has(name) }).toEqual({ name, used: true })
    expect(new URL(address).protocol).toBe('https:')
    expect(read).toMatch(/^20\d\d-\d\d-\d\d$/)
  }
})

test('what only the China site states is a warning', () => {
  const errors = diagnosticCodeNames.filter((code) => {
    const { source, severity } = diagnosticCodeRow(code)
    return severity === 'error' && source !== 'koo' && source !== 'yaml' && pages[source].of === 'china'
  })
  expect(errors).toEqual([])
})
