/** The password of the sandbox's pages: of a file or a variable, never a flag's value, which other users could read. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'

const mostBytes = 4096
const fewestCharacters = 8

/** @throws {Failure} (usage) where it is too short, too long or no text: a part of it would be a password nobody knows. */
export async function passwordOf(
  world: Pick<World, 'files' | 'environment' | 'emit'>,
  file: string | undefined,
): Promise<{ readonly password?: string }> {
  const password = file === undefined ? world.environment.KOO_SANDBOX_PASSWORD : await passwordIn(world, file)
  if (file === undefined && (password === undefined || password === '')) return {}
  if (password === undefined || password.length < fewestCharacters) {
    const where = file ?? 'KOO_SANDBOX_PASSWORD'
    throw usage('short-password', `The password in ${where} has fewer than ${fewestCharacters} characters.`)
  }
  return { password }
}

async function passwordIn({ files, emit }: Pick<World, 'files' | 'emit'>, file: string): Promise<string> {
  const bytes = await files.read(file, mostBytes + 1)
  const hint = 'Write the password alone, in one line.'
  if (bytes.length > mostBytes) throw usage('bad-password', `${file} has more than ${mostBytes} bytes.`, hint)
  const text = textOf(bytes)?.replace(/\r?\n$/, '')
  if (text === undefined) throw usage('bad-password', `${file} is not one line of text in UTF-8.`, hint)
  if ((await files.entry(file))?.isShared) {
    emit({ is: 'notice', text: `Other users of this machine can read ${file}; chmod 600 keeps it to yourself.` })
  }
  return text
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /\p{Cc}/u.test(text.replace(/\r?\n$/, '')) ? undefined : text
  } catch {
    return undefined
  }
}
