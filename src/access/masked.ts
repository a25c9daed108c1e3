/** Messages without their secrets and cut to size, for reports: the key, and what a buyer signs in with, show nowhere. */
import type { Header } from '../model/access/report.ts'

const mask = '***'

/** Characters of a body or header that a report has at most. */
export const mostShown = 4 * 1024
/** Those that are looked through for secrets; even where most of them are masked, enough for those that are shown. */
const mostRead = 64 * 1024

const named = '[^"\\\\]*(?:password|passwd|pwd)[^"\\\\]*'
/** Values of `"password": "…"`, also in what is no JSON or is cut, in a text within JSON, and in forms. */
const passwords = [
  new RegExp(String.raw`("${named}"\s*:\s*)(?!null\b)(?:"(?:[^"\\]|\\[^])*"?|[^\s",}\]]+)`, 'gi'),
  new RegExp(String.raw`(\\"${named}\\"\s*:\s*)(?!null\b)(?:\\"(?:[^"\\]|\\\\\\?[^])*(?:\\")?|[^\s",}\]\\]+)`, 'gi'),
  /((?:password|passwd|pwd)=)[^&\s"'<]+/gi,
]
const secretHeader = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-auth-token)$/i

interface Message {
  readonly url: string
  readonly headers: readonly Header[]
  readonly body: string
}

export function masked({ url, headers, body }: Message, key: string): Message {
  return {
    url: withoutKey(url, key),
    headers: headers.map(([name, value]) => {
      const shown = secretHeader.test(name) ? mask : maskedText(value, key)
      return [withoutKey(name, key), cut(shown, shown.length)] as const
    }),
    body: cut(maskedText(readable(body, key), key), body.length),
  }
}

/** A text without secrets, such as a sentence that cites a server. */
export function maskedText(text: string, key: string): string {
  return passwords.reduce((masked, pattern) => masked.replace(pattern, `$1"${mask}"`), withoutKey(text, key))
}

/** What is read of a long text does not end within a key. */
function readable(text: string, key: string): string {
  if (text.length <= mostRead) return text
  const head = withoutKey(text.slice(0, mostRead), key)
  return head.slice(0, Math.max(0, head.length - 8 * key.length))
}

function cut(text: string, whole: number): string {
  if (text.length <= mostShown && whole <= mostRead) return text
  return `${text.slice(0, mostShown)}… (cut: ${whole} characters)`
}

function withoutKey(text: string, key: string): string {
  return key === '' ? text : text.replace(patternOf(key), mask)
}

let last: { readonly key: string; readonly pattern: RegExp } | undefined

/** The key as others may write it: in JSON, in an address, in hex, in base64 wherever it stands in what is encoded. */
function patternOf(key: string): RegExp {
  if (last?.key === key) return last.pattern
  const bytes = Buffer.from(key)
  const units = Array.from({ length: key.length }, (_, index) => key.charCodeAt(index).toString(16).padStart(4, '0'))
  const octets = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
  const written = [
    ...[key, JSON.stringify(key).slice(1, -1), units.map((unit) => `\\u${unit}`).join('')],
    ...[encodeURIComponent(key), octets.map((octet) => `%${octet}`).join(''), octets.join('')],
    ...[0, 1, 2].map((before) => base64Within(bytes, before)),
  ]
  const forms = [...new Set([...written, ...written.map((form) => form.replace(/\+/g, '-').replace(/\//g, '_'))])]
  // The longest first, so that no part of it is left.
  const sorted = forms.filter((form) => form !== '').sort((a, b) => b.length - a.length)
  const pattern = new RegExp(sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'gi')
  last = { key, pattern }
  return pattern
}

/** What base64 makes of bytes after some others, without the signs at its ends that also depend on what is around. */
function base64Within(bytes: Uint8Array, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  const isWhole = (before + bytes.length) % 3 === 0
  const core = text.slice([0, 2, 3][before], isWhole ? undefined : -4)
  // A few signs may be in any text.
  return core.length < 8 ? '' : core
}
