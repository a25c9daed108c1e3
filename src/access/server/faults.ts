/** Known mistakes of sellers, which the reference server makes where it is told to, and the cases that speak of each. */
import { usage } from '../../model/failure.ts'
import type { Fault, Faults } from './fault.ts'
import { answerFaults } from './faults/answers.ts'
import { instanceFaults } from './faults/instances.ts'
import { licenseCodeFaults } from './faults/license-codes.ts'
import { lifeFaults } from './faults/life.ts'
import { signatureFaults } from './faults/signature.ts'
import { v1Faults } from './faults/v1.ts'

export const faults: Faults = {
  ...signatureFaults,
  ...answerFaults,
  ...instanceFaults,
  ...lifeFaults,
  ...v1Faults,
  ...licenseCodeFaults,
}

/** @throws {Failure} (usage) where there is none of that name. */
export function faultNamed(name: string): Fault {
  const fault = Object.hasOwn(faults, name) ? faults[name] : undefined
  if (fault !== undefined) return fault
  throw usage('bad-flag', `There is no fault \`${name}\`.`, `Those there are: ${Object.keys(faults).join(', ')}.`)
}
