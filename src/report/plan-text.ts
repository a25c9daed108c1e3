/** A plan as a person reads it, also before confirming it. */
import { type Decision, type Plan, type ProductPlan, sends } from '../model/plan.ts'
import { bytes, count, type Style } from './style.ts'

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
