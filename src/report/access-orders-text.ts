/** What KooGallery's open API tells of orders and makes of usage records, as a person reads it. */
import { chargingModeWords, type OrderFacts, type OrderLine, orderTypeWords } from '../model/access/order.ts'
import { type UsageRequest, usageOutcomes } from '../model/access/usage.ts'
import type { Outcome } from '../model/outcome.ts'
import { shellWord } from '../model/shell-word.ts'
import { count, type Style } from './style.ts'
import { table } from './table.ts'
import { cells } from './width.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>
type Row = readonly [label: string, value: string]

const mostShown = 20

export function orderText({ found, orderId, openApi }: Of<'order-shown'>, style: Style): string {
  if (found.is === 'none') {
    const message = `${style.red('✖')} ${openApi} knows no order ${style.bold(orderId)} of this seller: ${found.message} (${found.code})`
    return `${message}\n  koo access order --mock lists the orders to try it with.`
  }
  const { order } = found
  return [
    `${style.bold(order.orderId)}: ${orderWords(order)}`,
    ...lined(createdRows(order), style),
    ...order.lines.flatMap((line) => ['', style.bold(line.lineId ?? 'A line'), ...lined(lineRows(line), style)]),
    ...(Object.keys(order.buyer).length === 0
      ? []
      : ['', style.bold('Buyer'), ...lined(Object.entries(order.buyer), style)]),
  ].join('\n')
}

function orderWords({ orderType }: OrderFacts): string {
  return worded(orderTypeWords, orderType) ?? 'of no known type'
}

function worded(words: Readonly<Record<string, string>>, name: string | undefined): string | undefined {
  return name === undefined || !Object.hasOwn(words, name) ? name : `${words[name]} (${name})`
}

function createdRows({ createdAt }: OrderFacts): readonly Row[] {
  return createdAt === undefined ? [] : [['created', moment(createdAt)]]
}

function lineRows({ chargingMode, period, expiresAt, products }: OrderLine): readonly Row[] {
  const paid = worded(chargingModeWords, chargingMode)
  const length = period && (period.number === undefined ? period.type : count(period.number, period.type))
  return [
    ...(paid === undefined ? [] : [['paid', paid] as const]),
    ...(length === undefined ? [] : [['period', length] as const]),
    ...(expiresAt === undefined ? [] : [['expires', moment(expiresAt)] as const]),
    ...products.map(({ name, productId, sku }): Row => {
      const ids = [productId, sku].filter((each) => each !== undefined).join(', ')
      return ['product', name === undefined ? ids : `${name}${ids === '' ? '' : ` (${ids})`}`]
    }),
  ]
}

function lined(rows: readonly Row[], style: Style): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => cells(label)))
  return rows.map(([label, value]) => `  ${style.dim(label)}${' '.repeat(width - cells(label) + 2)}${value}`)
}

function moment(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

export function mockOrdersText({ orders }: Of<'mock-orders'>, style: Style): string {
  const rows = Object.entries(orders).map(([id, { about, orderType, chargingMode }]) => [
    id,
    orderType,
    chargingMode,
    about,
  ])
  return table(style, ['Order', 'Type', 'Paid', 'What it stands for'], rows)
}

export function usageText({ push }: Of<'usage-pushed'>, style: Style): string {
  const { file, openApi, records, dryRun, problems, requests } = push
  if (problems.length > 0) {
    const lines = problems.slice(0, mostShown).map(({ index, field, message }) => {
      const what = field === undefined ? `record ${index}` : `record ${index}, ${field}`
      return `  ${style.bold(what)}: ${message}`
    })
    const more = problems.length > mostShown ? [`  and ${problems.length - mostShown} more; --json has all`] : []
    const head = `${style.red('✖')} ${file}: ${count(problems.length, 'problem')} in ${count(records, 'record')}. Nothing was sent.`
    return [head, ...lines, ...more].join('\n')
  }
  if (dryRun) {
    const head = `${style.green('✔')} ${file} is sound. ${count(requests.length, 'request')} would be sent to ${openApi}:`
    return [head, ...requests.flatMap((each) => draftLines(each, style))].join('\n')
  }
  return [...requests.flatMap((each) => requestLines(each, style)), ...whatNext(file, requests, style)].join('\n')
}

function range({ first, count: number }: UsageRequest): string {
  return number === 1 ? `record ${first}` : `records ${first} to ${first + number - 1}`
}

function draftLines(request: UsageRequest, style: Style): readonly string[] {
  const { body = '', bytes } = request
  const shown = body.length > 1000 ? `${body.slice(0, 1000)}… (--json has all)` : body
  return [`  ${style.bold(range(request))}, ${count(bytes, 'byte')}`, `    ${style.cyan(shown)}`]
}

function requestLines(request: UsageRequest, style: Style): readonly string[] {
  const { outcome = 'not-sent', code, message = '', abnormal } = request
  const mark = { accepted: style.green('✔'), refused: style.red('✖'), unknown: style.yellow('?'), 'not-sent': '-' }[
    outcome
  ]
  const said = [message, code === undefined ? '' : `(${code})`].filter(Boolean).join(' ')
  const lines = abnormal.slice(0, mostShown).map(({ index, instanceId, code: why, message: words, raw }) => {
    const which = [index === undefined ? '' : `record ${index}`, instanceId ?? ''].filter(Boolean).join(', ')
    const what = [words, why === undefined ? '' : `(${why})`].filter(Boolean).join(' ')
    return `    ${which === '' ? JSON.stringify(raw) : `${style.bold(which)}: ${what || JSON.stringify(raw)}`}`
  })
  const more = abnormal.length > mostShown ? [`    and ${abnormal.length - mostShown} more`] : []
  return [`${mark} ${range(request)}: ${usageOutcomes[outcome]}. ${said}`.trimEnd(), ...lines, ...more]
}

function whatNext(file: string, requests: readonly UsageRequest[], style: Style): readonly string[] {
  const unknown = requests.find(({ outcome }) => outcome === 'unknown')
  const left = requests.find(({ outcome }) => outcome === 'not-sent')
  const from = (first: number) => style.cyan(`koo access usage ${shellWord(file)} --from ${first}`)
  return [
    ...(unknown === undefined
      ? []
      : [
          `Look in Seller Console whether the usage of ${range(unknown)} has arrived before it is pushed again: it may count twice.`,
        ]),
    ...(left === undefined ? [] : [`What is left: ${from(left.first)}`]),
  ]
}
