/** Product attributes: their names, and how specifications use them (page "Product attributes"). */
import type { Finding } from '../../model/diagnostic.ts'
import type { Attribute, Manifest } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import { meantValue, suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Preset attributes, as the page and its Chinese counterpart name them. */
const reserved = ['appName', 'version', 'os', 'mode', '应用名称', '版本', '操作系统', '所属模式']
const reservedPlain = new Set(reserved.map((each) => each.toLowerCase()))

export const attributesRule: Rule = ({ manifest }) => {
  const attributes = manifest.attributes ?? []
  if (attributes.length === 0) return uses(manifest).flatMap((use) => unknown(use, attributes))
  const used = new Set(uses(manifest).map(({ code }) => code))
  return [
    ...attributes.flatMap((each, index) => [...reservedNames(each, index), ...repeated(attributes, index)]),
    ...uses(manifest).flatMap((use) => unknown(use, attributes)),
    ...attributes.flatMap(({ code }, index): readonly Finding[] => {
      // One that is only meant by a mistyped code is not unused.
      if (used.has(code) || [...used].some((each) => suggest(each, [code]) !== undefined)) return []
      const message = `No specification uses the attribute \`${code}\`.`
      return [{ code: 'attribute-unused', path: pointer(['attributes', index, 'code']), message }]
    }),
  ]
}

function reservedNames(attribute: Attribute, index: number): readonly Finding[] {
  for (const key of ['code', 'name'] as const) {
    const text = attribute[key].trim()
    const path = pointer(['attributes', index, key])
    if (reserved.includes(text)) {
      return [{ code: 'attribute-reserved', path, message: `KooGallery keeps the attribute \`${text}\` for itself.` }]
    }
    if (reservedPlain.has(text.toLowerCase())) {
      const message = `\`${text}\` differs from a reserved attribute only by upper and lower case.`
      return [{ code: 'attribute-reserved-case', path, message }]
    }
  }
  return []
}

function repeated(attributes: readonly Attribute[], index: number): readonly Finding[] {
  const before = attributes.slice(0, index)
  for (const key of ['code', 'name'] as const) {
    const text = attributes[index]?.[key]
    if (!before.some((each) => each[key] === text)) continue
    const message = `There is already an attribute with the ${key} “${text}”.`
    return [{ code: 'attribute-repeated', path: pointer(['attributes', index, key]), message }]
  }
  return []
}

interface Use {
  readonly code: string
  readonly type: Attribute['type']
  readonly path: string
}

/** Every place where a specification names an attribute. */
function uses({ specifications = [] }: Manifest): readonly Use[] {
  return specifications.flatMap(({ quantity, choices = [] }, index) => {
    if (quantity === undefined && choices.length === 0) return []
    const at = ['specifications', index] as const
    const quantities = quantity !== undefined && 'attribute' in quantity ? [quantity.attribute] : []
    return [
      ...quantities.map((code) => ({
        code,
        type: 'quantity' as const,
        path: pointer([...at, 'quantity', 'attribute']),
      })),
      ...choices.map(({ attribute }, number) => ({
        code: attribute,
        type: 'enumeration' as const,
        path: pointer([...at, 'choices', number, 'attribute']),
      })),
    ]
  })
}

function unknown({ code, type, path }: Use, attributes: readonly Attribute[]): readonly Finding[] {
  const defined = attributes.find((each) => each.code === code)
  if (defined?.type === type) return []
  if (defined !== undefined) {
    const message = `The attribute \`${code}\` is of type ${defined.type}; this needs one of type ${type}.`
    return [{ code: 'attribute-unknown', path, message }]
  }
  const fitting = attributes.filter((each) => each.type === type).map((each) => each.code)
  const meant = suggest(code, fitting)
  const message = `There is no attribute \`${code}\`.`
  const certain = meantValue(code, fitting)
  const hint = meant === undefined ? {} : { hint: `Did you mean \`${meant}\`?` }
  const mend = certain === undefined ? {} : { mend: { value: certain } }
  return [{ code: 'attribute-unknown', path, message, ...hint, ...mend }]
}
