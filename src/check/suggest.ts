/** "Did you mean": the likeliest of a few words for one that was mistyped. */
import { distance } from 'fastest-levenshtein'

const letters = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The word meant, or undefined where none is close. `Yearly/Monthly` and `production_url` are close to their ids. */
export function suggest(word: string, words: readonly string[]): string | undefined {
  const plain = letters(word)
  const same = words.find((each) => letters(each) === plain)
  if (same !== undefined) return same
  const [best] = words.map((each) => ({ each, far: distance(plain, letters(each)) })).sort((a, b) => a.far - b.far)
  return best && best.far <= Math.max(1, Math.floor(plain.length / 3)) ? best.each : undefined
}
