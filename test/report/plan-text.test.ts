/** Plans and differences as a person reads them: short, cut to the width, and safe for a terminal. */
import { describe, expect, test } from '@jest/globals'
import type { FieldChange, ProductPlan } from '../../src/model/plan.ts'
import { changeLines } from '../../src/report/change-text.ts'
import { planText } from '../../src/report/plan-text.ts'
import { printable } from '../../src/report/printable.ts'
import { plain } from '../../src/report/style.ts'
import { textOf } from '../../src/report/text.ts'
import { cells } from '../../src/report/width.ts'

const lines = (change: FieldChange, columns = 80) => changeLines(change, plain, columns)

describe('a change of a field', () => {
  test('that is short takes a line', () => {
    const change = { path: '/specifications/0/price', was: 59, becomes: 61, item: 'Team' }
    expect(lines(change)).toEqual(['    /specifications/0/price (Team): 59 → 61'])
    expect(lines({ path: '/support/phone', becomes: '+65 6123 4567' })).toEqual(['    + /support/phone: +65 6123 4567'])
    expect(lines({ path: '/support/phone', was: '+65 6123 4567' })).toEqual(['    - /support/phone: +65 6123 4567'])
    expect(lines({ path: '/specifications', was: ['Team', 'Solo'], becomes: ['Solo', 'Team'], order: true })).toEqual([
      '    /specifications order: Team, Solo → Solo, Team',
    ])
  })

  test('that is long takes two, cut to the width with a mark', () => {
    const was = 'Keeps customers, quotations and follow-ups in one place. '.repeat(9)
    const found = lines({ path: '/product/overview', was, becomes: '客户、报价和后续跟进都在一个地方。'.repeat(9) }, 60)
    expect(found).toHaveLength(3)
    expect(found[1]).toMatch(/^ {6}- Keeps customers.*…$/)
    expect(found[2]).toMatch(/^ {6}\+ 客户.*…$/)
    for (const line of found) expect(cells(line)).toBeLessThanOrEqual(60)
  })

  test('of several lines shows those that differ, between their neighbours', () => {
    const was = 'One.\nTwo.\nThree.\nFour.\nFive.\n'
    expect(lines({ path: '/product/description', was, becomes: was.replace('Three.', 'Drei.') })).toEqual([
      '    /product/description:',
      '        Two.',
      '      - Three.',
      '      + Drei.',
      '        Four.',
    ])
    expect(lines({ path: '/product/description', was: 'One.\nTwo.', becomes: 'One.\nTwo.\nTwo.' })).toEqual([
      '    /product/description:',
      '        Two.',
      '      + Two.',
    ])
    expect(lines({ path: '/support/afterSales', becomes: 'One.\nTwo.' })).toEqual([
      '    /support/afterSales:',
      '      + One.',
      '      + Two.',
    ])
  })
})

const product: ProductPlan = {
  file: 'crm/koo.yaml',
  material: {
    ...{ key: 'harbor-crm', name: 'Harbor CRM', method: 'saas', version: 'V2.0', contentDigest: 'a'.repeat(64) },
    files: [{ path: 'logo.png', sha256: 'b'.repeat(64), bytes: 3500 }],
    images: [],
  },
  decision: { do: 'release', replaces: 'V1.0', after: '1' },
  revision: 3,
  changes: [{ path: '/product/name', was: 'Harbor', becomes: 'Harbor CRM' }],
  lost: [{ path: '/support/email', was: 'a@harbor.example', becomes: 'b@harbor.example', here: 'a@harbor.example' }],
  fileChanges: [{ path: 'logo.png', was: 'a'.repeat(64), becomes: 'b'.repeat(64) }],
  lostFiles: [],
  notes: [{ is: 'final', path: '/specifications/2', text: 'Solo: removing it from sale is final.' }],
}

test('a plan tells changes, what it undoes, notes and uploads, and how it is sent', () => {
  expect(planText({ marketplace: 'sandbox', products: [product] }, plain, 80, 'plan.json').split('\n')).toEqual([
    'harbor-crm V2.0 (saas): release',
    '    /product/name: Harbor → Harbor CRM',
    '    changed on the marketplace:',
    '    /support/email: a@harbor.example → b@harbor.example',
    '    final: Solo: removing it from sale is final. /specifications/2',
    '    upload logo.png (3.5 KB)',
    '    submit V2.0 for review, to replace V1.0',
    '',
    'Plan for sandbox: 1 product to send.',
    'Saved; koo publish plan.json sends exactly this, or nothing.',
  ])
})

test('what others wrote cannot move the cursor', () => {
  const change = { path: '/product/name', was: 'Harbor\u001b[2J', becomes: 'Harbor\u202eMRC' }
  const plan = { marketplace: 'sandbox', products: [{ ...product, changes: [change] }] }
  const diffed = { key: 'harbor-crm', version: 'V2.0', file: 'koo.yaml', changes: [change], files: [] }
  const release = { id: '1', version: 'V1.0', state: 'on-sale' } as const
  for (const outcome of [
    { is: 'planned', plan } as const,
    { is: 'diffed', marketplace: 'sandbox', products: [{ ...diffed, release }], exitCode: false } as const,
  ]) {
    const text = textOf(printable(outcome), plain, 80)
    expect(text).toContain('\\u001b')
    for (const unsafe of ['\u001b', '\u202e']) expect(text).not.toContain(unsafe)
  }
})
