/** Holds a request against the contract's own schemas. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Complaint } from '../model/release.ts'
import { components, type OperationId, operations } from './operations.ts'
import { Refusal } from './refusal.ts'

type Place = 'params' | 'querystring' | 'headers' | 'body'

/** What an operation takes, by the place it comes from; `body` only where it is JSON. */
export type Received = { readonly [place in Place]?: unknown }

// Parameters arrive as texts; in a body a number written as a text is a mistake.
const options = { allErrors: true, schemas: [components] }
const ofParameters = new Ajv2020({ ...options, coerceTypes: true })
const ofBodies = new Ajv2020(options)

const compiled = new Map<string, ValidateFunction>()

/** Turns the texts of numbers into numbers, in place. */
export function validate(id: OperationId, received: Received): void {
  const details = (['params', 'querystring', 'headers', 'body'] as const).flatMap((place) => {
    const check = validator(id, place)
    return check === undefined || check(received[place])
      ? []
      : (check.errors ?? []).map((each) => complaint(place, each))
  })
  if (details.length > 0) throw new Refusal('KOO.01400001', 'The request does not follow the contract.', details)
}

/** Compiled when first needed: a start of the sandbox waits for none of it. */
function validator(id: OperationId, place: Place): ValidateFunction | undefined {
  const schema = (operations[id] as Received)[place]
  if (schema === undefined) return undefined
  const name = `${id} ${place}`
  const known = compiled.get(name)
  if (known) return known
  const made = (place === 'body' ? ofBodies : ofParameters).compile(schema as object)
  compiled.set(name, made)
  return made
}

const titles = { params: 'path', querystring: 'query', headers: 'header' } as const

function complaint(place: Place, error: ErrorObject): Complaint {
  const code = error.keyword
  const message = error.message ?? 'is not allowed'
  if (place !== 'body')
    return { path: '', code, message: `${titles[place]} ${error.instancePath.slice(1)} ${message}`.replace('  ', ' ') }
  return { path: error.instancePath, code, message }
}
