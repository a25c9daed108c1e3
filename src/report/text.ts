/** Outcomes as a person reads them. */
import { billingTitle, deploymentTitle } from '../model/delivery-methods.ts'
import { hasTooManyWarnings, type Outcome, type PublishedRow } from '../model/outcome.ts'
import { type Decision, type Plan, type ProductPlan, sends } from '../model/plan.ts'
import { framedAll, summary } from './frame.ts'
import { bytes, count, plain, type Style, table, wrapped } from './style.ts'
import { cells } from './width.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

/** The text, without the last line break; `columns` is the width to keep to where that can be done. */
export function textOf(outcome: Outcome, style: Style, columns: number): string {
  switch (outcome.is) {
    case 'methods':
      return methods(outcome, style, columns)
    case 'schema':
      return JSON.stringify(outcome.schema, null, 2)
    case 'explained':
      return outcome.codes.map((each) => explained(each, style)).join('\n\n')
    case 'topic':
      return table(style, outcome.head, Object.entries(outcome.rows))
    case 'validated':
      return validated(outcome, style)
    case 'initialised':
      return initialised(outcome, style)
    case 'packed':
      return packed(outcome, style)
    case 'planned':
      return planText(outcome.plan, style)
    case 'published':
      return published(outcome, style)
    case 'listed':
      return listed(outcome, style)
    case 'status':
      return status(outcome, style)
    case 'moved':
      return `${style.bold(outcome.key)} ${outcome.version} is ${state(outcome.state, style)}.${outcome.note ? `\n${outcome.note}` : ''}`
    case 'declined':
      return 'Nothing was sent.'
    case 'closed':
      return ''
  }
}

function validated(outcome: Of<'validated'>, style: Style): string {
  const { files, diagnostics, unreached = [], mostWarnings } = outcome
  const places = unreached.map(({ file, what, why }) => `  ${style.cyan(file)} ${what}: ${why.replace(/\.$/, '')}.`)
  return [
    ...(diagnostics.length > 0 ? [framedAll(diagnostics, style)] : []),
    ...(places.length > 0 ? [`${style.yellow.bold('Not looked at')}, so nothing is known of it:`, ...places, ''] : []),
    [
      summary(files.length, diagnostics),
      ...(hasTooManyWarnings(outcome) ? [`more warnings than the ${mostWarnings} allowed`] : []),
      ...(places.length > 0 ? [`${places.length} not looked at`] : []),
    ].join(', '),
  ].join('\n')
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

function explained({ code, severity, what, mend, source }: Of<'explained'>['codes'][number], style: Style): string {
  const colour = severity === 'error' ? style.red : style.yellow
  return [
    `${style.bold(code)} ${colour(`(${severity})`)}`,
    `  ${what}`,
    `  ${style.green('Mend:')} ${mend}`,
    ...(source === undefined ? [] : [`  ${style.dim('Source:')} ${source}`]),
  ].join('\n')
}

function initialised({ folder, files }: Of<'initialised'>, style: Style): string {
  const place = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`
  const next = [`koo validate ${place}`, `koo plan ${place}`, `koo publish ${place}`]
  return [
    `${style.green('✔')} Wrote ${style.bold(folder)}: ${files.join(', ')}`,
    'Next:',
    ...next.map((each) => `  ${style.cyan(each)}`),
  ].join('\n')
}

function packed({ bundles, without }: Of<'packed'>, style: Style): string {
  const lines = bundles.flatMap(({ path, bytes: size, sha256, contentSha256, entries }) => [
    `${style.green('✔')} ${style.bold(path)} ${style.dim(`(${count(entries.length, 'file')}, ${bytes(size)})`)}`,
    `  SHA-256         ${sha256}`,
    `  of its contents ${contentSha256}`,
    ...entries.map((entry) => `    ${entry.sha256.slice(0, 12)}  ${bytes(entry.bytes).padStart(9)}  ${entry.path}`),
  ])
  return [...lines, ...without.map(({ key, why }) => `${style.dim('-')} ${key}: ${why}.`)].join('\n')
}

const actions: Readonly<Record<Decision['do'], string>> = {
  create: 'create',
  release: 'release',
  resubmit: 'hand in again',
  await: 'wait for its review',
  nothing: 'nothing to do',
  mend: 'rejected, unchanged since',
  refuse: 'refused',
}

/** A plan, also shown before a person confirms it. */
export function planText(plan: Plan, style: Style): string {
  const lines = plan.products.flatMap((each) => planLines(each, style))
  const sent = plan.products.filter(sends).length
  const refused = plan.products.filter(({ decision }) => decision.do === 'refuse').length
  const closing = [
    sent === 0 ? 'nothing to send' : `${count(sent, 'product')} to send`,
    ...(refused > 0 ? [`${refused} refused`] : []),
  ]
  return [...lines, '', `Plan for ${plan.marketplace}: ${closing.join(', ')}.`].join('\n')
}

function planLines({ material, decision }: ProductPlan, style: Style): readonly string[] {
  const { key, version, method, files, bundle, images } = material
  const colour = decision.do === 'refuse' ? style.red : decision.do === 'nothing' ? style.dim : style.green
  const head = `${style.bold(key)} ${version} ${style.dim(`(${method})`)}: ${colour(actions[decision.do])}`
  if (decision.do === 'refuse') return [head, `    ${decision.why}`, `    ${style.green('help:')} ${decision.hint}`]
  if (decision.do === 'mend')
    return [head, `    mend what the reviewer complained of (koo status ${key}), or add --resubmit`]
  if (decision.do !== 'create' && decision.do !== 'release') return [head]
  return [
    head,
    ...images.map(({ region, id }) => `    look up image ${id} in ${region}`),
    ...files.map((file) => `    upload ${file.path} ${style.dim(`(${bytes(file.bytes)})`)}`),
    ...(bundle ? [`    pack and upload ${bundle.name} ${style.dim(`(${count(bundle.entries, 'file')})`)}`] : []),
    `    ${decision.do === 'create' ? 'create the product and' : ''} submit ${version} for review${decision.do === 'release' && decision.replaces ? `, to replace ${decision.replaces}` : ''}`.replace(
      / {5}/,
      '    ',
    ),
  ]
}

const words: Readonly<Record<PublishedRow['outcome'], string>> = {
  accepted: 'accepted',
  'in-review': 'in review',
  'on-sale': 'on sale',
  rejected: 'rejected',
  unchanged: 'on sale, nothing to do',
  refused: 'refused',
  failed: 'failed',
}

function published({ marketplace, rows, diagnostics }: Of<'published'>, style: Style): string {
  const body = rows.map((row) => [
    row.key,
    row.version,
    row.method,
    outcomeColour(row.outcome, style)(words[row.outcome]),
    row.message ?? '',
  ])
  const hints = rows.flatMap(({ key, hint }) => (hint === undefined ? [] : [`${style.green('help:')} ${key}: ${hint}`]))
  const complaints = diagnostics.length > 0 ? `${framedAll(diagnostics, style)}\n` : ''
  const head = ['Product', 'Version', 'Method', 'Outcome', '']
  return [`${complaints}${table(style, head, body)}`, ...hints, '', closing(marketplace, rows)].join('\n')
}

function closing(marketplace: string, rows: readonly PublishedRow[]): string {
  if (rows.every(({ outcome }) => outcome === 'unchanged')) return `${marketplace}: nothing to do.`
  const order = Object.keys(words) as readonly PublishedRow['outcome'][]
  const counts = order.flatMap((outcome) => {
    const number = rows.filter((row) => row.outcome === outcome).length
    return number === 0 ? [] : [`${number} ${words[outcome]}`]
  })
  const waiting = rows.some(({ outcome }) => outcome === 'accepted' || outcome === 'in-review')
  return `${marketplace}: ${counts.join('; ')}.${waiting ? ' `koo status` shows how the review goes on.' : ''}`
}

function outcomeColour(outcome: PublishedRow['outcome'], style: Style) {
  if (outcome === 'on-sale' || outcome === 'unchanged') return style.green
  return outcome === 'accepted' || outcome === 'in-review' ? style.yellow : style.red
}

function state(text: string, style: Style): string {
  const word = text.replace('-', ' ')
  if (text === 'on-sale') return style.green(word)
  return text === 'rejected' || text === 'discontinued' ? style.red(word) : style.yellow(word)
}

function listed({ marketplace, products }: Of<'listed'>, style: Style): string {
  if (products.length === 0) return `${marketplace} has no products yet.`
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

function status({ marketplace, products, missing, unpublished, diagnostics }: Of<'status'>, style: Style): string {
  const rows = products.flatMap(({ product, releases }) =>
    releases.map((each, index) => [
      index === 0 ? product.key : '',
      each.version,
      state(each.state, style),
      each.complaints.length > 0 ? count(each.complaints.length, 'complaint') : '',
    ]),
  )
  const shown = new Set(diagnostics.map(({ message }) => message))
  const others = products.flatMap(({ product, releases }) =>
    (releases[0]?.complaints ?? [])
      .filter(({ message }) => !shown.has(message))
      .map(({ path, message }) => `${style.red('!')} ${product.key} ${path}: ${message}`),
  )
  return [
    ...(diagnostics.length > 0 ? [framedAll(diagnostics, style)] : []),
    ...(rows.length > 0 ? [table(style, ['Product', 'Version', 'State', ''], rows)] : []),
    ...others,
    ...missing.map((key) => `${style.red('!')} ${key}: ${marketplace} has no such product.`),
    ...unpublished.map((key) => `${style.dim('-')} ${key}: not published to ${marketplace} yet.`),
  ].join('\n')
}
