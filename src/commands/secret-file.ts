/** A secret in a file: one line, never a flag's value, which other users could read. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'

const mostBytes = 4096

/**
 * @param what as in "password"; also the last word of the failure's code
 * @throws {Failure} (usage) where it is too long or no text: a part of it would be a secret nobody knows.
 */
export async function secretIn(
  { files, emit }: Pick<World, 'files' | 'emit'>,
  file: string,
  what: 'password' | 'key',
): Promise<string> {
  const bytes = await files.read(file, mostBytes + 1)
  const hint = `Write the ${what} alone, in one line.`
  if (bytes.length > mostBytes) throw usage(`bad-${what}`, `${file} has more than ${mostBytes} bytes.`, hint)
  const text = textOf(bytes)
  if (text === undefined) throw usage(`bad-${what}`, `${file} is not one line of text in UTF-8.`, hint)
  if ((await files.entry(file))?.isShared) {
    emit({ is: 'notice', text: `Other users of this machine can read ${file}; chmod 600 keeps it to yourself.` })
  }
  return text
}

/** Without the line break at its end; undefined where it is not one line of text. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '')
    return /\p{Cc}/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
