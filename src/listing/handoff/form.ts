/** What Seller Console does with the fields of a manifest: the common table, under what the delivery method says. */
import { type ConsoleFact, type ConsoleField, type ConsoleStep, consoleFields } from '../../model/console-form.ts'
import type { DeliveryMethodRow } from '../../model/delivery-methods.ts'
import type { HandoffNote, HandoffSource } from '../../model/handoff.ts'
import { type PageName, pageOf } from '../../model/pages.ts'

export interface Form {
  /** What is said of the field itself. */
  at(keys: readonly string[]): ConsoleField
  /** The same, and of an item of a list that nothing is said of, what is said of the list. */
  said(keys: readonly string[]): ConsoleField
  /** The step the field is entered in, or why it is in none; told by what lies nearest above it. */
  place(keys: readonly string[]): { readonly step: ConsoleStep } | { readonly why: string }
}

/** A field nothing is said of belongs to the product's delivery as far as anybody can tell. */
const fallback = { step: 'service' } as const

export function formOf(row: Pick<DeliveryMethodRow, 'console'>): Form {
  const own = row.console?.fields ?? {}
  const at = (keys: readonly string[]): ConsoleField => {
    const pattern = keys.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.')
    return { ...consoleFields[pattern], ...own[pattern] }
  }
  const said: Form['said'] = (keys) => {
    const its = at(keys)
    return its.label === undefined && /^\d+$/.test(keys.at(-1) ?? '') ? at(keys.slice(0, -1)) : its
  }
  const place: Form['place'] = (keys) => {
    for (let length = keys.length; length > 0; length -= 1) {
      const { step, notEntered } = at(keys.slice(0, length))
      if (notEntered !== undefined) return { why: notEntered }
      if (step !== undefined) return { step }
    }
    return fallback
  }
  return { at, said, place }
}

export function noteOf({ text, source, inferred }: ConsoleFact): HandoffNote {
  return { text, ...(source === undefined ? {} : { source: sourceOf(source) }), ...(inferred ? { inferred } : {}) }
}

export function sourceOf(name: PageName): HandoffSource {
  const { title, address, of } = pageOf(name)
  return { title, address, ...(of === 'international' ? {} : { site: of }) }
}

/** Where a label stands. */
export function namedBy({ label, source }: ConsoleField): { readonly named?: HandoffSource } {
  return label === undefined || source === undefined ? {} : { named: sourceOf(source) }
}
