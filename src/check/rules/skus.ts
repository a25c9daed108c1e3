/** SKUs: each combination of the values on offer, once, with a price (page "Specifications and SKUs"). */
import type { Finding } from '../../model/diagnostic.ts'
import type { Sku, Specification } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import { meantValue, suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

type Path = readonly (string | number)[]
type Choices = NonNullable<Specification['choices']>

export const skusRule: Rule = ({ manifest }) =>
  (manifest.specifications ?? []).flatMap((each, index) => {
    const defined = (manifest.attributes ?? []).map(({ code }) => code)
    // A choice of an attribute that is not there has been told, and its SKUs cannot be judged.
    const isDefined = (each.choices ?? []).every(({ attribute }) => defined.includes(attribute))
    return isDefined ? ofSpecification(each, ['specifications', index]) : []
  })

function ofSpecification({ choices = [], skus }: Specification, at: Path): readonly Finding[] {
  if (choices.length === 0 && skus === undefined) return []
  const twice = namedTwice(choices, [...at, 'choices'])
  if (twice.length > 0 || skus === undefined) return twice
  const wrong = skus.flatMap((sku, index) => choiceFindings(sku, choices, [...at, 'skus', index]))
  return wrong.length > 0 ? wrong : combinationFindings(skus, choices, [...at, 'skus'])
}

function namedTwice(choices: Choices, path: Path): readonly Finding[] {
  return choices.flatMap(({ attribute }, index): readonly Finding[] => {
    if (!choices.slice(0, index).some((each) => each.attribute === attribute)) return []
    const message = `The attribute \`${attribute}\` is already offered by this specification.`
    return [{ code: 'attribute-named-twice', path: pointer([...path, index, 'attribute']), message }]
  })
}

function choiceFindings({ choose }: Sku, choices: Choices, at: Path): readonly Finding[] {
  const path = [...at, 'choose']
  const offered = choices.map(({ attribute }) => attribute)
  const strangers = Object.keys(choose).filter((code) => !offered.includes(code))
  const missing = offered.filter((code) => !Object.hasOwn(choose, code))
  return [
    ...strangers.map((code) => stranger(code, missing, offered, path)),
    // What is missing because it was mistyped has been told.
    ...missing.slice(strangers.length).map((code): Finding => {
      return {
        code: 'sku-choice',
        path: pointer(path),
        at: 'key',
        message: `This SKU does not choose a value for \`${code}\`.`,
      }
    }),
    ...choices.flatMap(({ attribute, values }) => valueFindings(choose[attribute], values, [...path, attribute])),
  ]
}

function stranger(code: string, missing: readonly string[], offered: readonly string[], path: Path): Finding {
  const meant = suggest(code, missing)
  const hint =
    meant === undefined
      ? `On offer: ${offered.join(', ') || 'nothing; there are no `choices`'}.`
      : `Did you mean \`${meant}\`?`
  const certain = meantValue(code, missing)
  const mend = certain === undefined ? {} : { mend: { key: certain } }
  const message = `The specification’s choices do not offer \`${code}\`.`
  return { code: 'sku-choice', path: pointer([...path, code]), at: 'key', message, hint, ...mend }
}

function valueFindings(value: string | undefined, values: readonly string[], path: Path): readonly Finding[] {
  if (value === undefined || values.includes(value)) return []
  const certain = meantValue(value, values)
  const hint = `${certain === undefined ? '' : `Did you mean “${certain}”? `}On offer: ${values.join(', ')}.`
  const mend = certain === undefined ? {} : { mend: { value: certain } }
  return [{ code: 'sku-choice', path: pointer(path), message: `“${value}” is not on offer.`, hint, ...mend }]
}

/** More combinations than this are counted but not listed. */
const mostListed = 3
/** Beyond this many combinations nobody writes them all down. */
const mostCombinations = 10_000

function combinationFindings(skus: readonly Sku[], choices: Choices, path: Path): readonly Finding[] {
  const seen = new Set<string>()
  const repeated = skus.flatMap(({ choose }, index): readonly Finding[] => {
    const combination = choices.map(({ attribute }) => choose[attribute]).join('\0')
    if (!seen.has(combination)) {
      seen.add(combination)
      return []
    }
    const message = 'There is already a SKU of this combination.'
    return [{ code: 'sku-repeated', path: pointer([...path, index, 'choose']), message, at: 'key' }]
  })
  const total = choices.reduce((product, { values }) => product * values.length, 1)
  if (repeated.length > 0 || total === seen.size) return repeated
  const missing = total > mostCombinations ? [] : combinations(choices).filter((each) => !seen.has(each.join('\0')))
  const listed = missing.slice(0, mostListed).map((each) => each.join(' + '))
  const which = listed.length > 0 ? `: ${listed.join('; ')}${missing.length > mostListed ? '; …' : ''}` : ''
  const message = `${total - seen.size} of ${total} combinations have no price${which}.`
  return [{ code: 'sku-missing', path: pointer(path), message, at: 'key' }]
}

function combinations(choices: Choices): readonly (readonly string[])[] {
  return choices.reduce<readonly (readonly string[])[]>(
    (made, { values }) => made.flatMap((each) => values.map((value) => [...each, value])),
    [[]],
  )
}
