/** Where a product or a release is, in a few words; loaded also while something is watched, so it takes little. */
import type { Outcome } from '../model/outcome.ts'
import type { RemoteRelease } from '../model/release.ts'
import { count, type Style } from './style.ts'

type Status = Extract<Outcome, { readonly is: 'status' }>

/** More would not fit a terminal, and could not be drawn again. */
const mostLines = 20

/** A state in its colour. */
export function state(text: string, style: Style): string {
  const word = text.replace('-', ' ')
  if (text === 'on-sale') return style.green(word)
  return text === 'rejected' || text === 'discontinued' ? style.red(word) : style.yellow(word)
}

/** One line for each product that is watched. */
export function watchedLines({ products, at }: Status, style: Style): readonly string[] {
  const lines = products.slice(0, mostLines).flatMap(({ product, releases: [newest] }) => {
    if (newest === undefined) return []
    const notes = notesOn(newest, at).map((note) => `, ${note}`)
    return [`${style.bold(product.key)} ${newest.version}: ${state(newest.state, style)}${notes.join('')}`]
  })
  const open = products.filter(({ releases }) => releases.some((each) => each.state === 'in-review')).length
  return products.length > mostLines ? [...lines, `${open} of ${products.length} in review`] : lines
}

/** What else there is to say of a release. */
export function notesOn(
  { state: now, submittedAt, contentDigest, createdDigest, complaints }: RemoteRelease,
  at: number,
) {
  return [
    ...(now === 'in-review' && submittedAt !== undefined ? [`waiting ${waitText(at - submittedAt)}`] : []),
    ...(contentDigest === createdDigest ? [] : ['edited on the marketplace']),
    ...(complaints.length > 0 ? [count(complaints.length, 'complaint')] : []),
  ]
}

/** In the largest unit that fits, and the next. */
export function waitText(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000)
  if (minutes < 1) return `${Math.floor(Math.max(0, milliseconds) / 1000)} s`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${count(Math.floor(hours / 24), 'day')} ${hours % 24} h`
}
