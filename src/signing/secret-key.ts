/**
 * minisign's secret key files, read and written.
 *
 * A file is base64 of: "Ed", the key derivation ("Sc", or zeros for none), "B2", the salt and the two limits of
 * libsodium's scrypt, and then, mixed with what scrypt makes of the passphrase, key id, seed, public key and checksum.
 * Source: https://jedisct1.github.io/minisign/ ("Secret key format") and minisign's own `seckey_load`.
 */
import { createPrivateKey, type KeyObject, scrypt, timingSafeEqual } from 'node:crypto'
import { Failure, usage } from '../model/failure.ts'
import { blake2b } from './blake2b.ts'
import { keyIdBytes, keyIdOf, keyIdText, privateKeyOf, publicBytes, seedOf } from './ed25519.ts'
import { base64, type SecretKey } from './minisign.ts'

const headBytes = 54
const fileBytes = 158
const passphraseMost = 1023

/** libsodium's limits: of work, and of memory in bytes. */
interface Limits {
  readonly opslimit: bigint
  readonly memlimit: bigint
}

/** Of the keys koo makes: 64 MiB and a quarter of a second, an eighth of the work minisign asks for. */
const ownLimits: Limits = { opslimit: 4_194_304n, memlimit: 67_108_864n }
/** Four times what minisign asks for; what wants more is meant to wear a machine out. */
const mostLimits: Limits = { opslimit: 134_217_728n, memlimit: 4_294_967_296n }
const mostMemory = 2 ** 31

/** Both what a file says of itself, and what is needed to open it. */
export interface SecretKeyFile {
  readonly isEncrypted: boolean
  /**
   * @throws {Failure} (credentials) where the passphrase is wrong, or the file damaged: that cannot be told apart.
   */
  open(passphrase: string): Promise<SecretKey>
}

/**
 * The text of a secret key file of minisign, its base64 line alone, or an Ed25519 private key as PEM (PKCS #8).
 *
 * @param where what the text is, as in "KOO_SIGNING_KEY"; the text itself is in no message.
 * @throws {Failure} (usage) for anything else.
 */
export function readSecretKey(text: string, where: string): SecretKeyFile {
  const plain = text.trim()
  if (plain.includes('-----BEGIN')) {
    const secret = fromPem(plain, where)
    return { isEncrypted: false, open: async () => secret }
  }
  // Some CI systems make one line of several, so the last word it is.
  const bytes = base64(plain.split(/\s+/).at(-1) ?? '')
  if (bytes?.length === 42) throw usage('bad-key', `${where} is a public key, where a secret one is wanted.`)
  if (bytes?.length !== fileBytes || bytes.toString('latin1', 0, 2) !== 'Ed') throw noKey(where)
  const derivation = bytes.toString('latin1', 2, 4)
  if (derivation === '\0\0') {
    const secret = fromBody(bytes.subarray(headBytes))
    if (secret === undefined) throw noKey(where)
    return { isEncrypted: false, open: async () => secret }
  }
  if (derivation !== 'Sc' || bytes.toString('latin1', 4, 6) !== 'B2') throw noKey(where)
  const limits = { opslimit: bytes.readBigUInt64LE(38), memlimit: bytes.readBigUInt64LE(46) }
  const cost = costOf(limits)
  if (limits.opslimit > mostLimits.opslimit || limits.memlimit > mostLimits.memlimit || memoryOf(cost) > mostMemory) {
    throw usage('bad-key', `${where} asks for more time or memory to be opened than any key of minisign does.`)
  }
  return {
    isEncrypted: true,
    async open(passphrase) {
      const body = mixed(bytes.subarray(headBytes), await stream(passphrase, bytes.subarray(6, 38), cost))
      const checksum = body.subarray(72)
      const secret = timingSafeEqual(checksum, checksumOf(body)) ? fromBody(body) : undefined
      if (secret !== undefined) return secret
      const message = `The passphrase does not open ${where}, or the key is damaged.`
      throw new Failure({ code: 'wrong-passphrase', exit: 'credentials', message })
    },
  }
}

function noKey(where: string): Failure {
  const hint = 'A secret key file of minisign is wanted (`koo keys generate`), or an Ed25519 key as PEM (PKCS #8).'
  return usage('bad-key', `${where} is no secret key koo can read.`, hint)
}

function fromPem(text: string, where: string): SecretKey {
  let key: KeyObject | undefined
  try {
    key = createPrivateKey(text)
  } catch {
    // Encrypted, or no key at all; what the parser says might repeat a part of it.
  }
  const publicKey = key && publicBytes(key)
  if (key === undefined || publicKey === undefined) throw noKey(where)
  return secretOf(keyIdOf(publicKey), key, publicKey)
}

/** Undefined where the public half does not belong to the secret one. */
function fromBody(body: Uint8Array): SecretKey | undefined {
  const key = privateKeyOf(body.subarray(8, 40))
  const publicKey = publicBytes(key)
  if (publicKey === undefined || !timingSafeEqual(publicKey, body.subarray(40, 72))) return undefined
  return secretOf(keyIdText(body.subarray(0, 8)), key, publicKey)
}

function secretOf(keyId: string, privateKey: KeyObject, publicKey: Uint8Array): SecretKey {
  return { keyId, privateKey, publicKey: { keyId, key: publicKey } }
}

/** A new key of 32 secret bytes, with the id koo gives it. */
export function secretKeyOf(seed: Uint8Array): SecretKey {
  const privateKey = privateKeyOf(seed)
  const publicKey = publicBytes(privateKey) ?? new Uint8Array()
  return secretOf(keyIdOf(publicKey), privateKey, publicKey)
}

/**
 * The file minisign reads with `-s`, protected by a passphrase, or by nothing as `minisign -W` makes it.
 *
 * @param salt 32 bytes from chance; not used without a passphrase.
 */
export async function secretKeyFile(
  { keyId, privateKey, publicKey }: SecretKey,
  passphrase: string | undefined,
  salt: Uint8Array,
): Promise<string> {
  const body = Buffer.concat([keyIdBytes(keyId), seedOf(privateKey), publicKey.key, Buffer.alloc(32)])
  body.set(checksumOf(body), 72)
  const head = Buffer.alloc(headBytes)
  head.write('Ed', 0, 'latin1')
  head.write('B2', 4, 'latin1')
  if (passphrase === undefined) return fileOf('minisign secret key, not encrypted', head, body)
  head.write('Sc', 2, 'latin1')
  head.set(salt, 6)
  head.writeBigUInt64LE(ownLimits.opslimit, 38)
  head.writeBigUInt64LE(ownLimits.memlimit, 46)
  const encrypted = mixed(body, await stream(passphrase, salt, costOf(ownLimits)))
  return fileOf('minisign encrypted secret key', head, encrypted)
}

function fileOf(comment: string, head: Uint8Array, body: Uint8Array): string {
  return `untrusted comment: ${comment}\n${Buffer.concat([head, body]).toString('base64')}\n`
}

/** What is wrong with a new passphrase, or undefined. */
export function passphraseComplaint(passphrase: string): string | undefined {
  if (passphrase === '') return 'A passphrase has at least one character.'
  const isLine = !/[\r\n\0]/.test(passphrase)
  if (isLine && Buffer.byteLength(passphrase) <= passphraseMost) return undefined
  return `A passphrase is one line of at most ${passphraseMost} bytes, as minisign reads it.`
}

function checksumOf(body: Uint8Array): Uint8Array {
  return blake2b(Buffer.concat([Buffer.from('Ed'), body.subarray(0, 72)]), 32)
}

function mixed(body: Uint8Array, stream: Uint8Array): Buffer {
  return Buffer.from(body.map((byte, index) => byte ^ (stream[index] ?? 0)))
}

/** scrypt's N, r and p. */
interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** As libsodium's crypto_pwhash_scryptsalsa208sha256 (`pickparams`) makes them of its limits. */
function costOf({ opslimit, memlimit }: Limits): Cost {
  const r = 8
  const work = opslimit < 32_768n ? 32_768n : opslimit
  if (work < memlimit / 32n) return { N: powerBelow(work / 32n), r, p: 1 }
  const N = powerBelow(memlimit / 1024n)
  return { N, r, p: Math.max(1, Math.floor(Number(work / 4n / BigInt(N)) / r)) }
}

/** The first power of two, from 2 on, of which twice as much is more than that. */
function powerBelow(most: bigint): number {
  let power = 2n
  while (power <= most / 2n) power *= 2n
  return Number(power)
}

function memoryOf({ N, r, p }: Cost): number {
  return 128 * r * (N + p + 4)
}

function stream(passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, fileBytes - headBytes, { ...cost, maxmem: memoryOf(cost) }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
