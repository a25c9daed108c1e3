/** Failures as JSON, and the number of the format that all JSON of koo carries. */
import { exitCodes } from '../model/exit-codes.ts'
import type { Failure } from '../model/failure.ts'

/** Fields are added to the format, never renamed or removed. */
export const format = 1

/** What `--json` prints on stderr when koo could not do what was asked. */
export function jsonOfFailure(failure: Failure): unknown {
  const { code, message, hint, exit } = failure
  return { format, error: { code, message, ...(hint === undefined ? {} : { hint }), exit_code: exitCodes[exit].code } }
}
