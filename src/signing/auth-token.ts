/**
 * The authToken of calls of version 1.0, which stands among the parameters of the address.
 * Source: SaaS access guide, request authentication of version 1.0.
 */
import { hmac } from './production.ts'

/**
 * @param params all parameters of the call, decoded; `authToken` and `timeStamp` may be among them
 * @param timeStamp as it is sent, yyyyMMddHHmmssSSS; a part of the key as well
 * @returns what is signed, which has no key in it, and the token in base64
 */
export function authToken(
  key: string,
  params: Readonly<Record<string, string>>,
  timeStamp: string,
): { readonly text: string; readonly token: string } {
  const pairs = Object.entries({ ...params, timeStamp })
    .filter(([name]) => name !== 'authToken')
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const text = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  return { text, token: hmac(`${key}${timeStamp}`, text, 'base64') }
}
