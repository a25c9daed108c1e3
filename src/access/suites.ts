/** The suites: which cases each has, and how its calls are written down. */
import type { Suite } from '../model/access/report.ts'
import { usage } from '../model/failure.ts'
import type { SuiteOfCases } from './case.ts'
import type { Prepare } from './talk.ts'
import { prepareV1 } from './v1.ts'
import { prepareV2, type Readings } from './v2.ts'

export async function suiteNamed(suite: Suite): Promise<SuiteOfCases> {
  switch (suite) {
    case 'v2':
      return (await import('./cases/v2.ts')).v2Cases
    case 'v1':
      return (await import('./cases/v1.ts')).v1Cases
    case 'license-code':
      return (await import('./cases/license-code.ts')).licenseCodeCases
  }
}

export function prepareFor(suite: Suite, url: string, key: string, readings: Readings): Prepare {
  return suite === 'v1' ? prepareV1(url, key, readings) : prepareV2(url, key, readings)
}

/**
 * The ids of cases, or of all cases of groups, that are named.
 * @throws {Failure} (usage) where there is none of a name.
 */
export function chosenCases({ cases }: SuiteOfCases, names: readonly string[]): ReadonlySet<string> {
  const chosen = names
    .flatMap((each) => each.split(','))
    .flatMap((name) => {
      const found = cases.filter(({ id, group }) => id === name || group === name)
      if (found.length > 0) return found.map(({ id }) => id)
      const groups = [...new Set(cases.map(({ group }) => group))]
      throw usage(
        'bad-flag',
        `There is no case or group \`${name}\`.`,
        `Groups: ${groups.join(', ')}. Cases: ${cases.map(({ id }) => id).join(', ')}.`,
      )
    })
  return new Set(chosen)
}
