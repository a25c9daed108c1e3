/** Reads a file of faults, YAML or JSON, and says at which line it is wrong. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { readSource, type Source } from '../check/source.ts'
import { suggest } from '../check/suggest.ts'
import { usage } from '../model/failure.ts'
import { type Fault, type Faults, rights } from './faults.ts'
import { operations } from './operations.ts'

const whole = (minimum: number) => ({ type: 'integer', minimum })
const share = { type: 'number', minimum: 0, maximum: 1 }
const operationList = {
  operations: {
    anyOf: [{ const: 'all' }, { type: 'array', minItems: 1, items: { enum: Object.keys(operations) } }],
  },
}
const struck = { ...operationList, probability: share, every: whole(1), first: whole(1) }
/** As much as a timer can hold. */
const longest = { ...whole(0), maximum: 2 ** 31 - 1 }
const milliseconds = { min: { ...longest, default: 0 }, max: longest }
const failure = { ...struck, status: { enum: [500, 502, 503, 504], default: 500 }, 'retry-after': whole(0) }

interface Format {
  readonly properties: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}

/** The settings of each fault. */
const formats: Readonly<Record<Fault['fault'], Format>> = {
  latency: { properties: { ...struck, ...milliseconds }, required: ['max'] },
  rate: {
    properties: {
      ...operationList,
      requests: { type: 'number', exclusiveMinimum: 0 },
      burst: { ...whole(1), default: 1 },
      per: { enum: ['server', 'operation'], default: 'server' },
      answer: { enum: ['throttled', 'koogallery', 'slow-down'], default: 'throttled' },
      'retry-after': whole(0),
    },
    required: ['requests'],
  },
  'fail-before': { properties: failure },
  'fail-after': { properties: failure },
  'lose-reply': { properties: struck },
  cut: { properties: { ...struck, where: { enum: ['start', 'body'], default: 'start' } } },
  hang: { properties: struck },
  stale: { properties: { ...struck, milliseconds: whole(1), writes: whole(1) } },
  truncate: { properties: struck },
  storage: { properties: { bytes: whole(0) }, required: ['bytes'] },
  skew: { properties: { seconds: { type: 'integer' } }, required: ['seconds'] },
  reviews: { properties: { ...milliseconds, max: { ...longest, default: 0 }, rejected: { ...share, default: 0 } } },
  edits: { properties: { probability: share }, required: ['probability'] },
  account: {
    properties: {
      without: { type: 'array', items: { enum: rights }, default: [] },
      products: whole(0),
    },
  },
}

const ajv = new Ajv2020({ allErrors: true, useDefaults: true, verbose: true })

/**
 * The faults of a file, with what it leaves out filled in.
 *
 * @throws {Failure} with the file, the line and the column of the first thing that is wrong.
 */
export function readFaults(file: string, bytes: Uint8Array): Faults {
  const source = readSource(file, bytes)
  const [broken] = source.diagnostics
  if (broken !== undefined) throw wrong(`${file}:${broken.line}:${broken.column}: ${broken.message}`)
  const { value } = source
  if (!isRecord(value) || !Array.isArray(value.faults)) {
    throw wrongAt(source, '', 'There is no list `faults` at its top.')
  }
  const strange = Object.keys(value).find((key) => key !== 'faults')
  if (strange !== undefined)
    throw wrongAt(source, `/${strange}`, unknown(`key \`${strange}\``, strange, ['faults']), 'key')
  return value.faults.map((each: unknown, index) => faultOf(source, each, `/faults/${index}`))
}

function faultOf(source: Source, value: unknown, path: string): Fault {
  if (!isRecord(value)) throw wrongAt(source, path, 'A fault is a mapping such as `{ fault: latency, max: 200 }`.')
  const { fault, ...settings } = value
  const names = Object.keys(formats)
  if (fault === undefined) throw wrongAt(source, path, `This needs \`fault\`, one of ${names.join(', ')}.`)
  if (typeof fault !== 'string' || !Object.hasOwn(formats, fault)) {
    throw wrongAt(source, `${path}/fault`, unknown(`fault \`${String(fault)}\``, String(fault), names))
  }
  const format = formats[fault as Fault['fault']]
  const check = ajv.compile({ type: 'object', additionalProperties: false, ...format })
  // An anyOf has an error of its own beside those of its branches, which say more.
  if (!check(settings)) throw wrongSetting(source, path, (check.errors ?? []).filter(isTelling)[0], format)
  const { operations: named, ...rest } = settings
  const read = { fault, ...rest, ...(named === undefined || named === 'all' ? {} : { operations: named }) }
  const complaint = contradiction(read)
  if (complaint !== undefined) throw wrongAt(source, path, complaint)
  // The format that has just been applied is that of the type.
  return read as unknown as Fault
}

function isTelling({ keyword }: ErrorObject): boolean {
  return keyword !== 'anyOf' && keyword !== 'const'
}

/** What no single setting shows. */
function contradiction(fault: Readonly<Record<string, unknown>>): string | undefined {
  const { min, max } = fault
  if (typeof min === 'number' && typeof max === 'number' && min > max) return '`min` is more than `max`.'
  const when = ['probability', 'every', 'first'].filter((key) => fault[key] !== undefined)
  if (when.length > 1) return `Give one of ${when.map((key) => `\`${key}\``).join(' and ')}.`
  if (fault.fault === 'stale' && (fault.milliseconds === undefined) === (fault.writes === undefined)) {
    return 'Give either `milliseconds` or `writes`.'
  }
  return undefined
}

function wrongSetting(source: Source, path: string, error: ErrorObject | undefined, { properties }: Format) {
  if (error === undefined) return wrongAt(source, path, 'The operations are a list of their ids, or `all`.')
  const { keyword, params, instancePath, data } = error
  const place = `${path}${instancePath}`
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty)
    return wrongAt(source, `${place}/${key}`, unknown(`key \`${key}\``, key, Object.keys(properties)), 'key')
  }
  if (keyword === 'required') return wrongAt(source, place, `This needs \`${params.missingProperty}\`.`)
  const name = instancePath.split('/')[1] ?? ''
  if (keyword === 'enum') {
    const allowed = (params.allowedValues as readonly unknown[]).map(String)
    return wrongAt(source, place, unknown(`\`${name}\` of \`${String(data)}\``, String(data), allowed))
  }
  return wrongAt(source, place, `\`${name}\` ${error.message ?? 'is not allowed'}.`)
}

function unknown(what: string, word: string, words: readonly string[]): string {
  const meant = suggest(word, words)
  const hint = meant === undefined ? `there are ${words.join(', ')}` : `did you mean \`${meant}\``
  return `There is no ${what}; ${hint}${meant === undefined ? '.' : '?'}`
}

function wrongAt({ file, place }: Source, path: string, message: string, at?: 'key') {
  const { line, column } = place({ code: 'unknown-field', path, message, ...(at === undefined ? {} : { at }) })
  return wrong(`${file}:${line}:${column}: ${message}`)
}

function wrong(message: string) {
  return usage('bad-faults', message, 'The sandbox’s README describes the format: src/sandbox/README.md, Faults.')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
