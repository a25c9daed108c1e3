/** A plan as a person reads it, also before confirming it. */

import { bytesText } from '../model/bytes-text.ts'
import { type Decision, type Plan, type PlanNote, type ProductPlan, sends } from '../model/plan.ts'
import { shellWord } from '../model/shell-word.ts'
import { changeLines, fileLine, lostLines } from './change-text.ts'
import { count, type Style } from './style.ts'

const actions: Readonly<Record<Decision['do'], string>> = {
  create: 'create',
  release: 'release',
  resubmit: 'hand in again',
  await: 'wait for its review',
  nothing: 'nothing to do',
  mend: 'rejected, unchanged since',
  refuse: 'refused',
}

/** `saved` is the file the plan went to. */
export function planText(plan: Plan, style: Style, columns: number, saved?: string): string {
  const lines = plan.products.flatMap((each) => planLines(each, style, columns))
  if (plan.byHand) return byHandText(plan, style, columns)
  const sent = plan.products.filter(sends).length
  const refused = plan.products.filter(({ decision }) => decision.do === 'refuse').length
  const closing = [
    sent === 0 ? 'nothing to send' : `${count(sent, 'product')} to send`,
    ...(refused > 0 ? [`${refused} refused`] : []),
  ]
  return [
    ...lines,
    '',
    `Plan for ${plan.marketplace}: ${closing.join(', ')}.`,
    ...(saved === undefined
      ? []
      : [`Saved; ${style.cyan(`koo publish ${shellWord(saved)}`)} sends exactly this, or nothing.`]),
  ].join('\n')
}

const byHandActions: Partial<Record<Decision['do'], string>> = {
  create: 'enter it in Seller Console',
  release: 'change it in Seller Console',
  resubmit: 'change it in Seller Console',
}

/** What a person has to enter; nothing is sent by koo. */
function byHandText({ marketplace, products }: Plan, style: Style, columns: number): string {
  const lines = products.flatMap((plan) => {
    const { material, decision, changes, fileChanges, notes, file } = plan
    if (decision.do === 'refuse' || !sends(plan)) return planLines(plan, style, columns)
    const { key, version, method } = material
    return [
      `${style.bold(key)} ${version} ${style.dim(`(${method})`)}: ${style.green(byHandActions[decision.do] ?? '')}`,
      ...changes.flatMap((each) => changeLines(each, style, columns)),
      ...fileChanges.map((each) => fileLine(each, style)),
      ...notes.map((note) => noteLine(note, style)),
      `    ${style.cyan(`koo handoff ${shellWord(file)}`)} prepares every value and file`,
    ]
  })
  const open = products.filter(sends).length
  const refused = products.filter(({ decision }) => decision.do === 'refuse').length
  const closing = [
    open === 0 ? 'nothing to enter' : `${count(open, 'product')} to enter by hand`,
    ...(refused > 0 ? [`${refused} refused`] : []),
  ]
  return [...lines, '', `Plan for ${marketplace}: ${closing.join(', ')}.`].join('\n')
}

function planLines(plan: ProductPlan, style: Style, columns: number): readonly string[] {
  const { material, decision, changes, notes } = plan
  const { key, version, method } = material
  const colour = decision.do === 'refuse' ? style.red : decision.do === 'nothing' ? style.dim : style.green
  const head = `${style.bold(key)} ${version} ${style.dim(`(${method})`)}: ${colour(actions[decision.do])}`
  const found = [
    ...changes.flatMap((each) => changeLines(each, style, columns)),
    ...(decision.do === 'refuse' ? plan.fileChanges.map((each) => fileLine(each, style)) : []),
    ...lostLines(plan, style, columns),
    ...notes.map((note) => noteLine(note, style)),
  ]
  if (decision.do === 'refuse') {
    return [head, `    ${decision.why}`, `    ${style.green('help:')} ${decision.hint}`, ...found]
  }
  if (decision.do === 'mend') {
    return [head, `    mend what the reviewer complained of (koo status ${key}), or add --resubmit`]
  }
  if (decision.do !== 'create' && decision.do !== 'release') return [head, ...found]
  return [head, ...found, ...sentLines(plan, style)]
}

/** What is looked up, uploaded and handed in. */
function sentLines({ material, decision, fileChanges }: ProductPlan, style: Style): readonly string[] {
  const { version, files, bundle, images } = material
  const changed = new Set(fileChanges.map(({ path }) => path))
  const isNew = (path: string): boolean => decision.do === 'create' || changed.has(path)
  const same = files.filter(({ path }) => !isNew(path)).length
  const replaces = decision.do === 'release' && decision.replaces ? `, to replace ${decision.replaces}` : ''
  return [
    ...images.map(({ region, id }) => `    look up image ${id} in ${region}`),
    ...files
      .filter(({ path }) => isNew(path))
      .map((file) => `    upload ${file.path} ${style.dim(`(${bytesText(file.bytes)})`)}`),
    ...fileChanges.flatMap(({ path, becomes }) => (becomes === undefined ? [`    without ${path}`] : [])),
    ...(same > 0 ? [`    ${count(same, 'file')} as there`] : []),
    ...(bundle ? [`    pack and upload ${bundle.name} ${style.dim(`(${count(bundle.entries, 'file')})`)}`] : []),
    `    ${decision.do === 'create' ? 'create the product and ' : ''}submit ${version} for review${replaces}`,
  ]
}

function noteLine({ is, path, text }: PlanNote, style: Style): string {
  return `    ${(is === 'fixed' ? style.red : style.yellow)(`${is}:`)} ${text} ${style.dim(path)}`
}
