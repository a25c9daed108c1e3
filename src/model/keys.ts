/** What is told of a signing key: everything but its secret. */

export interface KeyRow {
  readonly name: string
  /** 16 upper-case hexadecimal digits, as minisign prints it. */
  readonly keyId: string
  /** The base64 line minisign takes with `-P`. */
  readonly publicKey: string
  /** What protects the secret half beside the mode of its file; `absent`: only the public half is here. */
  readonly protection: 'passphrase' | 'none' | 'absent'
  /** Signs where no key is named. */
  readonly isDefault: boolean
}

/** The forms `koo keys export` gives a public key. */
export const keyForms = ['minisign', 'pem', 'jwk'] as const
export type KeyForm = (typeof keyForms)[number]
