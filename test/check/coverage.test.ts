/** Every documented requirement has a rule or a reason, and every rule a documented requirement. */
import { expect, test } from '@jest/globals'
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

test('every page is used, has an address and a day', () => {
  const used = new Set<string>([
    ...diagnosticCodeNames.map((code) => diagnosticCodeRow(code).source),
    ...requirements.map(({ page = '' }) => page),
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
