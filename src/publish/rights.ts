/** What the credentials at hand may do. */
import { Failure } from '../model/failure.ts'
import type { Account } from '../ports.ts'

/** @throws {Failure} (credentials) where the marketplace tells that the credentials may not do this. */
export function refuseWithoutRight({ name, rights }: Account, right: string, doing = right): void {
  if (rights === undefined || rights.includes(right)) return
  throw new Failure({
    code: 'not-allowed',
    exit: 'credentials',
    message: `The credentials of ${name} may not ${doing}${rights.length > 0 ? `, only ${rights.join(', ')}` : ''}.`,
    hint: 'Have the right given to them, or use the keys of a user who has it.',
  })
}
