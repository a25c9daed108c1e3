/** How long a text and how large a file is, in words, beside the limits that are known. */
import { bytesText } from '../../model/bytes-text.ts'
import type { ConsoleFact } from '../../model/console-form.ts'
import { pageOf } from '../../model/pages.ts'
import type { HandedFile } from './handoff.ts'

/** Whose page a limit stands on, where it is not that of the international site. */
export const siteNames = { europe: 'European site', china: 'China site' } as const

/** Counted by code points, so that a character outside the basic plane is one. */
export function charactersText(text: string, limit: ConsoleFact | undefined): string {
  const { length } = [...text]
  return `${length.toLocaleString('en')} ${length === 1 ? 'character' : 'characters'}; ${limitText(limit)}`
}

export function fileSize({ bytes, picture }: HandedFile, limit: ConsoleFact | undefined): string {
  const pixels = picture === undefined ? '' : `${picture.width} × ${picture.height} px, `
  return `${pixels}${bytesText(bytes)}; ${limitText(limit)}`
}

function limitText(limit: ConsoleFact | undefined): string {
  if (limit === undefined) return 'KooGallery documents no limit'
  const site = limit.source === undefined ? 'international' : pageOf(limit.source).of
  const labels = [...(site === 'international' ? [] : [siteNames[site]]), ...(limit.inferred ? ['inferred'] : [])]
  return `${limit.text}${labels.length === 0 ? '' : ` (${labels.join(', ')})`}`
}
