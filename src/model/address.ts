/** Web addresses as they are looked at and shown. */

/** As it is shown: without its query, in which others may have put keys. */
export function shownAddress(address: string): string {
  const cut = address.indexOf('?')
  return cut < 0 ? address : `${address.slice(0, cut)}?…`
}

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

/** An address on this machine. */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
