/** The change of a text as a unified diff. */
import { createTwoFilesPatch } from 'diff'

const linesAround = 2

export function difference(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(file, file, before, after, '', '', { context: linesAround })
  return patch.slice(patch.indexOf('--- '))
}
