/**
 * The JSON Schemas (draft-07, which every editor and validator knows) made from the fields of a manifest.
 *
 * No `format`, no type unions and no keyword of koo's own: validators differ on those, and the verdict must not.
 */
import { type DeliveryMethod, deliveryMethodIds, rowOf } from './delivery-methods.ts'
import type { Field, Fields } from './field.ts'
import { manifestFields } from './manifest.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

const dialect = 'http://json-schema.org/draft-07/schema#'

function schemaOf(field: Field): JsonSchema {
  const words = { title: field.title, description: describe(field) }
  switch (field.kind) {
    case 'constant':
      return { ...words, const: field.value, default: field.value }
    case 'text':
      return {
        ...words,
        type: 'string',
        ...(field.form ? { pattern: field.form.pattern } : { minLength: 1 }),
        ...examplesOf(field.sample ?? field.placeholder ?? field.initial),
      }
    case 'file':
      return {
        ...words,
        type: 'string',
        minLength: 1,
        ...examplesOf(field.initial),
      }
    case 'number':
      return { ...words, type: field.integer ? 'integer' : 'number', minimum: field.minimum }
    case 'flag':
      return { ...words, type: 'boolean' }
    case 'choice':
      return { ...words, type: 'string', enum: Object.keys(field.options) }
    case 'list':
      return {
        ...words,
        type: 'array',
        ...(field.least > 0 ? { minItems: field.least } : {}),
        ...(field.unique ? { uniqueItems: true } : {}),
        items: schemaOf(field.item),
      }
    case 'map':
      return { ...words, type: 'object', additionalProperties: schemaOf(field.item) }
    case 'group':
      return {
        ...words,
        ...objectOf(field.fields, true),
        ...(field.needs ? { anyOf: field.needs.map((key) => ({ required: [key], properties: { [key]: true } })) } : {}),
      }
  }
}

function examplesOf(example: string | undefined): JsonSchema {
  return example === undefined ? {} : { examples: [example] }
}

/** Title and form in words, so that a hover says what a rejection would say. */
function describe(field: Field): string {
  if (field.kind === 'text' && field.form) return `${field.about}\n\nMust be ${field.form.says}.`
  if (field.kind === 'choice') {
    const lines = Object.entries(field.options).map(([value, meaning]) => `- ${value}: ${meaning}`)
    return `${field.about}\n\n${lines.join('\n')}`
  }
  return field.about
}

function objectOf(fields: Fields, closed: boolean): JsonSchema {
  const required = Object.keys(fields).filter((key) => !fields[key]?.optional)
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, schemaOf(field)])),
    ...(closed ? { additionalProperties: false } : {}),
  }
}

/** The schema of a manifest with one delivery method. */
export function methodSchema(method: DeliveryMethod): JsonSchema {
  const row = rowOf(method)
  return {
    $schema: dialect,
    title: `koo manifest: ${row.title}`,
    description: row.description,
    ...objectOf(manifestFields(method), true),
  }
}

/**
 * What a method adds to the shared part, where it is already said what product, support and documents are: both
 * together say the same as the method's own schema.
 */
export function branchSchema(method: DeliveryMethod): JsonSchema {
  const shared = Object.keys(manifestFields()).filter((key) => key !== 'delivery')
  const own = Object.entries(manifestFields(method)).filter(([key]) => !shared.includes(key))
  const { properties, ...rest } = objectOf(Object.fromEntries(own), true)
  return {
    title: `koo manifest: ${rowOf(method).title}`,
    ...rest,
    properties: { ...Object.fromEntries(shared.map((key) => [key, true])), ...(properties as object) },
  }
}

/**
 * The schema of what all methods share; open, because the method's own schema closes it. koo applies it alone while
 * the method is missing or unknown, so that the method is the only thing complained about.
 */
export function sharedSchema(): JsonSchema {
  const fields = manifestFields()
  const { delivery, ...others } = fields
  return {
    $schema: dialect,
    title: 'koo manifest',
    description: 'A KooGallery product: what it is, how it is delivered and what it costs.',
    type: 'object',
    required: Object.keys(fields).filter((key) => !fields[key]?.optional),
    properties: {
      ...Object.fromEntries(Object.entries(others).map(([key, field]) => [key, schemaOf(field)])),
      ...(delivery?.kind === 'group'
        ? { delivery: { title: delivery.title, description: delivery.about, ...objectOf(delivery.fields, false) } }
        : {}),
    },
  }
}

/** One schema for all: the shared part, then, by `delivery.method`, exactly one method's schema (if/then, never oneOf). */
export function manifestSchema(): JsonSchema {
  return {
    ...sharedSchema(),
    allOf: deliveryMethodIds.map((method) => ({
      if: {
        type: 'object',
        required: ['delivery'],
        properties: {
          delivery: { type: 'object', required: ['method'], properties: { method: { const: method } } },
        },
      },
      // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword.
      then: { $ref: `#/definitions/${method}` },
    })),
    definitions: Object.fromEntries(deliveryMethodIds.map((method) => [method, branchSchema(method)])),
  }
}

/** Every generated schema file, by name. */
export function schemaFiles(): Readonly<Record<string, JsonSchema>> {
  return {
    'manifest.schema.json': manifestSchema(),
    ...Object.fromEntries(deliveryMethodIds.map((method) => [`${method}.schema.json`, methodSchema(method)])),
  }
}
