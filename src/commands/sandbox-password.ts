/** The password of the sandbox's pages: of a file or a variable, never a flag's value, which other users could read. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { secretIn } from './secret-file.ts'

const fewestCharacters = 8

/** @throws {Failure} (usage) where it is too short, too long or no text: a part of it would be a password nobody knows. */
export async function passwordOf(
  world: Pick<World, 'files' | 'environment' | 'emit'>,
  file: string | undefined,
): Promise<{ readonly password?: string }> {
  const password = file === undefined ? world.environment.KOO_SANDBOX_PASSWORD : await secretIn(world, file, 'password')
  if (file === undefined && (password === undefined || password === '')) return {}
  if (password === undefined || password.length < fewestCharacters) {
    const where = file ?? 'KOO_SANDBOX_PASSWORD'
    throw usage('short-password', `The password in ${where} has fewer than ${fewestCharacters} characters.`)
  }
  return { password }
}
