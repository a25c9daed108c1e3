/** Requests without what is secret in them: what is left helps the author of a client, and nobody else. */
import type { IncomingHttpHeaders } from 'node:http'

const mask = '••••••'

/** Headers that prove who somebody is. A client token of the contract is none: it only tells requests apart. */
const secret = /authorization|cookie|token|secret|password|signature|api-?key/i
const harmless = 'x-client-token'

/** Of a signature's header all but the signature itself is shown. */
export function maskedHeaders(headers: IncomingHttpHeaders): readonly (readonly [name: string, value: string])[] {
  return Object.entries(headers).map(([name, value]) => {
    const text = [value ?? ''].flat().join(', ')
    if (name === 'authorization') return [name, maskedAuthorization(text)]
    return [name, isSecret(name) ? mask : text]
  })
}

function isSecret(name: string): boolean {
  return secret.test(name) && name !== harmless
}

function maskedAuthorization(text: string): string {
  const claim = /^(SDK-HMAC-SHA256 Access=[^,\s]+, ?SignedHeaders=[^,\s]+, ?Signature=)[0-9a-f]+$/.exec(text)
  if (claim) return `${claim[1]}${mask}`
  const scheme = /^([\w-]{1,32}) /.exec(text)?.[1]
  return scheme === undefined ? mask : `${scheme} ${mask}`
}

/** A canonical request names the values of the signed headers, a line each. */
export function maskedCanonicalRequest(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const name = /^([a-z0-9-]+):/.exec(line)?.[1]
      return name !== undefined && isSecret(name) ? `${name}:${mask}` : line
    })
    .join('\n')
}
