/** The JSON Schemas compiled to plain code, so that koo need not load ajv nor compile at run time (115 ms a start). */
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { deliveryMethodIds } from '../model/delivery-methods.ts'
import { branchSchema, type JsonSchema, sharedSchema } from '../model/schema.ts'

/** The text of `src/check/validators.js`. */
export async function validatorsModule(root: string): Promise<string> {
  const ajv = new Ajv({ allErrors: true, messages: false, strict: true, code: { source: true } })
  ajv.addSchema(plain(sharedSchema()), 'shared')
  for (const method of deliveryMethodIds) ajv.addSchema(plain(branchSchema(method)), method)
  const names = ['shared', ...deliveryMethodIds]
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
