/** The product manifest, `koo.yaml`: its fields, and the TypeScript type made from them. */
import {
  type Billing,
  billings,
  type DeliveryMethod,
  type Deployment,
  deliveryMethodIds,
  type deliveryMethods,
  deployments,
  rowOf,
} from './delivery-methods.ts'
import type { ChoiceField, Fields, GroupField, ListField, ValueOf, ValuesOf } from './field.ts'
import { documentFields, productFields, supportFields } from './product-fields.ts'

/** The manifest format this koo reads and writes. */
export const manifestFormat = 1

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

/** `specifications` with the billing modes the table allows. */
function specificationsField(allowed: readonly Billing[]) {
  return {
    kind: 'list',
    title: 'Specifications',
    about:
      'What buyers can choose from. Editions of one product are specifications of it, never products of their own.',
    least: 1,
    item: {
      kind: 'group',
      title: 'Specification',
      about: 'One edition, plan or size, with its price.',
      fields: {
        name: {
          kind: 'text',
          title: 'Specification name',
          about: 'Unique in the product.',
          form: { pattern: '\\S', says: 'a name', code: 'empty-text' },
          initial: 'Standard',
        },
        billing: {
          kind: 'choice',
          title: 'Billing mode',
          about: 'How this specification is paid for.',
          options: Object.fromEntries(allowed.map((id) => [id, billings[id].title])) as Record<Billing, string>,
          code: 'billing-not-offered',
          ask: { flag: 'billing', value: 'mode' },
        },
        price: {
          kind: 'number',
          title: 'Price',
          about: 'In US dollars: a month for yearly-monthly, once for buyout, an hour for pay-per-use.',
          minimum: 0,
          // Too odd to be anybody's price.
          placeholder: 123456,
          ask: { flag: 'price', value: 'amount', quiet: true },
        },
        yearlyPrice: {
          kind: 'number',
          title: 'Price of a year',
          about: 'For yearly-monthly, in US dollars. Left out, a year costs twelve months.',
          minimum: 0,
          optional: true,
        },
        description: {
          kind: 'text',
          title: 'What it includes',
          about: 'A sentence about this specification.',
          optional: true,
        },
      },
    },
  } as const satisfies ListField
}

/** Every field of a manifest with the given delivery method; without one, what all methods share. */
export function manifestFields(method?: DeliveryMethod): Fields {
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
    ...(row && row.billing.length > 0 ? { specifications: specificationsField(row.billing) } : {}),
  }
}

type Union<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer I) => void ? I : never
type MethodValues = { [M in DeliveryMethod]: ValuesOf<(typeof deliveryMethods)[M]['fields']> }[DeliveryMethod]

export type Specification = ValueOf<ReturnType<typeof specificationsField>>[number]

/** `delivery` of any method: what one method has and another has not is optional here. */
export type Delivery = { readonly method: DeliveryMethod; readonly deployment?: readonly Deployment[] } & Partial<
  Union<MethodValues>
>

/** A manifest whose shape has been checked. */
export interface Manifest {
  readonly $schema?: string
  readonly koo: typeof manifestFormat
  readonly product: ValuesOf<typeof productFields>
  readonly support: ValuesOf<typeof supportFields>
  readonly documents?: ValuesOf<typeof documentFields>
  readonly delivery: Delivery
  /** Absent where the method is not traded. */
  readonly specifications?: readonly Specification[]
}
