/** The failures of a file that cannot be read as a sheet. */
import { Failure } from '../model/failure.ts'
import { mostRows } from './cells.ts'

/** `why` goes on from the name of the file, without its full stop. */
export function unreadable(file: string, why: string, hint: string): Failure {
  return new Failure({ code: 'sheet-unreadable', exit: 'findings', message: `${file} ${why}.`, hint })
}

export function tooManyRows(file: string): Failure {
  return unreadable(file, `has more than ${mostRows} products`, 'Divide it into several sheets.')
}
