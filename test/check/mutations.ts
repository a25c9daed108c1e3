/** Example manifests with a few changes of characters, lines and values, for tests of what holds for every text. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'

const folder = join(import.meta.dirname, '../../examples')
const examples = readdirSync(folder).map((name) => readFileSync(join(folder, name, 'koo.yaml'), 'utf8'))

const marks = [
  ...':-#\'"[]{},&*!|>%@`?\\~<= \t\n\r\ufeffé😀\u0007x1.',
  '\r\n',
  '---\n',
  ': ',
  ' #',
  '*a',
  '&a ',
  '<<: *a\n',
]
const values =
  'v1.0|1.10|"59"|\'59\'|24|true|"true"|null|~|[]|{}|" a@b.co "|mailto:a@b.co|sass|Yearly/Monthly|koo-disable'
const comments = [
  '# koo-disable-line name-price: why',
  '# koo-disable-line nothing',
  '# koo-disable-next-line name-price: x',
  '# c  ',
]

type Mutation = (text: string) => string

const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const position = (text: string, share: number) => Math.floor(share * (text.length + 1))

function onLine(share: number, change: (line: string) => string): Mutation {
  return (text) => {
    const lines = text.split('\n')
    const index = Math.floor(share * lines.length)
    return lines.map((line, each) => (each === index ? change(line) : line)).join('\n')
  }
}

const characters: fc.Arbitrary<Mutation> = fc
  .tuple(at, fc.nat(4), fc.constantFrom(...marks, ''))
  .map(([share, cut, put]) => (text) => {
    const start = position(text, share)
    return text.slice(0, start) + put + text.slice(start + cut)
  })

const lines: fc.Arbitrary<Mutation> = fc
  .tuple(at, fc.constantFrom(...values.split('|')), fc.nat(9), fc.constantFrom(...comments))
  .map(([share, value, kind, comment]) => {
    const changes: readonly ((line: string) => string)[] = [
      () => '',
      (line) => `${line}\n${line}`,
      (line) => `  ${line}`,
      (line) => line.replace(/^ {1,2}/, ''),
      (line) => `${line}  \t`,
      (line) => line.replace(/^(\s*(?:- )?[A-Za-z]+: ).*/, `$1${value}`),
      (line) => line.replace(/([A-Za-z])([A-Za-z]+):/, '$1$1$2:'),
      (line) => line.replace(/([A-Za-z]+)[A-Za-z]:/, '$1:'),
      (line) => `${line} ${comment}`,
      (line) => `${comment}\n${line}`,
    ]
    return onLine(share, changes[kind] ?? ((line) => line))
  })

const wholes: fc.Arbitrary<Mutation> = fc.constantFrom<Mutation>(
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\r'),
  (text) => `\ufeff${text}`,
  (text) => text.trimEnd(),
  (text) => `---\n${text}`,
)

/** Most of them can still be read. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(fc.oneof({ weight: 1, arbitrary: characters }, { weight: 3, arbitrary: lines }), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.option(wholes, { freq: 4 }),
  )
  .map(([text, changes, whole]) => {
    const changed = changes.reduce((each, change) => change(each), text)
    return whole === null ? changed : whole(changed)
  })
