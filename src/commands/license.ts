/** `koo license`: issues signed licenses, and checks them offline. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { command } from './command.ts'

/** A license has a few hundred. */
const mostLicenseBytes = 64 * 1024

const issue = command({
  name: 'issue',
  summary: 'issue a license for a customer: a signed token the product checks offline',
  about:
    'The license is a JSON Web Token signed with Ed25519 (alg EdDSA). It says what the manifest offers: one of its specifications, a quantity in its range, and what its kind of authorization binds it to. A quantity is a whole number of at least 1; where the product declares no quantity attributes, it may have any name. A day is one in UTC; --until includes it.',
  arguments: '[path]',
  options: {
    customer: { flag: '--customer <name>', about: 'whom it is for' },
    specification: { flag: '--specification <name>', about: 'what was bought; needed where there are several' },
    quantity: { flag: '--quantity <name=number...>', about: 'how many of what, as in users=50' },
    from: { flag: '--from <date>', about: 'the first day or moment it holds (default: now)' },
    until: { flag: '--until <date>', about: 'the last day, or the moment it ends; a buyout needs none' },
    hardwareId: { flag: '--hardware-id <id>', about: 'the machine it is bound to, where the manifest says so' },
    systemId: { flag: '--system-id <id>', about: 'the installed system it is bound to, where the manifest says so' },
    issuer: { flag: '--issuer <name>', about: 'who issues it (default: the product key)' },
    key: { flag: '--key <name>', about: 'the key that signs (default: KOO_SIGNING_KEY, else the only or default key)' },
    out: { flag: '--out <file>', about: 'write it there (default: print it, and nothing else)' },
  },
  examples: [
    'koo license issue products/fim --customer "Acme Ltd" --specification Standard --until 2027-11-30 --out acme.jwt',
    'koo license issue --customer "Acme Ltd" --quantity users=50 --until 2027-11-30 > acme.jwt',
    'koo license issue --customer "Acme Ltd" --specification Site --hardware-id 4C4C4544-0042 --key seller',
  ],
  async run({ arguments: [path], options }, world) {
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, path === undefined ? [] : [path])
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    const [product, ...others] = read.products
    if (product === undefined || others.length > 0) {
      throw usage('no-product', 'A license is for one product, and here are several manifests.', 'Name one of them.')
    }
    const { licenseOf } = await import('../licensing/terms.ts')
    const { issue: issued } = await import('../licensing/token.ts')
    const { signingKey } = await import('./signer.ts')
    const wishes = { ...options, quantities: options.quantity ?? [] }
    const id = { at: Math.floor(world.clock.now() / 1000), id: world.randomness.uuid() }
    const license = licenseOf(product.manifest, wishes, id)
    const secret = await signingKey(world, options.key ?? true)
    const token = await issued(license, secret)
    const { keyId } = secret
    if (options.out === undefined) return { is: 'licensed', token, license, keyId }
    await world.files.write(options.out, `${token}\n`)
    return { is: 'licensed', token, license, keyId, file: world.files.shown(options.out) }
  },
})

const verify = command({
  name: 'verify',
  summary: 'check a license offline: signature, dates, product, what it is bound to',
  arguments: '<file>',
  options: {
    key: { flag: '--key <key>', about: 'public key: a file, base64, PEM or JWK (default: your own keys)' },
    product: { flag: '--product <key>', about: 'the product key it has to be for' },
    hardwareId: { flag: '--hardware-id <id>', about: 'the hardware id it has to be bound to' },
    systemId: { flag: '--system-id <id>', about: 'the system id it has to be bound to' },
    at: { flag: '--at <date>', about: 'the day or moment to check for (default: now)' },
  },
  examples: [
    'koo license verify acme.jwt',
    'koo license verify acme.jwt --key license.pem --product plumbline-fim --at 2027-12-01',
    'koo license verify - < acme.jwt',
  ],
  async run({ arguments: [file = ''], options }, world) {
    const { momentOf } = await import('../licensing/dates.ts')
    const { check, signerIn } = await import('../licensing/token.ts')
    const { knownKey } = await import('./signer.ts')
    const now = Math.floor(world.clock.now() / 1000)
    const at = options.at === undefined ? now : momentOf('--at', options.at, 'start')
    const token = (await licenseText(world, file)).trim()
    const shown = file === '-' ? 'standard input' : world.files.shown(file)
    const signer = signerIn(token)
    if (signer.is === 'wrong') return { is: 'license-checked', file: shown, problems: [signer.problem] }
    const key = await knownKey(world, options.key, signer.keyId)
    if (key === undefined) {
      const message = `${shown} is signed with a key that is none of yours.`
      throw usage('no-key', message, 'Give the public key of the seller who issued it: --key FILE.')
    }
    const { product, hardwareId, systemId } = options
    const { problems, license } = await check(token, key, { at, product, hardwareId, systemId })
    const signed = license === undefined ? {} : { license, keyId: signer.keyId }
    return { is: 'license-checked', file: shown, problems, ...signed }
  },
})

async function licenseText(world: World, file: string): Promise<string> {
  const bytes = file === '-' ? await world.input() : await world.files.read(file, mostLicenseBytes)
  return new TextDecoder().decode(bytes.subarray(0, mostLicenseBytes))
}

export const license = command({
  name: 'license',
  summary: 'issue licenses customers’ systems check offline, and check them',
  options: {},
  commands: [issue, verify],
  examples: [
    'koo license issue --customer "Acme Ltd" --specification Standard --until 2027-11-30 --out acme.jwt',
    'koo license verify acme.jwt',
  ],
  async run() {
    throw usage('missing-command', 'Say what to do: koo license issue, or koo license verify FILE.')
  },
})
