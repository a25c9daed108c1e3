/** Passphrases of signing keys: from the environment, else from the person at the terminal. */
import { Failure, usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { passphraseComplaint } from '../signing/secret-key.ts'

/** The variable; it comes first, so that a script is never asked. */
function given({ environment }: World): string | undefined {
  return environment.KOO_SIGNING_PASSPHRASE || undefined
}

/**
 * The passphrase a new key is to have, asked for twice.
 *
 * @throws {Failure} (usage) where there is none and nobody can be asked.
 */
export async function newPassphrase(world: World): Promise<string> {
  const known = given(world)
  if (known !== undefined) {
    const complaint = passphraseComplaint(known)
    if (complaint !== undefined) throw usage('bad-passphrase', `KOO_SIGNING_PASSPHRASE: ${complaint}`)
    return known
  }
  if (!world.terminal.asks) {
    const hint = 'Set KOO_SIGNING_PASSPHRASE, or add --no-passphrase for a key that no passphrase protects.'
    throw usage('missing-flag', 'There is no terminal to ask for a passphrase.', hint)
  }
  const prompter = await world.prompter()
  const first = await prompter.secret({ message: 'Passphrase for the new key:', complaint: passphraseComplaint })
  return prompter.secret({
    message: 'The same once more:',
    complaint: (again) => (again === first ? undefined : 'This is not the same; Ctrl-C starts over.'),
  })
}

/** @throws {Failure} (credentials) where it is not set and nobody can be asked. */
export async function passphraseOf(world: World, key: string): Promise<string> {
  const known = given(world)
  if (known !== undefined) return known
  if (world.terminal.asks) {
    return (await world.prompter()).secret({ message: `Passphrase of ${key}:`, complaint: () => undefined })
  }
  throw new Failure({
    code: 'no-passphrase',
    exit: 'credentials',
    message: `A passphrase protects ${key}, and there is no terminal to ask for it.`,
    hint: 'Set KOO_SIGNING_PASSPHRASE.',
  })
}
