/** `koo keys`: the keys that sign bundles and licenses. */
import { usage } from '../model/failure.ts'
import { type KeyForm, keyForms } from '../model/keys.ts'
import type { Outcome } from '../model/outcome.ts'
import type { World } from '../ports.ts'
import type { PublicKey } from '../signing/minisign.ts'
import { command } from './command.ts'

const noPassphrase = {
  flag: '--no-passphrase',
  about: 'do not protect the file with a passphrase, as for CI, which keeps it as a secret',
} as const

const generate = command({
  name: 'generate',
  summary: 'make a key that signs bundles and licenses',
  about:
    'Asks twice for a passphrase, which KOO_SIGNING_PASSPHRASE gives where nobody can be asked. A key is never overwritten.',
  arguments: '[name]',
  options: { noPassphrase },
  examples: ['koo keys generate', 'koo keys generate ci --no-passphrase'],
  async run({ arguments: [name], options }, world) {
    const { defaultName, keepKey, refuseName } = await import('./key-store.ts')
    const { secretKeyOf } = await import('../signing/secret-key.ts')
    const chosen = name ?? defaultName
    await refuseName(world, chosen)
    const passphrase = options.noPassphrase ? undefined : await newPassphraseOf(world)
    const secret = secretKeyOf(Buffer.from(world.randomness.hex(32), 'hex'))
    return keptOutcome(world, await keepKey(world, chosen, secret, passphrase))
  },
})

const list = command({
  name: 'list',
  summary: 'the keys there are',
  options: {},
  examples: ['koo keys list', 'koo keys list --json'],
  async run(_, world) {
    const { shownFolder, storedKeys } = await import('./key-store.ts')
    const keys = (await storedKeys(world)).map(({ row }) => row)
    return { is: 'keys', keys, folder: await shownFolder(world) }
  },
})

const exportKey = command({
  name: 'export',
  summary: 'print the public half of a key, or write it to a file',
  about:
    'For minisign, as PEM (SubjectPublicKeyInfo) for most libraries, or as a JWK. A file that is there is never overwritten. --secret writes the file of the secret half, as protected as it is, for a backup or as the KOO_SIGNING_KEY of a CI system.',
  arguments: '[name]',
  options: {
    as: { flag: '--as <form>', about: `${keyForms.join(', ')} (default: minisign)` },
    out: { flag: '--out <file>', about: 'write it there' },
    secret: { flag: '--secret', about: 'the secret half, to --out only, readable by you alone' },
  },
  examples: [
    'koo keys export',
    'koo keys export --as pem --out license.pem',
    'koo keys export ci --secret --out ci.key',
  ],
  async run({ arguments: [name], options }, world) {
    const { storedKey, secretTextOf } = await import('./key-store.ts')
    const as = keyForms.find((each) => each === (options.as ?? 'minisign'))
    if (as === undefined) throw usage('bad-flag', `--as takes ${keyForms.join(', ')}, not \`${options.as}\`.`)
    const key = await storedKey(world, name)
    const { out } = options
    if (options.secret) {
      if (out === undefined) throw usage('missing-flag', '--secret needs --out: a secret is not printed.')
      if (as !== 'minisign') throw usage('contradiction', `--secret and --as ${as} contradict each other.`)
      await refuseExisting(world, out)
      await world.files.write(out, await secretTextOf(world, key), { secret: true })
      return { is: 'key-exported', key: key.row, as: 'secret', to: { is: 'file', file: world.files.shown(out) } }
    }
    const text = await publicText(key.publicKey, as)
    if (out === undefined) return { is: 'key-exported', key: key.row, as, to: { is: 'text', text } }
    await refuseExisting(world, out)
    await world.files.write(out, text)
    return { is: 'key-exported', key: key.row, as, to: { is: 'file', file: world.files.shown(out) } }
  },
})

const importKey = command({
  name: 'import',
  summary: 'take over a secret key file of minisign, or an Ed25519 key as PEM (PKCS #8)',
  about:
    'Opens it with its passphrase and protects the copy with the same one. A PEM file has none, so a new one is asked for.',
  arguments: '<file>',
  options: { name: { flag: '--name <name>', about: 'what to call it here (default: default)' }, noPassphrase },
  examples: ['koo keys import ~/.minisign/minisign.key', 'koo keys import seller.pem --name seller'],
  async run({ arguments: [file = ''], options }, world) {
    const { defaultName, keepKey, mostKeyBytes, refuseName } = await import('./key-store.ts')
    const { readSecretKey } = await import('../signing/secret-key.ts')
    const { passphraseOf } = await import('./passphrase.ts')
    const name = options.name ?? defaultName
    await refuseName(world, name)
    const shown = world.files.shown(file)
    const read = readSecretKey(new TextDecoder().decode(await world.files.read(file, mostKeyBytes)), shown)
    const old = read.isEncrypted ? await passphraseOf(world, shown) : undefined
    const secret = await read.open(old ?? '')
    const passphrase = options.noPassphrase ? undefined : (old ?? (await newPassphraseOf(world)))
    return keptOutcome(world, await keepKey(world, name, secret, passphrase))
  },
})

async function newPassphraseOf(world: World): Promise<string> {
  const { newPassphrase } = await import('./passphrase.ts')
  return newPassphrase(world)
}

async function keptOutcome(
  world: World,
  { row }: { readonly row: Extract<Outcome, { is: 'key-kept' }>['key'] },
): Promise<Outcome> {
  const { shownFolder } = await import('./key-store.ts')
  return { is: 'key-kept', key: row, folder: await shownFolder(world) }
}

async function refuseExisting(world: World, out: string): Promise<void> {
  if (!(await world.files.exists(out))) return
  const hint = 'It may be the only copy of a key: name another file, or move this one away first.'
  throw usage('exists', `${world.files.shown(out)} is there already.`, hint)
}

async function publicText(key: PublicKey, as: KeyForm): Promise<string> {
  const { publicKeyFile } = await import('../signing/minisign.ts')
  const { publicJwk, publicPem } = await import('../signing/ed25519.ts')
  if (as === 'minisign') return publicKeyFile(key)
  return as === 'pem' ? publicPem(key.key) : `${JSON.stringify(publicJwk(key.key, key.keyId), null, 2)}\n`
}

export const keys = command({
  name: 'keys',
  summary: 'make, list, export and import the keys that sign bundles and licenses',
  about:
    'A key is an Ed25519 pair in the file format of minisign. Its secret half stays in koo’s data folder, readable by you alone. KOO_SIGNING_KEY gives a key to a machine that has no such folder.',
  options: {},
  commands: [generate, list, exportKey, importKey],
  examples: [
    'koo keys generate',
    'koo keys list',
    'koo keys export --as pem --out license.pem',
    'koo keys import ~/.minisign/minisign.key',
  ],
  run: (_, world) => list.run({ arguments: [], options: {} }, world),
})
