/** The questions of `koo init`: the fields of the table that have one, and how an answer becomes a value. */
import { suggest } from '../check/suggest.ts'
import type { DeliveryMethod } from '../model/delivery-methods.ts'
import type { Question as Ask, ChoiceField, Field, Fields, GroupField } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { pointer } from '../model/pointer.ts'

export interface Question {
  readonly path: string
  readonly field: Field
  readonly ask: Ask
}

/** What a method needs to be asked, in the manifest's order; `delivery.method` itself is among them. */
export function questionsOf(method?: DeliveryMethod): readonly Question[] {
  const found: Question[] = []
  const visit = (fields: Fields, path: readonly string[]): void => {
    for (const [key, field] of Object.entries(fields)) {
      const here = [...path, key]
      if ('ask' in field && field.ask !== undefined) found.push({ path: pointer(here), field, ask: field.ask })
      if (field.kind === 'group') visit(field.fields, here)
      if (field.kind === 'list' && field.item.kind === 'group') visit(field.item.fields, [...here, '0'])
    }
  }
  visit(manifestFields(method), [])
  return found
}

/** An answer as the field's value, or a sentence that says what is wrong with it. */
export function valueOfAnswer(
  field: Field,
  answer: string,
): { readonly value: unknown } | { readonly complaint: string } {
  const text = answer.trim()
  switch (field.kind) {
    case 'number': {
      const value = Number(text)
      if (text !== '' && Number.isFinite(value) && value >= field.minimum) return { value }
      return { complaint: `${field.title}: a number of ${field.minimum} or more, not \`${text}\`.` }
    }
    case 'choice':
      return choice(field, text)
    case 'list':
      return list(field.item, text)
    case 'group':
      return grouped(field, text)
    default: {
      const form = field.kind === 'text' ? field.form : undefined
      if (/[\r\n]/.test(text)) return { complaint: `${field.title} must be a single line.` }
      if (text !== '' && (form === undefined || new RegExp(form.pattern, 'u').test(text))) return { value: text }
      return { complaint: `${field.title} must be ${form?.says ?? 'filled in'}.` }
    }
  }
}

function choice(field: ChoiceField, text: string) {
  const options = Object.keys(field.options)
  if (options.includes(text)) return { value: text }
  const meant = suggest(text, options)
  const complaint = `${field.title} cannot be \`${text}\`.${meant ? ` Did you mean \`${meant}\`?` : ''} Possible: ${options.join(', ')}.`
  return { complaint }
}

/** Entries separated by commas. */
function list(item: Field, text: string) {
  const values: unknown[] = []
  for (const part of text.split(',')) {
    const each = valueOfAnswer(item, part)
    if ('complaint' in each) return each
    values.push(each.value)
  }
  return { value: values }
}

/** The fields in their order, separated by colons. */
function grouped(group: GroupField, text: string) {
  const parts = text.split(':')
  const names = Object.keys(group.fields)
  if (parts.length !== names.length) return { complaint: `${group.title} must be ${names.join(':')}, not \`${text}\`.` }
  const value: Record<string, unknown> = {}
  for (const [index, [name, field]] of Object.entries(group.fields).entries()) {
    const each = valueOfAnswer(field, parts[index] ?? '')
    if ('complaint' in each) return each
    value[name] = each.value
  }
  return { value }
}
