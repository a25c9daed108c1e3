/** What is signed in a license, read with care: the key that signs may sign other things too. */
import type { License } from '../model/license.ts'

type Claims = Readonly<Record<string, unknown>>

/** The license in the bytes of a payload; undefined where they say anything else. */
export function licenseIn(payload: Uint8Array): License | undefined {
  const claims = recordIn(payload)
  if (claims === undefined) return undefined
  const { product, quantities = {}, exp, hardware_id, system_id } = claims
  const isWhole =
    hasTexts(claims, ['iss', 'sub', 'jti', 'specification']) &&
    [claims.iat, claims.nbf].every(isMoment) &&
    (exp === undefined || isMoment(exp)) &&
    isRecord(product) &&
    hasTexts(product, ['key', 'name', 'version']) &&
    isRecord(quantities) &&
    Object.values(quantities).every(isQuantity) &&
    [hardware_id, system_id].every((each) => each === undefined || typeof each === 'string')
  return isWhole ? (claims as unknown as License) : undefined
}

function recordIn(payload: Uint8Array): Claims | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasTexts(record: Claims, names: readonly string[]): boolean {
  return names.every((name) => typeof record[name] === 'string')
}

/** How many of something a license grants: a whole number of at least 1, which every reader of JSON has exactly. */
export function isQuantity(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

/** The last moment Date knows. */
const latest = 8_640_000_000_000

function isMoment(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= latest
}
