/**
 * A hundred thousand mutated manifests: no crash, no hang, and the verdict of koo's shape stage is ajv's on the published
 * schema. KOO_MUTANTS raises the number.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { parse } from 'yaml'
import { check } from '../../src/check/check.ts'
import { wholeManifest } from '../../src/check/examples.ts'
import { judge } from '../../src/check/judge.ts'
import { checkShape } from '../../src/check/shape.ts'
import { readSource } from '../../src/check/source.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { diagnosticCodeNames, diagnosticCodeRow } from '../../src/model/diagnostic-codes.ts'

const root = join(import.meta.dirname, '../..')
const runs = Number(process.env.KOO_MUTANTS ?? 100_000)

/** The six products, and every good example, which together have every field. */
const texts = [
  ...deliveryMethodIds.map((id) => readFileSync(join(root, `examples/${id}/koo.yaml`), 'utf8')),
  ...diagnosticCodeNames.flatMap((code) => {
    const { good } = diagnosticCodeRow(code)
    return good === undefined ? [] : [wholeManifest(good)]
  }),
]
const values: readonly unknown[] = texts.map((text) => parse(text))

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const oddValues: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  2.5,
  1e21,
  '',
  ' ',
  'text',
  '12',
  'V1.0',
  'v1.0',
  'saas',
  'buyout',
  'yearly-monthly',
  'ap-southeast-3',
  'https://a.example',
  'a@b.example',
  [],
  [null],
  ['text'],
  [1, 1],
  {},
  { a: 1 },
  { from: 1, to: 2 },
  [{}],
]
const oddKeys = ['surplus', 'nmae', 'price', 'name', 'billing', 'constructor', 'toString', 'a/b~c', '']

interface Mutation {
  readonly how: 'remove' | 'replace' | 'add' | 'rename' | 'repeat' | 'graft'
  readonly at: number
  readonly with: number
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom('remove', 'replace', 'add', 'rename', 'repeat', 'graft'),
  at: fc.nat(10_000),
  with: fc.nat(10_000),
})
const mutant = fc.record({
  base: fc.nat(values.length - 1),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
})

type Place = readonly [container: Json[] | { [key: string]: Json }, key: string]

/** Every place of a value that can be changed. */
function places(value: Json, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inside] of Object.entries(value)) {
    found.push([value, key])
    places(inside as Json, found)
  }
  return found
}

function pick<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T
}

function mutate(value: Json, { how, at, with: by }: Mutation): void {
  const all = places(value)
  if (all.length === 0) return
  const [container, key] = pick(all, at)
  const record = container as { [key: string]: Json }
  const here = record[key] as Json
  if (how === 'replace') record[key] = structuredClone(pick(oddValues, by))
  else if (how === 'graft')
    record[key] = structuredClone(pick(places(pick(values, by) as Json), at)?.[0] ?? null) as Json
  else if (Array.isArray(container)) {
    if (how === 'remove') container.splice(Number(key), 1)
    else container.push(structuredClone(here))
  } else if (how === 'add') record[pick(oddKeys, by)] = structuredClone(pick(oddValues, at))
  else {
    delete record[key]
    if (how !== 'remove') record[how === 'rename' ? `${key}${key.at(-1) ?? 'x'}` : pick(oddKeys, by)] = here
  }
}

const schema = new Ajv({ strict: true }).compile(
  JSON.parse(readFileSync(join(root, 'schemas/manifest.schema.json'), 'utf8')),
)

describe('mutated values', () => {
  test(`${runs} of them get one verdict, and their findings stand at places that are there`, () => {
    let sound = 0
    fc.assert(
      fc.property(mutant, ({ base, mutations }) => {
        const value = structuredClone(pick(values, base)) as Json
        for (const each of mutations) mutate(value, each)
        const findings = checkShape(value)
        if (findings.length === 0) sound += 1
        return (
          schema(value) === (findings.length === 0) &&
          new Set(findings.map(({ path }) => path)).size === findings.length
        )
      }),
      { numRuns: runs },
    )
    // Enough of both, or there would be nothing to agree on.
    expect(sound).toBeGreaterThan(runs / 50)
    expect(sound).toBeLessThan(runs / 1.2)
  }, 240_000)

  test('rules take whatever shape is sound', () => {
    fc.assert(
      fc.property(mutant, ({ base, mutations }) => {
        const value = structuredClone(pick(values, base)) as Json
        for (const each of mutations) mutate(value, each)
        return judge(value, new Map()).every(({ message }) => message.length > 0)
      }),
      { numRuns: runs / 5 },
    )
  }, 120_000)
})

describe('mutated texts', () => {
  const alphabet = [...':-#?&*!|>\'"{}[],%@` \t\n\r~a1\u0085\u2028\ufeff漢😀'.matchAll(/./gsu)].map(([each]) => each)
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(12),
    put: fc.array(fc.constantFrom(...alphabet), { maxLength: 4 }),
  })
  const numRuns = Math.min(runs / 20, 20_000)

  test(`${numRuns} of them are read, checked and placed`, () => {
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.array(edit, { minLength: 1, maxLength: 3 }), (base, edits) => {
        let text = pick(texts, base)
        for (const { at, length, put } of edits) {
          const from = Math.floor(at * text.length)
          text = text.slice(0, from) + put.join('') + text.slice(from + length)
        }
        const lines = text.split(/\r\n|\n|\r/)
        const source = readSource('koo.yaml', Buffer.from(text))
        const findings = source.diagnostics.length > 0 ? [] : judge(source.value, new Map())
        const { diagnostics } = check(source, findings, (each) => each)
        return diagnostics.every(({ line, column, endColumn }) => {
          const there = lines[line - 1]
          return there !== undefined && column >= 1 && column <= there.length + 1 && endColumn > column
        })
      }),
      { numRuns },
    )
  }, 120_000)
})
