/** Words of a command line that koo prints for somebody to run. */

/** A word as it can be copied into a shell. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
