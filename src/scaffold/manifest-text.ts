/** The text of a new `koo.yaml`: every field with a comment that says what belongs there. */
import { stringify } from 'yaml'
import type { Field, Fields, GroupField } from '../model/field.ts'
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
    return field.optional ? optionalComment(key, field) : [...comment(field.about), `${key}:`]
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
  if (field.kind === 'group') return [`${key}:`, ...indent(group(field, path, answers))]
  if (field.kind === 'list' && Array.isArray(value)) {
    return [
      `${key}:`,
      ...indent(value.flatMap((each, index) => item(field.item, each, [...path, String(index)], answers))),
    ]
  }
  if (field.kind === 'text' && field.long && typeof value === 'string' && isBlock(value)) {
    return [`${key}: |`, ...indent(value.split('\n'))]
  }
  return yaml({ [key]: value })
}

/** What a YAML block says as it stands: printable, its first line not indented, nothing at its end that gets lost. */
function isBlock(text: string): boolean {
  return /^[^\s\p{C}][^\p{C}\u2028\u2029]*(\n+[^\p{C}\u2028\u2029]+)*$/u.test(text) && !/\s$/.test(text)
}

function group({ fields, needs = [] }: GroupField, path: readonly string[], answers: Answers): readonly string[] {
  // Of several fields that stand for each other, one that was answered is enough.
  const isAnswered = needs.some((key) => answers.has(pointer([...path, key])))
  return Object.entries(fields).flatMap(([key, field]) => {
    const here = [...path, key]
    const isNeedless = isAnswered && needs.includes(key) && !answers.has(pointer(here))
    return isNeedless ? optionalComment(key, field) : entry(key, field, here, answers)
  })
}

function optionalComment(key: string, { about }: Field): readonly string[] {
  return comment(`Optional: \`${key}\`. ${about}`)
}

function item(field: Field, value: unknown, path: readonly string[], answers: Answers): readonly string[] {
  if (field.kind !== 'group') return yaml([value])
  const given = Object.entries(value as object).map(([key, each]) => [pointer([...path, key]), each] as const)
  const lines = group(field, path, new Map([...answers, ...given]))
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

/** Of the fields' own texts there are few, and a sheet makes thousands of manifests of them. */
const comments = new Map<string, readonly string[]>()

function comment(text: string): readonly string[] {
  const lines = comments.get(text) ?? wrapped(text)
  comments.set(text, lines)
  return lines
}

function wrapped(text: string): readonly string[] {
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
