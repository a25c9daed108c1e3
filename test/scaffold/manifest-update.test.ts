/** A manifest brought to other data: it says exactly that, and what did not change looks as before. `KOO_FUZZ` raises the number of tries. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse, parseDocument, stringify } from 'yaml'
import { yamlOptions } from '../../src/check/yaml-options.ts'
import { updatedText } from '../../src/scaffold/manifest-update.ts'

const numRuns = Number(process.env.KOO_FUZZ ?? 60)
const seed = Number(process.env.KOO_FUZZ_SEED ?? 20261124)

const folder = new URL('../../examples/', import.meta.url)
const examples = readdirSync(folder).map((name) => readFileSync(new URL(`${name}/koo.yaml`, folder), 'utf8'))

type Data = Record<string, unknown>

const read = (text: string): Data => parseDocument(text, yamlOptions).toJS() as Data
const updated = (text: string, change: (data: Data & Any) => void, file = 'koo.yaml'): string => {
  const target = structuredClone(read(text))
  change(target as Data & Any)
  const result = updatedText(text, file, target)
  expect(read(result)).toEqual(target)
  return result
}
// biome-ignore lint/suspicious/noExplicitAny: the shape of each text below is plain to see.
type Any = any

describe('what a change looks like', () => {
  test.each<[what: string, before: string, change: (data: Any) => void, after: string]>([
    [
      'a plain text, quotes and the comments around kept',
      "# top\na: 'x'   # why\nb:   two\n",
      (d) => {
        d.a = 'y'
      },
      "# top\na: 'y'   # why\nb:   two\n",
    ],
    [
      'a number in a text gets quotes',
      'a: x # why\n',
      (d) => {
        d.a = '12'
      },
      'a: "12" # why\n',
    ],
    [
      'an empty value',
      'a: # why\nb: 1\n',
      (d) => {
        d.a = 'x'
      },
      'a: x # why\nb: 1\n',
    ],
    [
      'a literal block',
      'a: | # why\n    one\n    two\n\nb: 1\n',
      (d) => {
        d.a = 'one\n\nthree\n'
      },
      'a: | # why\n    one\n\n    three\n\nb: 1\n',
    ],
    [
      'a text that needs lines',
      'a: x # why\nb: 1\n',
      (d) => {
        d.a = 'one\ntwo\n'
      },
      'a: | # why\n  one\n  two\nb: 1\n',
    ],
    [
      'a folded block',
      'a: >-\n  one\n  two\nb: 1\n',
      (d) => {
        d.a = 'one three'
      },
      'a: >-\n  one three\nb: 1\n',
    ],
    [
      'a scalar to a list',
      'a: x # why\nb: 1\n',
      (d) => {
        d.a = ['y']
      },
      'a: # why\n  - y\nb: 1\n',
    ],
    [
      'a list to a scalar',
      'a: # why\n  - x\n  - y\nb: 1\n',
      (d) => {
        d.a = 'x'
      },
      'a: x # why\nb: 1\n',
    ],
    [
      'a key that is added behind its neighbour',
      'a:\n  b: 1\n  # of d\n  d: 2\n',
      (d) => {
        d.a = { b: 1, c: 3, d: 2 }
      },
      'a:\n  b: 1\n  c: 3\n  # of d\n  d: 2\n',
    ],
    [
      'a section that is added',
      'a: 1\n\n# of b\nb:\n  c: 1\n',
      (d) => {
        d.z = { y: 1 }
      },
      'a: 1\n\n# of b\nb:\n  c: 1\n\nz:\n  y: 1\n',
    ],
    [
      'a key that goes with its comment',
      'a: 1\n\n# of b\nb:\n  c: 1\n  # more of b\n\n# of d\nd: 2\n',
      (d) => {
        delete d.b
      },
      'a: 1\n\n# of d\nd: 2\n',
    ],
    [
      'a comment of a section stays',
      'a: 1\n\n# Section\n\n# of b\nb: 1\nd: 2\n',
      (d) => {
        delete d.b
      },
      'a: 1\n\n# Section\n\nd: 2\n',
    ],
    [
      'items that move with their comments',
      'l:\n  # one\n  - name: a # A\n    p: 1\n  # two\n  - name: b\n    p: 2 # B\n',
      (d) => {
        d.l.reverse()
      },
      'l:\n  # two\n  - name: b\n    p: 2 # B\n  # one\n  - name: a # A\n    p: 1\n',
    ],
    [
      'an item that goes and one that changes',
      'product:\n  cases:\n  - title: a\n    text: x # A\n  - title: b\n    text: y # B\n',
      (d) => {
        d.product.cases = [{ title: 'b', text: 'z' }]
      },
      'product:\n  cases:\n  - title: b\n    text: z # B\n',
    ],
    [
      'items that move and change, known by what the table says',
      'delivery: { method: saas }\nspecifications:\n- name: S\n  tiers:\n  # few\n  - from: 1\n    to: 9\n    price: 5\n  # many\n  - from: 10\n    price: 4\n',
      (d) => {
        d.specifications[0].tiers = [
          { from: 10, price: 3 },
          { from: 1, to: 9, price: 6 },
        ]
      },
      'delivery: { method: saas }\nspecifications:\n- name: S\n  tiers:\n  # many\n  - from: 10\n    price: 3\n  # few\n  - from: 1\n    to: 9\n    price: 6\n',
    ],
    [
      'the first key of an item goes',
      'l:\n  - x: 1\n    # of y\n    y: 2\n',
      (d) => {
        delete d.l[0].x
      },
      'l:\n  - # of y\n    y: 2\n',
    ],
    [
      'an item that is added',
      'l:\n  - a\n  - b\nm: 1',
      (d) => {
        d.l.push({ name: 'c', p: 1 })
      },
      'l:\n  - a\n  - b\n  - name: c\n    p: 1\nm: 1',
    ],
    [
      'lists in brackets',
      'l: [a, "b",  c] # why\n',
      (d) => {
        d.l = ['a', 'x, y', 'c']
      },
      'l: [a, "x, y",  c] # why\n',
    ],
    [
      'lists in brackets, with more',
      'l: [a, b]\nm: {x: 1}\n',
      (d) => {
        d.l.push('c')
        d.m.y = 2
      },
      'l: [a, b, c]\nm: {x: 1, y: 2}\n',
    ],
    [
      'brackets on lines with comments',
      'l: [\n  a, # A\n  b, # B\n  c # C\n]\n',
      (d) => {
        d.l = ['a', 'c']
      },
      'l: [\n  a, # A\n  c # C\n]\n',
    ],
    [
      'an alias whose value changes',
      'a: &x\n  p: 1 # P\nb: *x\nc: *x # C\n',
      (d) => {
        d.b = { p: 2 }
      },
      'a: &x\n  p: 1 # P\nb:\n  p: 2\nc: *x # C\n',
    ],
    [
      'an anchor whose value changes',
      'a: &x\n  p: 1 # P\nb: *x # B\n',
      (d) => {
        d.a = { p: 2 }
        d.b = { p: 1 }
      },
      'a: &x\n  p: 2 # P\nb: # B\n  p: 1\n',
    ],
    [
      'all that share an anchor',
      'a: &x\n  p: 1 # P\nb: *x # B\n',
      (d) => {
        d.a = { p: 2 }
        d.b = { p: 2 }
      },
      'a: &x\n  p: 2 # P\nb: *x # B\n',
    ],
    [
      'an anchor that goes',
      'a: &x 1\nb: *x\n',
      (d) => {
        delete d.a
      },
      'b: 1\n',
    ],
    [
      'merged keys',
      'a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  r: 3 # R\n',
      (d) => {
        d.b = { p: 1, q: 5, r: 3 }
      },
      'a: &x {p: 1, q: 2}\nb:\n  p: 1\n  q: 5\n  r: 3 # R\n',
    ],
    [
      'line breaks of Windows',
      'a: x\r\n\r\nb: 1 # B\r\n',
      (d) => {
        d.a = 'one\ntwo'
        d.c = [1]
      },
      'a: |-\r\n  one\r\n  two\r\n\r\nb: 1 # B\r\n\r\nc:\r\n  - 1\r\n',
    ],
    [
      'a document between marks',
      '%YAML 1.2\n---\na: 价 # 格\n...\n',
      (d) => {
        d.a = '格'
      },
      '%YAML 1.2\n---\na: 格 # 格\n...\n',
    ],
  ])('%s', (_, before, change, after) => {
    expect(updated(before, change)).toBe(after)
  })

  test('JSON stays JSON', () => {
    const text = '{\n    "a": 1,\n    "l": ["x","y"],\n    "m": {\n        "p": true\n    }\n}\n'
    const after = updated(
      text,
      (d) => {
        d.a = 'one'
        d.l.push('z')
        d.m.q = { r: [1] }
      },
      'koo.json',
    )
    expect(after).toBe(
      '{\n    "a": "one",\n    "l": ["x","y","z"],\n    "m": {\n        "p": true,\n        "q": {\n            "r": [\n                1\n            ]\n        }\n    }\n}\n',
    )
    JSON.parse(after)
  })

  test('an example keeps every line that says the same', () => {
    const [text = ''] = examples.filter((each) => each.includes('plumbline-fim'))
    const after = updated(text, (d) => {
      d.product.overview = 'Plumbline records how files should be.'
      d.specifications[1].price = 310
      d.specifications.splice(0, 1)
      d.delivery.package.exclude = ['software/tests/**', 'software/*.tmp']
    })
    const gone = text.split('\n').filter((line) => !after.split('\n').includes(line))
    expect(gone).toEqual([
      expect.stringContaining('Plumbline records how the important'),
      expect.stringContaining('It is made for teams'),
      ...['  - name: Standard, 25 hosts', '    price: 95', '    yearlyPrice: 950'],
      '    description: Up to 25 hosts of one organization, with support and updates.',
      '    price: 290',
    ])
  })
})

/** Changes some value, drops or adds some key or item, or turns a list around. */
function mutated(data: unknown, pick: (below: number) => number): unknown {
  if (typeof data !== 'object' || data === null) {
    return [
      12,
      'new',
      'two\nlines\n',
      'with: colon # and hash',
      ' leading',
      true,
      '',
      'yes\n\n\n',
      '价格',
      '- x',
      '*a',
      null,
    ][pick(12)]
  }
  if (Array.isArray(data)) {
    const items = [...data]
    const at = pick(items.length + 1)
    const how = pick(4)
    if (how === 0) items.splice(at, 1)
    else if (how === 1) items.splice(at, 0, pick(2) === 0 ? 'fresh' : { name: 'fresh', price: 1 })
    else if (how === 2) items.reverse()
    else if (at < items.length) items[at] = mutated(items[at], pick)
    return items
  }
  const entries = Object.entries(data)
  const at = pick(entries.length + 1)
  const how = pick(6)
  const [key] = entries[at] ?? []
  if (how === 0) entries.splice(at, 1)
  else if (how === 1) entries.splice(at, 0, [`fresh${pick(9)}`, pick(2) === 0 ? 'new' : { deep: ['a', { b: 1 }] }])
  else if (key !== undefined) entries[at] = [key, mutated(entries[at]?.[1], pick)]
  return Object.fromEntries(entries)
}

const forms: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with a mark and line breaks of Windows': (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`,
  'of an old Mac': (text) => text.replaceAll('\n', '\r'),
  'indented by four': (text) => stringify(parse(text), { indent: 4 }),
  'without indented lists': (text) => stringify(parse(text), { indentSeq: false, lineWidth: 60 }),
  'in braces': (text) => stringify(parse(text), { collectionStyle: 'flow' }),
  'between marks': (text) => `%YAML 1.2\n---\n${text}...\n`,
  quoted: (text) => stringify(parse(text), { defaultStringType: 'QUOTE_SINGLE', blockQuote: 'folded' }),
  'as JSON': (text) => JSON.stringify(parse(text)),
  'with aliases': (text) => {
    const data = parse(text)
    return stringify({ ...data, first: data.product, second: { list: [data.support, data.product.name] } })
  },
}

describe('any change of any text', () => {
  test.each(Object.keys(forms))('says exactly the target: %s', (name) => {
    const form = forms[name] ?? String
    const file = name === 'as JSON' ? 'koo.json' : 'koo.yaml'
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 4 }),
        (example, random, times) => {
          const text = form(example)
          const before = read(name === 'of an old Mac' ? text.replaceAll('\r', '\n') : text)
          const pick = (below: number): number => (random.next().value ?? 0) % below
          let target = structuredClone(before)
          expect(updatedText(text, file, target)).toBe(text)
          for (let time = 0; time < times; time += 1) target = mutated(target, pick) as Data
          const result = updatedText(text, file, target)
          expect(read(name === 'of an old Mac' ? result.replaceAll('\r', '\n') : result)).toEqual(target)
          if (name === 'as JSON') expect(JSON.parse(result)).toEqual(target)
        },
      ),
      { numRuns, seed },
    )
  })

  test('keeps the comments of what did not change', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 4 }), (random, times) => {
        const pick = (below: number): number => (random.next().value ?? 0) % below
        const before = {
          koo: 1,
          delivery: { method: 'saas' },
          product: { key: 'harbor', name: 'Harbor CRM', tags: { a: 'x', b: 'y' } },
          list: ['one', 'two', 'three'],
          specifications: [
            { name: 'S', price: 1 },
            { name: 'M', price: 2, more: { deep: 'text' } },
            { name: 'L', price: 3 },
          ],
        }
        const text = `${commented(before, 0, '').join('\n')}\n`
        expect(read(text)).toEqual(before)
        let target: Data = structuredClone(before)
        for (let time = 0; time < times; time += 1) target = mutated(target, pick) as Data
        // It decides which items of lists are the same.
        target.delivery = before.delivery
        const result = updatedText(text, 'koo.yaml', target)
        expect(read(result)).toEqual(target)
        const there = marksOf(target, '')
        for (const [path, value] of marksOf(before, '')) {
          if (!there.has(path)) continue
          expect(result).toContain(`# above ${path}\n`)
          if (value !== undefined && there.get(path) === value) expect(result).toContain(`# behind ${path}\n`)
        }
      }),
      { numRuns: 4 * numRuns, seed },
    )
  })
})

/** YAML with a comment above each entry, and one behind each scalar. */
function commented(value: unknown, depth: number, path: string): readonly string[] {
  const space = '  '.repeat(depth)
  return Object.entries(value as object).flatMap(([key, inner]) => {
    const at = `${path}/${Array.isArray(value) ? nameOf(inner) : key}`
    const lead = Array.isArray(value) ? '-' : `${key}:`
    if (typeof inner !== 'object') return [`${space}# above ${at}`, `${space}${lead} ${inner} # behind ${at}`]
    return [`${space}# above ${at}`, `${space}${lead}`, ...commented(inner, depth + 1, at)]
  })
}

/** Each entry by its path, with its value where it is a scalar. */
function marksOf(value: unknown, path: string): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    const at = `${path}/${Array.isArray(value) ? nameOf(inner) : key}`
    const isInside = typeof inner === 'object' && inner !== null
    found.set(at, isInside ? undefined : inner)
    for (const [below, each] of marksOf(inner, at)) found.set(below, each)
  }
  return found
}

function nameOf(item: unknown): string {
  return typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : String(item)
}
