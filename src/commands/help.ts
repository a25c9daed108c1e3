/** `koo help`: topics beside the help of each command. */
import { exitCodes } from '../model/exit-codes.ts'
import type { Outcome } from '../model/outcome.ts'
import { settings } from '../model/settings.ts'

const codes = Object.fromEntries(Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]))

/** What `koo help TOPIC` prints. */
export const topics: Readonly<Record<string, Extract<Outcome, { readonly is: 'topic' }>>> = {
  'exit-codes': { is: 'topic', head: ['Code', 'Meaning'], rows: codes },
  environment: { is: 'topic', head: ['Variable', 'Meaning'], rows: settings },
}
