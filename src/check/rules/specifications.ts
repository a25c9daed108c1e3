/** Specifications: told apart by name, and no price that nothing uses. */
import type { Finding } from '../../model/diagnostic.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

export const specificationsRule: Rule = ({ manifest }) => {
  const names = new Set<string>()
  return (manifest.specifications ?? []).flatMap(({ name, billing, yearlyPrice }, index): readonly Finding[] => {
    const found: Finding[] = []
    if (names.has(name)) {
      const path = pointer(['specifications', index, 'name'])
      found.push({ code: 'specification-repeated', path, message: `There is already a specification “${name}”.` })
    }
    names.add(name)
    if (yearlyPrice !== undefined && billing !== 'yearly-monthly') {
      const path = pointer(['specifications', index, 'yearlyPrice'])
      found.push({
        code: 'yearly-price-unused',
        path,
        message: `A price of a year has no use with ${billing} billing.`,
      })
    }
    return found
  })
}
