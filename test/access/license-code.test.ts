/** License authorization codes: with and without a code the server knows. */
import { expect, test } from '@jest/globals'
import { faults } from '../../src/access/server/faults.ts'
import { licenseServer, rightLicenses } from '../../src/access/server/license-codes.ts'
import { hasPassed } from '../../src/model/access/report.ts'
import { outcomes, reportOf } from './trial.ts'

const suite = 'license-code'

test('without a code the cases that need one are skipped, and say so', async () => {
  const report = await reportOf({ suite, license: null })
  expect(hasPassed(report, true)).toBe(true)
  const skipped = report.cases.filter(({ outcome, note }) => outcome === 'skipped' && note?.includes('--license'))
  expect(skipped.map(({ id }) => id)).toEqual([
    'license-refresh',
    'license-refresh-repeated',
    'license-refresh-fields',
    'license-unsubscribe-renewal',
    'license-freeze',
    'license-freeze-repeated',
    'license-freeze-fields',
    'license-status-unknown',
    'license-unfreeze',
    'license-release',
    'license-release-repeated',
    'license-release-fields',
  ])
})

test('without a code, too, unknown ones are refused', async () => {
  const { behaviour } = faults['license-unknown-frozen'] ?? {}
  const { failed } = await outcomes({ suite, license: null, behaviour: behaviour ?? {} })
  expect(failed).toEqual(['license-freeze-unknown'])
})

test('a server that offers none of these calls, which are optional, passes', async () => {
  const instead = () => '000002' as const
  for (const license of [null, undefined]) {
    const report = await reportOf({
      suite,
      behaviour: { licenses: { ...rightLicenses, instead } },
      ...(license === null ? { license } : {}),
    })
    expect(hasPassed(report, true)).toBe(true)
    const { note } = report.cases.find(({ id }) => id === 'license-release-unknown') ?? {}
    expect(note).toContain('does not offer releaseLicenseCode, which is optional')
  }
})

test('a wrong signature base is named', async () => {
  const { behaviour } = faults['license-no-inner-hash'] ?? {}
  const { cases } = await reportOf({ suite, behaviour: behaviour ?? {}, only: ['signature-accepted'] })
  expect(cases[0]?.wrong).toMatch(/because the server signs the body itself instead of its hash/)
})

test('a release in debugging ends nothing, a real one ends the code', () => {
  const said = licenseServer(['PL1'], rightLicenses)
  const freeze = { activity: 'updateLicenseCodeStatus', license: 'PL1', status: 'FREEZE' }
  const release = { activity: 'releaseLicenseCode', license: 'PL1' }
  expect(said('newInstance', {})).toBeUndefined()
  expect(said('releaseLicenseCode', { ...release, testFlag: '1' })).toBe('000000')
  expect(said('updateLicenseCodeStatus', freeze)).toBe('000000')
  expect(said('releaseLicenseCode', release)).toBe('000000')
  expect(said('releaseLicenseCode', release)).toBe('000000')
  expect(said('updateLicenseCodeStatus', freeze)).toBe('000003')
  expect(said('updateLicenseCodeStatus', { ...freeze, license: 'PL2' })).toBe('000003')
  expect(said('updateLicenseCodeStatus', { ...freeze, status: 'THAW' })).toBe('000002')
})
