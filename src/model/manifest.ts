/** The product manifest, `koo.yaml`: its fields, and the TypeScript type made from them. */
import {
  type DeliveryMethod,
  type DeliveryMethodRow,
  type Deployment,
  deliveryMethodIds,
  type deliveryMethods,
  deployments,
  rowOf,
} from './delivery-methods.ts'
import type { ChoiceField, Fields, GroupField, ListField, ValueOf, ValuesOf } from './field.ts'
import { documentFields, productFields, supportFields } from './product-fields.ts'
import {
  attributesField,
  basicFields,
  choiceFields,
  priceField,
  quantityField,
  sitesField,
  unitsField,
} from './specification-fields.ts'

/** The manifest format this koo reads and writes. */
export const manifestFormat = 1

/** No manifest has more, and what takes long to read is not read. */
export const mostBytes = 1024 * 1024

/** The names under which a manifest is found in a folder. */
export const manifestNames = ['koo.yaml', 'koo.yml', 'koo.json'] as const

const methodField = {
  kind: 'choice',
  title: 'Delivery method',
  about: 'How the product reaches the buyer. It decides which other fields there are; `koo methods` prints the table.',
  options: Object.fromEntries(deliveryMethodIds.map((id) => [id, rowOf(id).description])) as Record<
    DeliveryMethod,
    string
  >,
  code: 'method-unknown',
  fixedAfterRelease: 'always',
  ask: { flag: 'method', value: 'id' },
} as const satisfies ChoiceField

/** `deployment` with the locations the table allows; needless (so optional) where there is no choice. */
function deploymentField(allowed: readonly Deployment[]) {
  return {
    kind: 'list',
    title: 'Deployment location',
    about: 'Where the product runs.',
    least: 1,
    unique: true,
    ...(allowed.length > 1 ? { ask: { flag: 'deployment', value: 'location,...' } } : { optional: true as const }),
    item: {
      kind: 'choice',
      title: 'Location',
      about: 'One location.',
      options: Object.fromEntries(
        allowed.map((id) => [id, `${deployments[id].environment} environment, ${deployments[id].cloud}`]),
      ) as Record<Deployment, string>,
      code: 'deployment-not-offered',
    },
  } as const satisfies ListField
}

/** `specifications` of a method, with the billing modes the table allows and what its prices may depend on. */
function specificationsField({ billing, pricedBy, specificationFields, freeForGood }: DeliveryMethodRow): ListField {
  const fields = {
    ...basicFields(billing),
    ...(pricedBy === 'attributes' ? { quantity: quantityField, ...choiceFields } : {}),
    ...(pricedBy === 'units' ? { quantity: unitsField, ...choiceFields } : {}),
    ...specificationFields,
  }
  return {
    kind: 'list',
    title: 'Specifications',
    about:
      'What buyers can choose from. Editions of one product are specifications of it, never products of their own.',
    least: 1,
    identity: ['name'],
    item: {
      kind: 'group',
      title: 'Specification',
      about: 'One edition, plan or size, with its price.',
      fields:
        pricedBy === undefined
          ? { ...fields, price: freeForGood ? { ...priceField, fixedAfterRelease: 'free' } : priceField }
          : fields,
      ...(pricedBy === undefined ? {} : { needs: ['price', 'tiers', 'skus'] }),
    },
  }
}

const made = new Map<DeliveryMethod | undefined, Fields>()

/** Every field of a manifest with the given delivery method; without one, what all methods share. */
export function manifestFields(method?: DeliveryMethod): Fields {
  const fields = made.get(method) ?? fieldsOf(method)
  made.set(method, fields)
  return fields
}

function fieldsOf(method: DeliveryMethod | undefined): Fields {
  const row = method === undefined ? undefined : rowOf(method)
  const delivery: GroupField = {
    kind: 'group',
    title: 'Delivery',
    about: 'How the product reaches the buyer.',
    fields: {
      method:
        method === undefined ? methodField : { ...methodField, options: { [method]: methodField.options[method] } },
      ...(row && row.deployment.length > 0 ? { deployment: deploymentField(row.deployment) } : {}),
      ...row?.fields,
    },
  }
  return {
    $schema: {
      kind: 'text',
      title: 'Schema',
      about: 'Where an editor finds the schema of a manifest written in JSON; in YAML the first line says it.',
      optional: true,
    },
    koo: {
      kind: 'constant',
      title: 'Manifest format',
      about: 'The format of this file. This koo reads format 1.',
      value: manifestFormat,
      code: 'format-unknown',
    },
    sites: sitesField,
    product: { kind: 'group', title: 'Product', about: 'What buyers see.', fields: productFields },
    support: { kind: 'group', title: 'Support', about: 'Who answers.', fields: supportFields },
    documents: {
      kind: 'group',
      title: 'Documents',
      about: 'Files of the qualification step.',
      fields: documentFields,
      optional: true,
    },
    delivery,
    ...(row?.pricedBy ? { attributes: attributesField(row.pricedBy) } : {}),
    ...(row && row.billing.length > 0 ? { specifications: specificationsField(row) } : {}),
  }
}

type Union<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer I) => void ? I : never
type MethodValues = { [M in DeliveryMethod]: ValuesOf<(typeof deliveryMethods)[M]['fields']> }[DeliveryMethod]

type SpecificationExtras = {
  [M in DeliveryMethod]: Partial<ValuesOf<(typeof deliveryMethods)[M]['specificationFields']>>
}[DeliveryMethod]

/** A specification of any method: what one method has and another has not is optional here. */
export type Specification = ValuesOf<ReturnType<typeof basicFields>> &
  Partial<ValuesOf<typeof choiceFields>> & { readonly quantity?: Quantity } & Partial<Union<SpecificationExtras>>
export type Quantity = ValuesOf<typeof quantityField.fields> | ValuesOf<typeof unitsField.fields>
export type Sku = NonNullable<Specification['skus']>[number]
export type Tier = NonNullable<Specification['tiers']>[number]
export type Attribute = ValueOf<ReturnType<typeof attributesField>>[number]
export type Site = ValueOf<typeof sitesField>[number]

/** `delivery` of any method, in the same way. */
export type Delivery = { readonly method: DeliveryMethod; readonly deployment?: readonly Deployment[] } & Partial<
  Union<MethodValues>
>

/** A manifest whose shape has been checked. */
export interface Manifest {
  readonly $schema?: string
  readonly koo: typeof manifestFormat
  /** Left out: the international site. */
  readonly sites?: readonly Site[]
  readonly product: ValuesOf<typeof productFields>
  readonly support: ValuesOf<typeof supportFields>
  readonly documents?: ValuesOf<typeof documentFields>
  readonly delivery: Delivery
  readonly attributes?: readonly Attribute[]
  /** Absent where the method is not traded. */
  readonly specifications?: readonly Specification[]
}
