/** How many cells of a terminal a text takes; wide characters take two, combining ones none. */
import { eastAsianWidth } from 'get-east-asian-width'

const nothing = /^[\p{Mark}\p{Cf}\p{Cc}]$/u

export function cells(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let sum = 0
  for (const character of text) {
    if (!nothing.test(character)) sum += eastAsianWidth(character.codePointAt(0) ?? 0)
  }
  return sum
}
