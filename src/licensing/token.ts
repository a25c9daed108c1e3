/**
 * Licenses as text: a JSON Web Token (RFC 7519) signed with Ed25519 (RFC 8037), in the compact form of RFC 7515.
 *
 * A customer's program checks it offline with the public key alone, in any language that has a library for tokens.
 */
import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose'
import { type License, type LicenseProblem, momentText } from '../model/license.ts'
import { publicKeyOf } from '../signing/ed25519.ts'
import type { PublicKey, SecretKey } from '../signing/minisign.ts'
import { licenseIn } from './claims.ts'

const algorithm = 'EdDSA'

export function issue(license: License, { keyId, privateKey }: SecretKey): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(license)))
    .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'JWT' })
    .sign(privateKey)
}

/** What the license has to be for; what is left out is not compared. */
export interface Expectation {
  /** Seconds since 1970. */
  readonly at: number
  readonly product?: string | undefined
  readonly hardwareId?: string | undefined
  readonly systemId?: string | undefined
}

export interface Checked {
  /** None: the license holds. */
  readonly problems: readonly LicenseProblem[]
  /** Only of a license whose signature is right: nobody knows who wrote any other. */
  readonly license?: License
}

/** The key a token says it was signed with, which is not to be believed before the signature has been checked. */
export function signerIn(
  token: string,
): { readonly is: 'named'; readonly keyId: string } | { readonly is: 'wrong'; readonly problem: LicenseProblem } {
  const header = headerOf(token)
  if (header === undefined)
    return wrong('malformed', 'This is no license: a license is one line of three parts with dots between them.')
  const { alg, kid, typ } = header
  if (alg !== algorithm)
    return wrong('algorithm', `The license is not signed as koo signs: its algorithm is ${shown(alg)}.`)
  if (typ !== 'JWT' || 'crit' in header || typeof kid !== 'string')
    return wrong('malformed', 'The license has a header koo does not write.')
  return { is: 'named', keyId: kid }
}

function wrong(code: LicenseProblem['code'], message: string) {
  return { is: 'wrong', problem: problem(code, message) } as const
}

function headerOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return isCompact(token) ? decodeProtectedHeader(token) : undefined
  } catch {
    // No base64, no JSON, no object: all the same.
    return undefined
  }
}

/** Strict, so that one license is one text: the last letter of a signature has bits that decoders pass over. */
function isCompact(token: string): boolean {
  const parts = token.split('.')
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}

/** Of a text nobody vouches for: short, and without what would move a cursor. */
function shown(value: unknown): string {
  return `\`${(JSON.stringify(value) ?? 'missing').slice(0, 40)}\``
}

/** Checks a license offline: signature first, then all it says. Times are compared exactly, without tolerance. */
export async function check(token: string, key: PublicKey, expected: Expectation): Promise<Checked> {
  const signer = signerIn(token)
  if (signer.is === 'wrong') return { problems: [signer.problem] }
  const isOther = signer.keyId !== key.keyId
  // A key in PEM has no id of its own that the license could name.
  const payload = isOther && !key.idIsDerived ? undefined : await verified(token, key)
  if (payload === undefined) {
    return {
      problems: [
        isOther
          ? problem('other-key', `The license is signed with the key ${shown(signer.keyId)}, not with ${key.keyId}.`)
          : problem('signature', 'The signature is wrong: the license was altered, or the seller did not issue it.'),
      ],
    }
  }
  const license = licenseIn(payload)
  if (license === undefined) {
    return { problems: [problem('malformed', 'The signature is right, but what is signed is no license of koo.')] }
  }
  return { problems: problemsOf(license, expected), license }
}

async function verified(token: string, key: PublicKey): Promise<Uint8Array | undefined> {
  try {
    const { payload } = await compactVerify(token, publicKeyOf(key.key), { algorithms: [algorithm] })
    return payload
  } catch {
    return undefined
  }
}

function problemsOf(license: License, { at, product, hardwareId, systemId }: Expectation): readonly LicenseProblem[] {
  const { nbf, exp } = license
  return [
    ...(at < nbf ? [problem('not-yet-valid', `It does not hold before ${momentText(nbf)}.`)] : []),
    ...(exp !== undefined && at >= exp ? [problem('expired', `It expired on ${momentText(exp)}.`)] : []),
    ...(product !== undefined && product !== license.product.key
      ? [problem('other-product', `It is for the product ${license.product.key}, not for ${product}.`)]
      : []),
    ...bindingProblem('other-hardware-id', 'hardware id', license.hardware_id, hardwareId),
    ...bindingProblem('other-system-id', 'system id', license.system_id, systemId),
  ]
}

function bindingProblem(
  code: LicenseProblem['code'],
  title: string,
  bound: string | undefined,
  given: string | undefined,
): readonly LicenseProblem[] {
  if (given === undefined || given === bound) return []
  const message =
    bound === undefined ? `It is bound to no ${title}.` : `It is bound to the ${title} ${bound}, not to ${given}.`
  return [problem(code, message)]
}

function problem(code: LicenseProblem['code'], message: string): LicenseProblem {
  return { code, message }
}
