/** What was and what becomes of a value, the differences marked. */
import { diffArrays, diffWordsWithSpace } from 'diff'
import { valueText } from './comparison.ts'

/** Longer texts are compared word by word; of shorter ones both are shown. */
const short = 60
/** Of what is the same, so much is left around a difference. */
const around = 70
/** Of a text that stands alone. */
const longest = 600
/** Looking for a shorter way from one text to another takes its time; with more than this they have little in common. */
const mostEdits = 1500

interface Part {
  readonly text: string
  readonly is: 'same' | 'added' | 'removed'
}

export function Difference({ was, becomes }: { readonly was?: unknown; readonly becomes?: unknown }) {
  if (isTexts(was) && isTexts(becomes)) return <ItemsDifference was={was} becomes={becomes} />
  const [old, fresh] = [valueText(was).trimEnd(), valueText(becomes).trimEnd()]
  if (was === undefined) return <Alone text={fresh} is="added" />
  if (becomes === undefined) return <Alone text={old} is="removed" />
  const parts = Math.max(old.length, fresh.length) > short ? wordParts(old, fresh) : undefined
  if (parts !== undefined) {
    return (
      <p class="difference">
        {shortened(parts).map((part, index) => (
          <Marked key={index} {...part} />
        ))}
      </p>
    )
  }
  return (
    <p class="difference">
      <del>{cut(old)}</del> <span aria-hidden="true">→</span> <ins>{cut(fresh)}</ins>
    </p>
  )
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

/** Of a list of phrases each is there, gone or new. */
function ItemsDifference({ was, becomes }: { readonly was: readonly string[]; readonly becomes: readonly string[] }) {
  const items = diffArrays([...was], [...becomes]).flatMap(({ value, added, removed }) => {
    if (!added && !removed) return []
    return value.map((text) => ({ text, is: added ? ('added' as const) : ('removed' as const) }))
  })
  return (
    <ul class="difference">
      {items.map((part, index) => (
        <li key={index}>
          <Marked {...part} />
        </li>
      ))}
    </ul>
  )
}

function Alone({ text, is }: Part) {
  return (
    <p class="difference">
      <Marked text={cut(text)} is={is} />
    </p>
  )
}

function Marked({ text, is }: Part) {
  if (is === 'same') return <>{text}</>
  return is === 'added' ? <ins>{text}</ins> : <del>{text}</del>
}

/** Undefined where both have so little in common that single words would only confuse. */
function wordParts(old: string, fresh: string): readonly Part[] | undefined {
  const found = diffWordsWithSpace(old, fresh, { maxEditLength: mostEdits })
  const parts = found?.map(({ value, added, removed }): Part => {
    return { text: value, is: added ? 'added' : removed ? 'removed' : 'same' }
  })
  if (parts === undefined) return undefined
  const same = parts.reduce((sum, { is, text }) => (is === 'same' ? sum + text.trim().length : sum), 0)
  return same * 3 < Math.max(old.length, fresh.length) ? undefined : parts
}

/** Only what surrounds a difference is left of what is the same. */
function shortened(parts: readonly Part[]): readonly Part[] {
  return parts.map((part, index) => {
    if (part.is !== 'same') return { ...part, text: cut(part.text) }
    const [first, last] = [index === 0, index === parts.length - 1]
    if (part.text.length <= (first ? 0 : around) + (last ? 0 : around)) return part
    // Not in the middle of a word.
    const before = first ? '' : part.text.slice(0, around).replace(/\S*$/, '')
    const after = last ? '' : part.text.slice(-around).replace(/^\S*/, '')
    return { ...part, text: `${before.trimEnd()} … ${after.trimStart()}` }
  })
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)} …`
}
