/** Makes what the code knows of the marketplace contract from its OpenAPI text: the types, and the data the sandbox validates by. */
import openapiTypescript, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'

type Json = { readonly [key: string]: unknown }

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Json
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

const header = '// Generated from schemas/marketplace.openapi.yaml by `npm run generate`; never edited.\n'

export async function marketplaceApi(yamlText: string): Promise<{ types: string; operations: string }> {
  const contract = parse(yamlText) as Json
  const types = await openapiTypescript(yamlText, { immutable: true, defaultNonNullable: false })
  return { types: `${header}${astToString(types)}`, operations: `${header}${operationsModule(contract)}` }
}

function operationsModule(contract: Json): string {
  const operations = Object.entries(contract.paths as Json).flatMap(([path, item]) =>
    methods
      .filter((method) => Object.hasOwn(item as Json, method))
      .map((method) => operation(contract, path, method, item as Json)),
  )
  const named = Object.fromEntries(operations.map((each) => [each.operationId, each]))
  const components = { $id: 'marketplace', $defs: schemaOf((contract.components as Json).schemas) }
  return [
    '// biome-ignore-all format: generated',
    '/** The operations of the marketplace contract and their JSON Schemas, as plain data. */',
    `export const components = ${JSON.stringify(components, null, 1)} as const`,
    `export const operations = ${JSON.stringify(named, null, 1)} as const`,
    'export type OperationId = keyof typeof operations',
    '',
  ].join('\n')
}

function operation(contract: Json, path: string, method: string, item: Json) {
  const own = item[method] as Json
  const parameters = [item.parameters, own.parameters].flatMap((list) =>
    ((list ?? []) as readonly Json[]).map((each) => resolve(contract, each) as unknown as Parameter),
  )
  const body = mediaSchema(resolve(contract, (own.requestBody ?? {}) as Json))
  return {
    operationId: own.operationId as string,
    method: method.toUpperCase(),
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    params: objectOf(parameters.filter((each) => each.in === 'path')),
    querystring: objectOf(parameters.filter((each) => each.in === 'query')),
    headers: objectOf(parameters.filter((each) => each.in === 'header')),
    ...(body === undefined ? {} : { body }),
    responses: Object.fromEntries(
      Object.entries(own.responses as Json).map(([status, response]) => [
        status,
        mediaSchema(resolve(contract, response as Json)) ?? {},
      ]),
    ),
  }
}

/** Parameters as the properties of one object; names of headers in lower case, as Node gives them. */
function objectOf(parameters: readonly Parameter[]) {
  const name = (each: Parameter) => (each.in === 'header' ? each.name.toLowerCase() : each.name)
  return {
    type: 'object',
    required: parameters.filter((each) => each.required).map(name),
    properties: Object.fromEntries(parameters.map((each) => [name(each), schemaOf(each.schema)])),
  }
}

/** The schema of a JSON body; undefined where there is none, as for the bytes of a part. */
function mediaSchema(described: Json): unknown {
  const schema = ((described.content as Json | undefined)?.['application/json'] as Json | undefined)?.schema
  return schema === undefined ? undefined : schemaOf(schema)
}

/** A schema without its prose, its references turned from the document to the `components` of the generated module. */
function schemaOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemaOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inside]) => !(prose.has(key) && (typeof inside === 'string' || Array.isArray(inside))))
      .map(([key, inside]) => [key, key === '$ref' ? turned(String(inside)) : schemaOf(inside)]),
  )
}

function turned(reference: string): string {
  return reference.replace('#/components/schemas/', 'marketplace#/$defs/')
}

/** Told from properties of these names by their value: a property's is an object. */
const prose = new Set(['description', 'examples'])

function resolve(contract: Json, value: Json): Json {
  if (typeof value.$ref !== 'string') return value
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((here, part) => here[part] as Json, contract)
}
