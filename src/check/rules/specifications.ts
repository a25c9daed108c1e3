/** Specifications and SKUs are told apart by their names. */
import type { Finding } from '../../model/diagnostic.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

export const specificationsRule: Rule = ({ manifest }) => {
  const specifications = manifest.specifications ?? []
  return [
    ...repeated(specifications, ['specifications'], 'a specification'),
    ...specifications.flatMap(({ skus }, index) =>
      skus === undefined ? [] : repeated(skus, ['specifications', index, 'skus'], 'a SKU'),
    ),
  ]
}

function repeated(
  named: readonly { readonly name?: string }[],
  at: readonly (string | number)[],
  what: string,
): readonly Finding[] {
  if (named.length < 2) return []
  const names = new Set<string>()
  return named.flatMap(({ name }, index): readonly Finding[] => {
    if (name === undefined) return []
    const before = names.size
    names.add(name.trim())
    if (names.size > before) return []
    const path = pointer([...at, index, 'name'])
    return [{ code: 'specification-repeated', path, message: `There is already ${what} “${name}”.` }]
  })
}
