/** Outcomes as a person reads them. */

import { billingTitle, deploymentTitle } from '../model/delivery-methods.ts'
import type { Outcome } from '../model/outcome.ts'
import { shellWord } from '../model/shell-word.ts'
import { mockOrdersText, orderText, usageText } from './access-orders-text.ts'
import { checkedText, signedText } from './access-sign-text.ts'
import { accessText } from './access-text.ts'
import { diffText } from './diff-text.ts'
import { sourceText } from './formats/code-source.ts'
import { handedOffText, handOverKeptText, handOverLines } from './hand-over-text.ts'
import { keysText, licenseText } from './keys-text.ts'
import { madeText, templateText } from './made-text.ts'
import { contentsText, packedText, verifiedText } from './pack-text.ts'
import { planText } from './plan-text.ts'
import { previewedText } from './preview-text.ts'
import { publishedText } from './published-text.ts'
import { pulledText } from './pulled-text.ts'
import { state } from './state-text.ts'
import { statusText } from './status-text.ts'
import { count, plain, type Style, wrapped } from './style.ts'
import { table } from './table.ts'
import { cells } from './width.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

/** The text, without the last line break; `columns` is the width to keep to where that can be done. */
export function textOf(outcome: Exclude<Outcome, Of<'validated'>>, style: Style, columns: number): string {
  switch (outcome.is) {
    case 'methods':
      return methods(outcome, style, columns)
    case 'schema':
      return JSON.stringify(outcome.schema, null, 2)
    case 'explained':
      return outcome.codes.map((each) => explained(each, style)).join('\n\n')
    case 'topic':
      return table(style, outcome.head, Object.entries(outcome.rows))
    case 'initialised':
      return initialised(outcome, style)
    case 'made':
      return madeText(outcome, style)
    case 'template':
      return templateText(outcome, style)
    case 'packed':
      return packedText(outcome, style)
    case 'contents':
      return contentsText(outcome, style)
    case 'verified':
      return verifiedText(outcome, style)
    case 'planned':
      return [planText(outcome.plan, style, columns, outcome.saved), ...handOverLines(outcome, style)].join('\n')
    case 'diffed':
      return [diffText(outcome, style, columns), ...handOverLines(outcome, style)].join('\n')
    case 'published':
      return publishedText(outcome, style, columns)
    case 'pulled':
      return pulledText(outcome, style)
    case 'listed':
      return [listed(outcome, style), ...handOverLines(outcome, style)].join('\n')
    case 'status':
      return [statusText(outcome, style), ...handOverLines(outcome, style)].filter(Boolean).join('\n')
    case 'moved':
      return `${style.bold(outcome.key)} ${outcome.version} is ${state(outcome.state, style)}.${outcome.note ? `\n${outcome.note}` : ''}`
    case 'key-kept':
    case 'keys':
    case 'key-exported':
      return keysText(outcome, style)
    case 'licensed':
    case 'license-checked':
      return licenseText(outcome, style)
    case 'previewed':
      return previewedText(outcome, style)
    case 'handed-off':
      return handedOffText(outcome, style)
    case 'hand-over-kept':
      return handOverKeptText(outcome, style)
    case 'access-tested':
      return accessText(outcome, style)
    case 'signed-by-hand':
      return signedText(outcome, style)
    case 'signature-checked':
      return checkedText(outcome, style)
    case 'order-shown':
      return orderText(outcome, style)
    case 'mock-orders':
      return mockOrdersText(outcome, style)
    case 'usage-pushed':
      return usageText(outcome, style)
    case 'declined':
      return 'Nothing was sent.'
    case 'closed':
      return ''
  }
}

function methods(outcome: Of<'methods'>, style: Style, columns: number): string {
  const rows = Object.entries(outcome.methods).map(([id, row]) => [
    id,
    row.title,
    row.category,
    deploymentTitle(row.deployment),
    billingTitle(row.billing),
    row.deliverable?.title ?? '/',
  ])
  const head = ['Id', 'Delivery method', 'Category', 'Deployment location', 'Billing mode', 'Deliverable']
  const about = Object.values(outcome.methods).map(({ description }) => description)
  const widest = Math.max(...table(plain, head, rows).split('\n').map(cells))
  if (widest <= columns) {
    const words = rows.map(([id = ''], index) =>
      wrapped(`${id}: ${about[index]}`, Math.min(columns, widest)).join('\n'),
    )
    return [table(style, head, rows), ...words].join('\n\n')
  }
  // Too wide for this terminal: a block for each.
  const [, ...names] = head
  const label = Math.max(...names.map(cells)) + 2
  const blocks = rows.map(([id = '', ...values], index) => [
    style.bold(id),
    ...values.map((value, column) => `  ${(names[column] ?? '').padEnd(label)}${value}`),
    ...wrapped(about[index] ?? '', columns - 2).map((line) => `  ${line}`),
  ])
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

function explained({ code, ...row }: Of<'explained'>['codes'][number], style: Style): string {
  const { severity, what, why, mend, fixable, bad, good } = row
  const colour = severity === 'error' ? style.red : style.yellow
  const example = (title: string, part: string | undefined) =>
    part === undefined
      ? []
      : [
          `  ${title}`,
          ...part
            .trimEnd()
            .split('\n')
            .map((line) => `      ${line}`),
        ]
  const source = sourceText(code, row)
  return [
    `${style.bold(code)} ${colour(`(${severity})`)}`,
    `  ${what}`,
    `  ${style.green('Why:')} ${why}`,
    ...example(style.red('Wrong:'), bad),
    ...example(style.green('Right:'), good),
    `  ${style.green('Mend:')} ${mend}${fixable ? ' `koo validate --fix` does it in the usual cases.' : ''}`,
    `  ${style.dim(source)}`,
  ].join('\n')
}

function initialised({ folder, files }: Of<'initialised'>, style: Style): string {
  const place = shellWord(folder)
  const next = [`koo validate ${place}`, `koo plan ${place}`, `koo publish ${place}`]
  return [
    `${style.green('✔')} Wrote ${style.bold(folder)}: ${files.join(', ')}`,
    'Next:',
    ...next.map((each) => `  ${style.cyan(each)}`),
  ].join('\n')
}

function listed({ marketplace, products, catalogue }: Of<'listed'>, style: Style): string {
  const needy = catalogue?.entries.filter(({ needs }) => needs.length > 0).length ?? 0
  const hands =
    needy === 0
      ? 'nothing needs a hand'
      : `${needy} of ${count(products.length, 'product')} ${needy === 1 ? 'needs' : 'need'} a hand`
  const reports = (catalogue?.files ?? []).map((file) => `${style.green('✔')} Wrote ${style.bold(file)}: ${hands}.`)
  return [
    products.length === 0 ? `${marketplace} has no products yet.` : productTable(products, style),
    ...reports,
  ].join('\n')
}

function productTable(products: Of<'listed'>['products'], style: Style): string {
  const rows = products.map((each) => [
    each.key,
    each.version,
    each.method,
    state(each.state, style),
    String(each.releases),
    each.name,
  ])
  return table(style, ['Product', 'Version', 'Method', 'State', 'Releases', 'Name'], rows)
}
