/** Messages without their secrets, for reports: the key, and what a buyer signs in with. */
import type { Header } from '../model/access/report.ts'

const mask = '***'

/** The value of `"password": "…"`, wherever it is, also in what is no JSON. */
const password = /("password"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi
const secretHeader = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-auth-token)$/i

interface Message {
  readonly url: string
  readonly headers: readonly Header[]
  readonly body: string
}

export function masked({ url, headers, body }: Message, key: string): Message {
  const plain = (text: string): string =>
    key === '' ? text : text.replaceAll(key, mask).replaceAll(encodeURIComponent(key), mask)
  return {
    url: plain(url),
    headers: headers.map(([name, value]) => [name, secretHeader.test(name) ? mask : plain(value)] as const),
    body: plain(body).replace(password, `$1"${mask}"`),
  }
}
