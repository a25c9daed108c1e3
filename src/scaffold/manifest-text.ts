/** The text of a new `koo.yaml`: every field with a comment that says what belongs there. */
import { stringify } from 'yaml'
import type { Field, Fields } from '../model/field.ts'
import { pointer } from '../model/pointer.ts'

/** What the seller answered, by JSON Pointer; everything else gets its placeholder or initial value. */
export type Answers = ReadonlyMap<string, unknown>

const width = 100

/** YAML of the fields, with comments. `head` goes on top, a line each. */
export function manifestText(fields: Fields, answers: Answers, head: readonly string[]): string {
  // `$schema` is for JSON; here the modeline says it.
  const written = Object.entries(fields).filter(([key]) => !key.startsWith('$'))
  const top = written.map(([key, field]) => `${entry(key, field, [key], answers).join('\n')}\n`)
  return `${head.map((line) => `# ${line}`.trimEnd()).join('\n')}\n\n${top.join('\n')}`
}

function entry(key: string, field: Field, path: readonly string[], answers: Answers): readonly string[] {
  const value = startOf(field, path, answers)
  if (value === undefined) {
    return field.optional ? comment(`Optional: \`${key}\`. ${field.about}`) : [...comment(field.about), `${key}:`]
  }
  const about = [field.about, ...optionsOf(field)].join(' ')
  return [...comment(about), ...keyed(key, value, field, path, answers)]
}

/** The values to choose from, where there is a choice. */
function optionsOf(field: Field): readonly string[] {
  const choice = field.kind === 'list' ? field.item : field
  const options = choice.kind === 'choice' ? Object.keys(choice.options) : []
  return options.length > 1 ? [`${field.kind === 'list' ? 'Out of' : 'One of'}: ${options.join(', ')}.`] : []
}

function keyed(
  key: string,
  value: unknown,
  field: Field,
  path: readonly string[],
  answers: Answers,
): readonly string[] {
  if (field.kind === 'group') return [`${key}:`, ...indent(group(field.fields, path, answers))]
  if (field.kind === 'list' && Array.isArray(value)) {
    return [
      `${key}:`,
      ...indent(value.flatMap((each, index) => item(field.item, each, [...path, String(index)], answers))),
    ]
  }
  if (field.kind === 'text' && field.long && typeof value === 'string') {
    return [`${key}: |`, ...indent(value.split('\n'))]
  }
  return yaml({ [key]: value })
}

function group(fields: Fields, path: readonly string[], answers: Answers): readonly string[] {
  return Object.entries(fields).flatMap(([key, field]) => entry(key, field, [...path, key], answers))
}

function item(field: Field, value: unknown, path: readonly string[], answers: Answers): readonly string[] {
  if (field.kind !== 'group') return yaml([value])
  const given = Object.entries(value as object).map(([key, each]) => [pointer([...path, key]), each] as const)
  const lines = group(field.fields, path, new Map([...answers, ...given]))
  // The dash stands before the first key, and above it, at the dash's own indent, the comments that belong to it.
  const first = lines.findIndex((line) => !line.startsWith('#'))
  return lines.map((line, index) => (index < first ? line : `${index === first ? '-' : ' '} ${line}`))
}

/** The answer, else the field's own start; undefined leaves an optional field out. */
function startOf(field: Field, path: readonly string[], answers: Answers): unknown {
  const answer = answers.get(pointer(path))
  if (answer !== undefined) return answer
  switch (field.kind) {
    case 'constant':
      return field.value
    case 'choice':
      return field.optional ? undefined : Object.keys(field.options)[0]
    case 'group':
      return field.optional && !hasStart(field.fields, path, answers) ? undefined : {}
    case 'map':
    case 'flag':
      return undefined
    case 'list':
      return field.initial ?? (field.optional ? undefined : [startOf(field.item, [...path, '0'], answers)])
    case 'file':
      return field.initial
    default:
      return field.placeholder ?? field.initial
  }
}

function hasStart(fields: Fields, path: readonly string[], answers: Answers): boolean {
  return Object.entries(fields).some(([key, field]) => startOf(field, [...path, key], answers) !== undefined)
}

/** Within a mapping or list, where what needs quotes is another thing than on its own. */
function yaml(value: unknown): readonly string[] {
  return stringify(value, { lineWidth: 0 }).trimEnd().split('\n')
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

function comment(text: string): readonly string[] {
  const lines: string[] = []
  let line = '#'
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > width) {
      lines.push(line)
      line = '#'
    }
    line += ` ${word}`
  }
  return [...lines, line]
}
