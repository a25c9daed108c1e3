/** How long a text and how large a file is, in words, beside the limits that are known. */
import type { HandedFile } from './handoff.ts'

/** Counted as a person does: a character outside the basic plane is one. */
export function charactersText(text: string): string {
  const { length } = [...text]
  return `${length.toLocaleString('en')} ${length === 1 ? 'character' : 'characters'}; KooGallery documents no limit`
}

export function fileSize({ bytes, picture }: HandedFile, limit: string | undefined): string {
  const pixels = picture === undefined ? '' : `${picture.width} × ${picture.height} px, `
  return `${pixels}${bytesText(bytes)}${limit === undefined ? '; KooGallery documents no limit' : ` of ${limit}`}`
}

const units = ['bytes', 'KB', 'MB', 'GB'] as const

export function bytesText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return power === 0 ? `${bytes} bytes` : `${(bytes / 1000 ** power).toFixed(1)} ${units[power]}`
}
