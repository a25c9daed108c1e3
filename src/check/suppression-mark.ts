/** The word by which a comment speaks to koo; looked for before anything is spent on finding such comments. */
const mark = 'koo-disable'

export function mentionsSuppression(text: string): boolean {
  return text.includes(mark)
}
