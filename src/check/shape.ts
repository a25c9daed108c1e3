/**
 * The shape of a manifest: keys, types, forms. The validators are compiled from the JSON Schemas at build time; the
 * sentences are koo's own. The schema is chosen by the delivery method first, so one mistake gives one finding.
 */
import { type DeliveryMethod, deliveryMethodIds, rowOf } from '../model/delivery-methods.ts'
import type { Finding } from '../model/diagnostic.ts'
import type { DiagnosticCode } from '../model/diagnostic-codes.ts'
import { type Field, type Fields, fieldAt } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { partsOf, pointer, valueAt } from '../model/pointer.ts'
import { methodOf } from '../model/references.ts'
import { type ShapeFinding, withoutFollowers } from './followers.ts'
import { type Mended, mendOfChoice, mendOfConstant, mendOfForm, mendOfKey, mendOfType } from './shape-mends.ts'
import { suggest } from './suggest.ts'
import { strangeLetter, typeHint } from './type-hints.ts'
import { type SchemaError, validators } from './validators.js'

/** Findings about the shape; none means that the value is a Manifest. */
export function checkShape(value: unknown): readonly Finding[] {
  if (value === null || value === undefined) {
    return [{ code: 'missing-field', path: '', message: 'The manifest is empty.', hint: '`koo init` writes one.' }]
  }
  const method = methodOf(value)
  const stages = method === undefined ? [validators.shared] : [validators.shared, validators[method]]
  const errors = stages.flatMap((validate) => (validate(value) ? [] : (validate.errors ?? [])))
  if (errors.length === 0) return []
  const context: Context = { value, method, fields: manifestFields(method) }
  const found = errors.map((error) => findingOf(error, context)).filter((each) => each !== undefined)
  return withoutFollowers(found, value, method)
}

interface Context {
  readonly value: unknown
  readonly method: DeliveryMethod | undefined
  readonly fields: Fields
}

function findingOf(error: SchemaError, context: Context): ShapeFinding | undefined {
  const path = partsOf(error.instancePath)
  const name = nameOf(path)
  const field = fieldAt(context.fields, path)
  switch (error.keyword) {
    case 'required':
      // The parts of an `anyOf` are told by the whole.
      if (error.schemaPath.includes('/anyOf/')) return undefined
      return missing([...path, String(error.params.missingProperty)], context)
    case 'anyOf':
      return missingOneOf(path, field, context)
    case 'additionalProperties':
      return surplus(path, String(error.params.additionalProperty), context)
    case 'type':
      return wrongType(path, String(error.params.type), context)
    case 'enum':
      return unknownValue(path, field, context)
    case 'const':
      return {
        code: codeOf(field, 'unknown-value'),
        path: error.instancePath,
        message: `${name} must be ${String(error.params.allowedValue)}.`,
        ...mendOfConstant(valueAt(context.value, path), error.params.allowedValue),
      }
    case 'pattern':
      return wrongForm(path, field, context)
    case 'minLength':
      return { code: 'empty-text', path: error.instancePath, message: `${name} is empty.`, ...hintOf(field) }
    case 'minItems':
      return {
        code: 'too-few',
        path: error.instancePath,
        message: `${name} needs at least ${error.params.limit}.`,
        ...hintOf(field),
      }
    case 'uniqueItems': {
      // ajv names the pair in either order; the later entry is the one too many.
      const repeated = pointer([...path, String(Math.max(Number(error.params.i), Number(error.params.j)))])
      return { code: 'repeated-entry', path: repeated, message: `${name} holds this entry twice.` }
    }
    case 'minimum':
      return {
        code: 'number-range',
        path: error.instancePath,
        message: `${name} must be ${error.params.limit} or more.`,
        ...hintOf(field),
      }
    default:
      // `if` only repeats what its branch has said.
      return undefined
  }
}

function missing(path: readonly string[], context: Context): ShapeFinding {
  const { fields, value } = context
  const parent = path.slice(0, -1)
  const known = parent.length === 0 ? fields : inside(fieldAt(fields, parent))
  const there = Object.keys((valueAt(value, parent) ?? {}) as object).filter((key) => !Object.hasOwn(known, key))
  const misspelt = there.find((key) => suggest(key, path.slice(-1)) !== undefined)
  if (misspelt !== undefined) return surplus(parent, misspelt, context)
  return {
    code: 'missing-field',
    path: pointer(path),
    message: `${nameOf(path)} is missing.`,
    ...hintOf(fieldAt(fields, path)),
  }
}

/** Of several fields at least one; where one of them is only mistyped, that is told instead. */
function missingOneOf(path: readonly string[], field: Field | undefined, context: Context): ShapeFinding {
  const needs = (field?.kind === 'group' ? field.needs : undefined) ?? []
  const [first = ''] = needs
  const mistyped = needs.map((key) => missing([...path, key], context)).find(({ code }) => code !== 'missing-field')
  if (mistyped !== undefined) return mistyped
  const others = needs.map((key) => `\`${key}\``)
  const list = `${others.slice(0, -1).join(', ')} or ${others.at(-1)}`
  return { code: 'missing-field', path: pointer([...path, first]), message: `${nameOf(path)} needs ${list}.` }
}

function surplus(path: readonly string[], key: string, { fields, method }: Context): ShapeFinding {
  const here = [...path, key]
  const finding = { path: pointer(here), at: 'key' as const }
  const others = deliveryMethodIds.filter((id) => id !== method && fieldAt(manifestFields(id), here) !== undefined)
  if (method !== undefined && others.length > 0) {
    const owners = others.map((id) => rowOf(id).title).join(', ')
    return {
      ...finding,
      code: 'not-for-method',
      message: `${nameOf(here)} does not apply to the delivery method ${rowOf(method).title}.`,
      hint: `Remove it. It belongs to: ${owners}.`,
    }
  }
  const parent = path.length === 0 ? fields : inside(fieldAt(fields, path))
  const known = Object.keys(parent)
  const glued = /^([\w$-]+):(.*)$/.exec(key)
  if (glued?.[1] !== undefined && known.includes(glued[1])) {
    const message = `There is no space after the colon of \`${key}\`.`
    return { ...finding, code: 'unknown-field', message, hint: `Write \`${glued[1]}: ${glued[2]}\`.` }
  }
  const meant = suggest(key, known)
  const likely = meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean \`${meant}\`?`
  const hint = `${strangeLetter(key)}${likely}`
  return {
    ...finding,
    code: 'unknown-field',
    message: `There is no field \`${key}\`${path.length === 0 ? '' : ` in ${nameOf(path)}`}.`,
    hint,
    ...mendOfKey(key, known),
    ...(meant === undefined ? {} : { meant: pointer([...path, meant]) }),
  }
}

function inside(field: Field | undefined): Fields {
  return field?.kind === 'group' ? field.fields : {}
}

function wrongType(path: readonly string[], wanted: string, context: Context): ShapeFinding {
  const { value, fields } = context
  const actual = valueAt(value, path)
  if (path.length === 0) {
    return { code: 'wrong-type', path: '', message: `A manifest is a mapping of fields, not ${nounOf(actual)}.` }
  }
  const field = fieldAt(fields, path)
  const form = field?.kind === 'text' ? field.form : undefined
  const quoted = wanted === 'string' && (typeof actual === 'number' || typeof actual === 'boolean')
  // "1.0" without quotes is a number, but what is wrong with it would be wrong with quotes too: its form.
  const wrong = quoted && form !== undefined && !new RegExp(form.pattern, 'u').test(String(actual))
  if (wrong) return wrongForm(path, field, context)
  const mend = mendOfType(actual, wanted, field)
  const hint = typeHint(actual, wanted, mend.mend !== undefined) ?? hintOf(field)
  const noun = typeNouns[wanted] ?? wanted
  const problem = actual === null ? 'has no value' : `must be ${noun}, not ${nounOf(actual)}`
  return { code: 'wrong-type', path: pointer(path), message: `${nameOf(path)} ${problem}.`, ...hint, ...mend }
}

const typeNouns: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of fields',
}

function nounOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') return 'a text'
  return `the ${typeof value === 'number' ? 'number' : 'value'} ${String(value)}`
}

function unknownValue(
  path: readonly string[],
  field: Field | undefined,
  { value, method }: Context,
): ShapeFinding | undefined {
  const options = field?.kind === 'choice' ? Object.keys(field.options) : []
  const actual = valueAt(value, path)
  // Of another type than text, which is told.
  if (typeof actual !== 'string') return undefined
  const every = everyOption(path)
  // A value of another method is no mistyped one of this.
  const meant = every.includes(actual) ? undefined : suggest(actual, options)
  const of = method === undefined || every.length === options.length ? '' : ` for ${rowOf(method).title}`
  return {
    code: codeOf(field, 'unknown-value'),
    path: pointer(path),
    message: `${nameOf(path)} cannot be \`${actual}\`${of}.`,
    hint: `${strangeLetter(actual)}${meant === undefined ? '' : `Did you mean \`${meant}\`? `}Possible: ${options.join(', ')}.`,
    ...mendOfChoice(actual, options, every),
  }
}

/** What the field takes for any delivery method. */
function everyOption(path: readonly string[]): readonly string[] {
  const fields = deliveryMethodIds.map((id) => fieldAt(manifestFields(id), path))
  return [...new Set(fields.flatMap((field) => (field?.kind === 'choice' ? Object.keys(field.options) : [])))]
}

function wrongForm(path: readonly string[], field: Field | undefined, { value }: Context): ShapeFinding {
  const actual = String(valueAt(value, path))
  const form = field?.kind === 'text' ? field.form : undefined
  const code = form?.code ?? 'wrong-type'
  if (actual.trim() === '') return { code: 'empty-text', path: pointer(path), message: `${nameOf(path)} is empty.` }
  const mend: Mended = form === undefined ? {} : mendOfForm(actual, form)
  return { code, path: pointer(path), message: `${nameOf(path)} must be ${form?.says ?? 'of another form'}.`, ...mend }
}

function codeOf(field: Field | undefined, otherwise: DiagnosticCode): DiagnosticCode {
  return (field?.kind === 'choice' || field?.kind === 'constant' ? field.code : undefined) ?? otherwise
}

function hintOf(field: Field | undefined): { readonly hint?: string } {
  return field === undefined ? {} : { hint: field.about }
}

/** As a person would point at it: `specifications[0].price`. */
function nameOf(path: readonly string[]): string {
  const name = path.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('')
  return `\`${name.replace(/^\./, '')}\``
}
