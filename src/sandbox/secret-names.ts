/** Which parameters and headers prove who somebody is, told by their names, and addresses without what such parameters say. */

export const mask = '••••••'

const tokens = /token|passw|passphrase|pwd|secret|signature|credential|authori[sz]ation|cookie|session|jwt/i
/** `key` and `keys` alone are the contract's own: the keys of products. */
const keys = /(?:api|access|private|secret|security|auth|account|encryption)[-_.]?key|[-_.]key$/i
const short = /^(?:ak|sk|sig|auth|otp|pin)$/i
/** The contract's: it only tells requests apart. */
const harmless = 'x-client-token'

export function isSecretName(name: string): boolean {
  return name !== harmless && [tokens, keys, short].some((each) => each.test(name))
}

/** A path or an address, with the values of its secret parameters masked. */
export function maskedAddress(address: string): string {
  const at = address.indexOf('?')
  return at < 0 ? address : `${address.slice(0, at)}?${maskedQuery(address.slice(at + 1))}`
}

/** What is not masked stays as it came, byte for byte. */
export function maskedQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return name.length < pair.length && isSecretName(decoded(name)) ? `${name}=${mask}` : pair
    })
    .join('&')
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
