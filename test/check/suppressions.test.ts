/** Comments that suppress a finding, and what koo says of those that do not. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { withEdits } from '../../src/check/fix.ts'
import { judge } from '../../src/check/judge.ts'
import { readSource, type Source } from '../../src/check/source.ts'
import { suppressed } from '../../src/check/suppressions.ts'

const example = readFileSync(join(import.meta.dirname, '../../examples/consulting/koo.yaml'), 'utf8')
const name = '  name: Ledgerfield Cloud Cost Consulting'
/** Line 9, and a finding of `name-price`. */
const priced = '  name: Ledgerfield for $ 5'
const price = 'name-price'

/** Before any comment has its say. */
function findingsOf(source: Source) {
  return [...source.diagnostics, ...judge(source.value, new Map()).map(source.place)]
}

function judged(line: string, from = name) {
  const text = example.replace(from, () => line)
  const source = readSource('koo.yaml', Buffer.from(text))
  const result = suppressed(source.text, findingsOf(source), source.placeAt)
  const edits = result.diagnostics.flatMap(({ fix }) => fix?.edits ?? [])
  return {
    left: result.diagnostics.map(({ code, line: at, column }) => [code, at, column].join(' ')),
    taken: result.suppressed.map(({ diagnostic, reason }) => `${diagnostic.code}: ${reason}`),
    told: result.diagnostics.map(({ message, hint }) => `${message} ${hint}`).join('\n'),
    fixed: withEdits(text, edits),
  }
}

describe('a finding is taken away', () => {
  test.each([
    [`${priced} # koo-disable-line ${price}: our registered name`],
    [`  # koo-disable-next-line ${price}: our registered name\n${priced}`],
    [`  # koo-disable-next-line ${price}: our registered name\n\n  # more\n${priced}`],
    [`${priced} # koo-disable-line name-repeated, ${price}: our registered name`],
    [`${priced.replace('L', '"L')}" # koo-disable-line ${price}: our registered name`],
    [`${priced} \t#koo-disable-line  ${price} :  our registered name  `],
  ])('%j', (line) => {
    expect(judged(line)).toMatchObject({ left: [], taken: [`${price}: our registered name`] })
  })

  test('with line ends of Windows and of old Macs, and a byte order mark', () => {
    for (const end of ['\r\n', '\r']) {
      const text = `\ufeff${example.replace(name, `${priced} # koo-disable-line ${price}: it: is`)}`.replaceAll(
        '\n',
        end,
      )
      const source = readSource('koo.yaml', Buffer.from(text))
      const result = suppressed(source.text, findingsOf(source), source.placeAt)
      expect(result).toMatchObject({ diagnostics: [], suppressed: [{ reason: 'it: is' }] })
    }
  })
})

describe('a comment is told', () => {
  test.each([
    [`${priced} # koo-disable-line`, ['name-price 9 9', 'suppression-form 9 29'], 'does not name the code'],
    [`${priced} # koo-disable-line name-prise: x`, ['name-price 9 9', 'suppression-form 9 29'], 'mean `name-price`'],
    [
      `${priced} # koo-disable-line version-form: x`,
      ['name-price 9 9', 'suppression-form 9 29'],
      'cannot be suppressed',
    ],
    [`${priced} # koo-disable ${price}: x`, ['name-price 9 9', 'suppression-form 9 29'], 'no `koo-disable`'],
    [
      `${priced} # koo-disable-next-line ${price}: x`,
      ['name-price 9 9', 'suppression-form 9 29'],
      'at the end of a line',
    ],
    [`  # koo-disable-line ${price}: x\n${priced}`, ['suppression-form 9 3', 'name-price 10 9'], 'stands alone'],
    [`${priced} # koo-disable-line ${price}`, ['suppression-form 9 29'], `\`# koo-disable-line ${price}: reason\``],
    [`${priced} # koo-disable-line ${price}:`, ['suppression-form 9 29'], `\`# koo-disable-line ${price}: reason\``],
    [`${name} # koo-disable-line ${price}: x`, [`suppression-unused 9 ${name.length + 2}`], 'no `name-price`'],
  ])('%j', (line, left, told) => {
    const result = judged(line)
    expect(result.left).toEqual(left)
    expect(result.told).toContain(told)
  })

  test.each([
    ['  overview: "a # koo-disable-line name-price"', '  overview: >-'],
    ['  description: |\n    # koo-disable-line name-price', '  description: |'],
  ])('but not what looks like one: %j', (line, from) =>
    expect(judged(line, from).left.join()).not.toContain('suppression'),
  )

  test('not where the shape is not sound, as no rule has looked', () => {
    expect(judged(`${name} # koo-disable-line ${price}: x\n  x-note: a`).left).toEqual(['unknown-field 10 3'])
  })

  test('not what is only looked for on the network or between manifests', () => {
    expect(judged(`${name} # koo-disable-line link-broken, key-repeated: x`).left).toEqual([])
  })
})

describe('what suppresses nothing is removed', () => {
  test.each([
    [`${name}  # koo-disable-line ${price}: x`, name],
    [`${name}\n  # koo-disable-next-line ${price}: x`, name],
    [`${priced} # koo-disable-line ${price}, name-phone: x`, `${priced} # koo-disable-line ${price}: x`],
  ])('%j', (from, to) => expect(judged(from).fixed).toBe(example.replace(name, () => to)))
})
