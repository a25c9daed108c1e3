/** "Did you mean": the likeliest of a few words for one that was mistyped. */
import { distance } from 'fastest-levenshtein'

const letters = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Of two letters anything might be meant. */
const fewestLetters = 3

/** The word meant, or undefined where none is close. `Yearly/Monthly` and `production_url` are close to their ids. */
export function suggest(word: string, words: readonly string[]): string | undefined {
  return nearest(word, words)[0]
}

/** The word meant, where that is beyond doubt: one word is close, and no other as close. */
export function meant(word: string, words: readonly string[]): string | undefined {
  const [first, second] = nearest(word, words)
  if (first === undefined || second !== undefined) return undefined
  return letters(word).length >= fewestLetters || letters(first) === letters(word) ? first : undefined
}

/** As `meant`, for a value with numbers in it: one number is never a misspelling of another. */
export function meantValue(word: string, words: readonly string[]): string | undefined {
  const digits = (text: string) => text.replace(/\D+/g, ' ').trim()
  const likely = meant(word, words)
  return likely !== undefined && digits(likely) === digits(word) ? likely : undefined
}

/** Two neighbours in the wrong order are one mistake, as one wrong letter is. */
export function apart(word: string, other: string): number {
  const far = distance(word, other)
  if (far !== 2 || word.length !== other.length) return far
  const at = [...word].findIndex((letter, index) => letter !== other[index])
  return word[at] === other[at + 1] && word[at + 1] === other[at] ? 1 : far
}

/** The closest words, as long as they are close, in their own order. */
function nearest(word: string, words: readonly string[]): readonly string[] {
  const plain = letters(word)
  if (plain === '') return []
  const same = words.filter((each) => letters(each) === plain)
  if (same.length > 0) return same
  const far = words.map((each) => apart(plain, letters(each)))
  const least = Math.min(...far)
  return least <= Math.max(1, Math.floor(plain.length / 3)) ? words.filter((_, index) => far[index] === least) : []
}
