/** A license as koo issues it: the claims of a JSON Web Token (RFC 7519), with the product's own beside them. */

export interface License {
  /** Who issued it: the product's key, unless the seller says otherwise. */
  readonly iss: string
  /** The customer. */
  readonly sub: string
  /** Seconds since 1970, as the next two. */
  readonly iat: number
  readonly nbf: number
  /** The first moment at which it holds no more; left out, it holds for ever. */
  readonly exp?: number
  readonly jti: string
  readonly product: { readonly key: string; readonly name: string; readonly version: string }
  /** The name of the specification that was bought. */
  readonly specification: string
  /** How many of what, by the code of the attribute. */
  readonly quantities?: Readonly<Record<string, number>>
  readonly hardware_id?: string
  readonly system_id?: string
}

/** Why a license does not hold, with a word for scripts. */
export interface LicenseProblem {
  readonly code:
    | 'malformed'
    | 'algorithm'
    | 'other-key'
    | 'signature'
    | 'not-yet-valid'
    | 'expired'
    | 'other-product'
    | 'other-hardware-id'
    | 'other-system-id'
  readonly message: string
}

/** Seconds since 1970 as people read them: 2027-01-31 12:00:00 UTC. */
export function momentText(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
