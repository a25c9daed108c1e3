/** What a server sent, made fit for a sentence. */

const most = 120

/** Cut where it is long, in one line, with what cannot be seen as \\uXXXX. */
export function shown(text: string): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text
  return cut.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)
}

function escaped(character: string): string {
  // Of two units where it is beyond the first plane.
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
