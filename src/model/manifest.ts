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

/** The manifest format this koo reads and writes. */
export const manifestFormat = 1

/** The names under which a manifest is found in a folder. */
export const manifestNames = ['koo.yaml', 'koo.yml', 'koo.json'] as const

const email = {
  pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
  says: 'an e-mail address such as support@your-company.com',
  code: 'email-form',
} as const

export const productFields = {
  key: {
    kind: 'text',
    title: 'Product key',
    about:
      'Your own stable id for the product, unique in your account. Publishing is idempotent on it, so never change it.',
    form: {
      pattern: '^[a-z0-9][a-z0-9-]{1,62}$',
      says: '2 to 63 lower-case letters, digits and hyphens, not starting with a hyphen',
      code: 'key-form',
    },
    ask: { flag: 'key', value: 'key' },
  },
  name: {
    kind: 'text',
    title: 'Product name',
    about:
      'The name buyers see: accurate, without price, version or phone number, and not in the name of Huawei Cloud.',
    form: { pattern: '\\S', says: 'a name', code: 'empty-text' },
    ask: { flag: 'name', value: 'name' },
  },
  version: {
    kind: 'text',
    title: 'Version',
    about: 'The version in KooGallery’s standard form: V1.0, V2.0, V2.1.',
    form: {
      pattern: '^V[1-9][0-9]*(\\.[0-9]+)+$',
      says: 'an upper-case V and numbers, such as V1.0 or V2.1 (V0.x and words are refused)',
      code: 'version-form',
    },
    initial: 'V1.0',
    ask: { flag: 'product-version', value: 'version', quiet: true },
  },
  logo: {
    kind: 'file',
    role: 'logo',
    title: 'Logo',
    about: 'A PNG of 120 × 120 pixels, at most 5 MB, beside this file; a transparent background is recommended.',
    initial: 'logo.png',
  },
  overview: {
    kind: 'text',
    title: 'Overview',
    about: 'One or two sentences that say what the product is and for whom.',
    form: { pattern: '\\S', says: 'a sentence', code: 'empty-text' },
    placeholder: 'Say in one sentence what the product does and for whom.',
  },
  description: {
    kind: 'text',
    title: 'Description',
    about: 'The full description on the product page, in Markdown.',
    form: { pattern: '\\S', says: 'a text', code: 'empty-text' },
    placeholder: 'Describe the product: what problem it solves, how it works, what the buyer gets.',
    long: true,
  },
  highlights: {
    kind: 'list',
    title: 'Highlights',
    about: 'What sets the product apart, a short phrase each.',
    least: 1,
    unique: true,
    item: {
      kind: 'text',
      title: 'Highlight',
      about: 'One short phrase.',
      form: { pattern: '\\S', says: 'a phrase', code: 'empty-text' },
      placeholder: 'Name a strength of the product',
    },
  },
} as const satisfies Fields

export const supportFields = {
  email: {
    kind: 'text',
    title: 'Customer service e-mail',
    about:
      'Shown on the product page. KooGallery sends problems here; unanswered for 24 hours, the product is removed.',
    form: email,
    placeholder: 'support@example.com',
    ask: { flag: 'email', value: 'address' },
  },
  afterSalesEmail: {
    kind: 'text',
    title: 'After-sales e-mail',
    about: 'Where KooGallery sends after-sales problems, if not to the customer service e-mail.',
    form: email,
    optional: true,
  },
  phone: {
    kind: 'text',
    title: 'Customer service phone',
    about: 'With country code, such as +65 6123 4567.',
    form: {
      pattern: '^\\+?[0-9][0-9 ()./-]{4,30}$',
      says: 'a phone number such as +65 6123 4567',
      code: 'phone-form',
    },
    optional: true,
  },
  hours: {
    kind: 'text',
    title: 'Service hours',
    about: 'When the contacts above answer, with the time zone. All of them must be reachable then.',
    optional: true,
  },
  afterSales: {
    kind: 'text',
    title: 'After-sales support',
    about: 'What support the price includes.',
    optional: true,
    long: true,
  },
} as const satisfies Fields

export const documentFields = {
  eula: {
    kind: 'file',
    role: 'document',
    title: 'End user license agreement',
    about: 'The contract between you and the buyer.',
    initial: 'docs/eula.pdf',
    optional: true,
  },
  userGuide: {
    kind: 'file',
    role: 'document',
    title: 'User guide',
    about: 'How the buyer gets started.',
    initial: 'docs/user-guide.pdf',
    optional: true,
  },
  businessLetter: {
    kind: 'file',
    role: 'document',
    title: 'Business letter',
    about: 'Needed for some products at the qualification step.',
    optional: true,
  },
  copyrightCertificate: {
    kind: 'file',
    role: 'document',
    title: 'Software copyright certificate',
    about: 'The owner is your company and the name on it equals the product name.',
    optional: true,
  },
  acceptanceTemplate: {
    kind: 'file',
    role: 'document',
    title: 'Product delivery template',
    about: 'The acceptance criteria that the proof of delivery follows later.',
    optional: true,
  },
} as const satisfies Fields

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
