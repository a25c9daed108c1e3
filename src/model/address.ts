/** Web addresses as they are looked at and shown. */

/** Without user, password and fragment, which are nobody else's business; undefined where it is no http address. */
export function plainAddress(text: string, base?: string): string | undefined {
  if (!URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  url.username = ''
  url.password = ''
  url.hash = ''
  return url.href
}
