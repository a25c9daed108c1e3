/** How the catalogue report says states, times and names. */
import type { ProductState } from '../../model/release.ts'
import type { Fill } from '../../web/bars.tsx'
import { Badge, type Tone } from '../../web/parts.tsx'

/** How each state looks, in the order in which states are drawn. */
const looks: Readonly<Record<ProductState, { readonly tone: Tone; readonly fill: Fill }>> = {
  'on-sale': { tone: 'good', fill: 'good' },
  'in-review': { tone: 'info', fill: 'accent' },
  rejected: { tone: 'bad', fill: 'bad' },
  draft: { tone: 'plain', fill: 'quiet' },
  withdrawn: { tone: 'warning', fill: 'warning' },
  discontinued: { tone: 'plain', fill: 'faint' },
}
export const statesDrawn = Object.keys(looks) as readonly ProductState[]

export function fillOf(state: ProductState): Fill {
  return looks[state].fill
}

export function stateWords(state: ProductState): string {
  return state.replace('-', ' ')
}

export function StateBadge({ state }: { readonly state: ProductState }) {
  return <Badge tone={looks[state].tone}>{stateWords(state)}</Badge>
}

/** A text of the seller's, whose direction of writing does not reach what stands beside it. */
export function Own({ text }: { readonly text: string }) {
  return <bdi>{text}</bdi>
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** The day by UTC, whatever the language of this machine. */
export function dayText(time: number): string {
  const date = new Date(time)
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

export function momentText(time: number): string {
  return `${dayText(time)}, ${new Date(time).toISOString().slice(11, 16)} UTC`
}

export function number(value: number): string {
  return value.toLocaleString('en')
}
