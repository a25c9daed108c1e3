/** `koo verify`: whether a bundle is what its seller packed. */
import { signatureName } from '../model/bundle.ts'
import { Failure, usage } from '../model/failure.ts'
import type { SignatureState, VerifiedBundle } from '../model/verified-bundle.ts'
import type { World } from '../ports.ts'
import type { Signature } from '../signing/minisign.ts'
import { command } from './command.ts'

export const verify = command({
  name: 'verify',
  summary: 'check a bundle against its signature, its digest and its list of contents',
  about:
    'Reads the bundle once, offline, and extracts nothing. Checks the signature (BUNDLE.minisig) where the key is known, the digest (BUNDLE.sha256), and every entry against koo-bundle.json, and names what differs, the first first. With --key there must be a valid signature by this key.',
  arguments: '<bundles...>',
  options: {
    key: {
      flag: '--key <key>',
      about: 'the seller’s public key: a file, base64, PEM, JWK or the name of one of yours',
    },
    signature: { flag: '--signature <file>', about: 'where the signature is (default: BUNDLE.minisig)' },
  },
  examples: ['koo verify plumbline-fim_V2-1.tar.gz --key plumbline.pub', 'koo verify dist/*.tar.gz --json'],
  async run({ arguments: paths, options }, world) {
    if (options.signature !== undefined && paths.length > 1) {
      throw usage('contradiction', '--signature is of one bundle.', 'Name one bundle, or leave --signature out.')
    }
    world.processors()
    const bundles = []
    for (const path of paths) bundles.push(await verified(world, path, options))
    return { is: 'verified', bundles }
  },
})

interface Given {
  readonly key?: string | undefined
  readonly signature?: string | undefined
}

async function verified(world: World, path: string, given: Given): Promise<VerifiedBundle> {
  const { examineBundle } = await import('../pack/verify.ts')
  const { files } = world
  const signatureFile = given.signature ?? signatureName(path)
  const isSigned = given.signature !== undefined || (await files.exists(signatureFile))
  const name = files.shown(path)
  const start = world.clock.now()
  const examined = await examineBundle(files, path, {
    isSigned,
    stop: world.stop,
    progress: (done, total) => {
      world.emit({ is: 'working', key: name, doing: 'verifying', done, total, elapsed: world.clock.now() - start })
    },
  })
  world.emit({ is: 'settled', key: name })
  const { blake2b512 } = examined
  const signature: SignatureState =
    blake2b512 === undefined
      ? { is: 'missing', isWanted: given.key !== undefined }
      : await signatureState(world, signatureFile, blake2b512, given.key)
  const { verdictOn } = await import('../pack/verdict.ts')
  return verdictOn({ path: name, examined, signature, digest: await digestBeside(world, path) })
}

async function signatureState(
  world: World,
  file: string,
  digest: Uint8Array,
  given: string | undefined,
): Promise<SignatureState> {
  const { checkSignature, readSignature } = await import('../signing/minisign.ts')
  const { knownKey } = await import('./signer.ts')
  const text = new TextDecoder().decode(await world.files.read(file, 64 * 1024))
  let signature: Signature
  try {
    signature = readSignature(text)
  } catch (error) {
    // Wrong with this bundle, not with the run.
    if (error instanceof Failure) return { is: 'malformed', why: error.message }
    throw error
  }
  const { keyId, trustedComment } = signature
  const key = await knownKey(world, given, keyId)
  if (key === undefined) return { is: 'unknown-key', keyId }
  const is = checkSignature(signature, key, digest)
  return is === 'valid' ? { is, keyId, trustedComment } : { is, keyId, wanted: key.keyId }
}

/** What the checksum file beside a bundle says; undefined where there is none. */
async function digestBeside({ files }: World, path: string): Promise<string | undefined> {
  const file = `${path}.sha256`
  if (!(await files.exists(file))) return undefined
  const text = new TextDecoder().decode(await files.read(file, 4096))
  return /^([0-9a-fA-F]{64})\b/.exec(text)?.[1]?.toLowerCase() ?? ''
}
