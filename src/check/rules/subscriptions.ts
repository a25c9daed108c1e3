/** Trials and upgrades, which only subscriptions have (page "Upgrade rules"). */
import type { Finding } from '../../model/diagnostic.ts'
import type { Specification } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import { meantValue, suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

type Path = readonly (string | number)[]

export const subscriptionsRule: Rule = ({ manifest }) =>
  (manifest.specifications ?? []).flatMap((specification, index) => {
    const at = ['specifications', index]
    return [...trialFindings(specification, at), ...upgradeFindings(specification, at)]
  })

const isSubscription = ({ billing }: Specification): boolean => billing === 'yearly-monthly'

function trialFindings(specification: Specification, at: Path): readonly Finding[] {
  if (specification.trial === undefined || isSubscription(specification)) return []
  const message = `A trial turns into a subscription, and this specification is billed ${specification.billing}.`
  return [{ code: 'trial-billing', path: pointer([...at, 'trial']), message, at: 'key' }]
}

function upgradeFindings(specification: Specification, at: Path): readonly Finding[] {
  const { upgrades = [], skus = [] } = specification
  if (upgrades.length === 0) return []
  if (!isSubscription(specification)) {
    const message = `Only yearly-monthly SKUs can be upgraded, and this specification is billed ${specification.billing}.`
    return [{ code: 'upgrade-billing', path: pointer([...at, 'upgrades']), message, at: 'key' }]
  }
  const prices = new Map(skus.flatMap(({ name, price }) => (name === undefined ? [] : [[name, price] as const])))
  return upgrades.flatMap(({ from, to }, index): readonly Finding[] => {
    const path = [...at, 'upgrades', index]
    const strangers = (['from', 'to'] as const).filter((end) => !prices.has({ from, to }[end]))
    if (strangers.length > 0)
      return strangers.map((end) => stranger({ from, to }[end], [...prices.keys()], [...path, end]))
    if (from === to) {
      const message = 'An upgrade leads from one SKU to another.'
      return [{ code: 'upgrade-target', path: pointer([...path, 'to']), message }]
    }
    const [old = 0, next = old] = [prices.get(from), prices.get(to)]
    if (next >= old) return []
    const message = `\`${to}\` costs less than \`${from}\`, so the upgrade fee would be negative.`
    return [{ code: 'upgrade-cheaper', path: pointer([...path, 'to']), message }]
  })
}

function stranger(name: string, names: readonly string[], path: Path): Finding {
  const meant = suggest(name, names)
  const hint = `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}${names.length === 0 ? 'Give the SKUs a `name`.' : `SKUs: ${names.join(', ')}.`}`
  const message = `The specification has no SKU named \`${name}\`.`
  const certain = meantValue(name, names)
  const mend = certain === undefined ? {} : { mend: { value: certain } }
  return { code: 'upgrade-target', path: pointer(path), message, hint, ...mend }
}
