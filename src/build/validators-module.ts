/** The JSON Schemas compiled to plain code, so that koo need not load ajv nor compile at run time (115 ms a start). */
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { deliveryMethodIds } from '../model/delivery-methods.ts'
import { branchSchema, type JsonSchema, sharedSchema } from '../model/schema.ts'

/** The text of `src/check/validators.js`. */
export async function validatorsModule(root: string): Promise<string> {
  const ajv = new Ajv({ allErrors: true, messages: false, strict: true, inlineRefs: false, code: { source: true } })
  const names = ['shared', ...deliveryMethodIds]
  const schemas = [plain(sharedSchema()), ...deliveryMethodIds.map((method) => plain(branchSchema(method)))]
  const { whole, parts } = withoutRepetition(schemas)
  parts.forEach((part, index) => {
    ajv.addSchema(part, partName(index))
  })
  whole.forEach((schema, index) => {
    ajv.addSchema(schema, names[index] ?? '')
  })
  // ajv exports only under identifiers; the ids are not all that.
  const exported = Object.fromEntries(names.map((name, index) => [`v${index}`, name]))
  const compile = typeof standaloneCode === 'function' ? standaloneCode : standaloneCode.default
  const commonJs = compile(ajv, exported)
  const entry = `const v = require('./compiled'); export const validators = {${names.map((name, index) => `${JSON.stringify(name)}: v.v${index}`)}}`
  const result = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'js' },
    plugins: [
      {
        name: 'compiled',
        setup: (setup) => {
          setup.onResolve({ filter: /^\.\/compiled$/ }, () => ({ path: 'compiled', namespace: 'compiled' }))
          setup.onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({ contents: commonJs, resolveDir: root }))
        },
      },
    ],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  const header = '// Compiled from the JSON Schemas by src/build/validators-module.ts; never edited, not kept in git.\n'
  return header + (result.outputFiles[0]?.text ?? '')
}

const partName = (index: number): string => `part-${index}`

/**
 * Parts that occur more than once, such as tiers, as schemas of their own that the others refer to: ajv writes out every
 * part where it stands, and what is written out has to be loaded at every start.
 */
function withoutRepetition(schemas: readonly JsonSchema[]): {
  readonly whole: readonly JsonSchema[]
  readonly parts: readonly JsonSchema[]
} {
  const counts = new Map<string, number>()
  for (const schema of schemas) {
    eachPart(schema, (part) => {
      const text = JSON.stringify(part)
      counts.set(text, (counts.get(text) ?? 0) + 1)
      return part
    })
  }
  const numbers = new Map<string, number>()
  const parts: JsonSchema[] = []
  const referred = (part: JsonSchema, text: string): JsonSchema => {
    if ((counts.get(text) ?? 0) < 2 || text.length < worthReferring) return part
    const number = numbers.get(text) ?? parts.push(part) - 1
    numbers.set(text, number)
    return { $ref: partName(number) }
  }
  return { whole: schemas.map((schema) => eachPart(schema, referred)), parts }
}

/** A reference to something shorter is no shorter. */
const worthReferring = 100

/** Calls with every part, the innermost first, and its text as it was; puts in its place what comes back. */
function eachPart(schema: JsonSchema, change: (part: JsonSchema, text: string) => JsonSchema): JsonSchema {
  const changed = (part: unknown): unknown =>
    typeof part === 'object' && part !== null
      ? change(eachPart(part as JsonSchema, change), JSON.stringify(part))
      : part
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'items' || keyword === 'additionalProperties') return [keyword, changed(value)]
      if (keyword !== 'properties') return [keyword, value]
      const fields = Object.entries(value as JsonSchema).map(([name, field]) => [name, changed(field)])
      return [keyword, Object.fromEntries(fields)]
    }),
  )
}

const annotations = new Set(['title', 'description', 'examples', 'default'])

/** Without what is only there for readers; ajv would carry it along. Fields of these names are kept: they are under `properties`. */
function plain(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).filter(([keyword]) => !annotations.has(keyword))
  return Object.fromEntries(
    entries.map(([keyword, value]) => {
      if (keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object'))
        return [keyword, plain(value as JsonSchema)]
      if (keyword !== 'properties') return [keyword, value]
      const fields = Object.entries(value as Readonly<Record<string, JsonSchema>>)
      return [keyword, Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]))]
    }),
  )
}
