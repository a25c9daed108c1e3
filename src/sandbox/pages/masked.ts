/** Requests without what is secret in them: what is left helps the author of a client, and nobody else. */
import type { IncomingHttpHeaders } from 'node:http'
import { shownKey } from '../authentication.ts'
import { isSecretName, mask, maskedAddress, maskedQuery } from '../secret-names.ts'

type Keys = Parameters<typeof shownKey>[1]

/** Of a signature's header all but the signature itself is shown, of a foreign access key the beginning. */
export function maskedHeaders(
  headers: IncomingHttpHeaders,
  keys: Keys,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(headers).map(([name, value]) => {
    const text = [value ?? ''].flat().join(', ')
    if (name === 'authorization') return [name, maskedAuthorization(text, keys)]
    return [name, withoutSecret(maskedValue(name, text), keys)]
  })
}

function maskedValue(name: string, value: string): string {
  if (isSecretName(name)) return mask
  return name === 'referer' ? maskedAddress(value) : value
}

function maskedAuthorization(text: string, keys: Keys): string {
  const claim = /^(SDK-HMAC-SHA256 Access=)([^,\s]+)(, ?SignedHeaders=[^,\s]+, ?Signature=)[0-9a-f]+$/.exec(text)
  if (claim) {
    const [, before, accessKey = '', after] = claim
    return withoutSecret(`${before}${shownKey(accessKey, keys)}${after}${mask}`, keys)
  }
  const scheme = /^([\w-]{1,32}) /.exec(text)?.[1]
  return scheme === undefined ? mask : `${withoutSecret(scheme, keys)} ${mask}`
}

/** The secret key is masked wherever somebody may have put it. */
function withoutSecret(text: string, { secretKey }: Keys): string {
  return text.replaceAll(secretKey, mask)
}

/** A canonical request has the query in its third line, and then names the values of the signed headers, a line each. */
export function maskedCanonicalRequest(text: string, keys: Keys): string {
  const lines = text.split('\n').map((line, index) => {
    if (index === 2) return maskedQuery(line)
    const [, name, value = ''] = /^([a-z0-9-]+):(.*)$/.exec(line) ?? []
    return name === undefined ? line : `${name}:${maskedValue(name, value)}`
  })
  return withoutSecret(lines.join('\n'), keys)
}
