/** Addresses out of a manifest, as far as a page may link to them. */

const protocols = new Set(['http:', 'https:', 'mailto:'])

/**
 * What stands behind a link; undefined where it may not be one. It is read as a browser reads it, so that no entity,
 * control character or mix of cases hides a script. A name before the host is left out, because it looks like a host.
 */
export function linkAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!protocols.has(url.protocol)) return undefined
  url.username = ''
  url.password = ''
  return url.href
}

/** Of a picture that another server has. */
export function remoteAddress(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}

/** What all links to elsewhere have. */
export const elsewhere = { rel: 'noopener noreferrer nofollow', target: '_blank' } as const
