/** The fields of specifications and of the attributes their prices depend on. */
import { type Billing, billings, type DeliveryMethodRow } from './delivery-methods.ts'
import type { ChoiceField, Field, Fields, GroupField, ListField, NumberField } from './field.ts'

export const priceField = {
  kind: 'number',
  title: 'Price',
  about:
    'In US dollars: a month for yearly-monthly, once for buyout, an hour for pay-per-use; of one unit where a quantity is sold.',
  minimum: 0,
  // Too odd to be anybody's price.
  placeholder: 123456,
  sample: 49,
  ask: { flag: 'price', value: 'amount', quiet: true },
} as const satisfies NumberField

const yearlyPriceField = {
  kind: 'number',
  title: 'Price of a year',
  about: 'For yearly-monthly, in US dollars. Left out, a year costs twelve months.',
  minimum: 0,
  optional: true,
} as const satisfies NumberField

const tiersField = {
  kind: 'list',
  title: 'Tiers',
  about: 'Prices of one unit by how many are bought, without gap or overlap; instead of `price`.',
  least: 1,
  identity: ['from'],
  optional: true,
  item: {
    kind: 'group',
    title: 'Tier',
    about: 'The price of one unit in a range of quantities.',
    fields: {
      from: { kind: 'number', title: 'From', about: 'The first quantity of the tier.', minimum: 0 },
      to: {
        kind: 'number',
        title: 'To',
        about: 'The last quantity of the tier; left out in the last tier, it goes on.',
        minimum: 0,
        optional: true,
      },
      price: { kind: 'number', title: 'Price', about: 'Of one unit, in US dollars.', minimum: 0 },
    },
  },
} as const satisfies ListField

/** What every specification has. The placeholder of the price is what makes `koo init` write it. */
export function basicFields(allowed: readonly Billing[]) {
  return {
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
    price: { ...priceField, optional: true },
    yearlyPrice: yearlyPriceField,
    periods: {
      kind: 'list',
      title: 'Subscription periods',
      about: 'For yearly-monthly: periods with a price of their own, beside one month and one year.',
      least: 1,
      identity: ['number', 'unit'],
      optional: true,
      item: {
        kind: 'group',
        title: 'Period',
        about: 'A number of months or years, and its price.',
        fields: {
          unit: {
            kind: 'choice',
            title: 'Unit',
            about: 'Of the period.',
            options: { month: 'Months', year: 'Years' },
          },
          number: { kind: 'number', title: 'Number', about: 'How many of them.', minimum: 1, integer: true },
          price: { kind: 'number', title: 'Price', about: 'Of the whole period, in US dollars.', minimum: 0 },
        },
      },
    },
    description: {
      kind: 'text',
      title: 'What it includes',
      about: 'A sentence about this specification.',
      optional: true,
    },
  } as const satisfies Fields
}

const rangeFields = {
  from: { kind: 'number', title: 'From', about: 'The least that can be bought.', minimum: 0 },
  to: { kind: 'number', title: 'To', about: 'The most that can be bought.', minimum: 0 },
  step: {
    kind: 'number',
    title: 'Step',
    about: 'Quantities go up by this much; left out, by 1.',
    minimum: 0,
    optional: true,
  },
} as const satisfies Fields

export const quantityField = {
  kind: 'group',
  title: 'Quantity',
  about: 'A quantity attribute the buyer chooses a number for; prices are then those of one unit.',
  optional: true,
  fields: {
    attribute: { kind: 'text', title: 'Attribute', about: 'The `code` of an attribute of type quantity.' },
    ...rangeFields,
  },
} as const satisfies GroupField

/** The number of pieces, an attribute that is there by default. */
export const unitsField = {
  kind: 'group',
  title: 'Quantity',
  about: 'How many pieces can be ordered; prices are those of one.',
  optional: true,
  fields: rangeFields,
} as const satisfies GroupField

export const choiceFields = {
  tiers: tiersField,
  choices: {
    kind: 'list',
    title: 'Choices',
    about: 'Enumeration attributes the buyer chooses a value of; each combination is a SKU.',
    least: 1,
    identity: ['attribute'],
    optional: true,
    item: {
      kind: 'group',
      title: 'Choice',
      about: 'An attribute and the values on offer.',
      fields: {
        attribute: { kind: 'text', title: 'Attribute', about: 'The `code` of an attribute of type enumeration.' },
        values: {
          kind: 'list',
          title: 'Values',
          about: 'What the buyer can choose from.',
          least: 1,
          unique: true,
          item: { kind: 'text', title: 'Value', about: 'As the buyer sees it.' },
        },
      },
    },
  },
  skus: {
    kind: 'list',
    title: 'SKUs',
    about: 'A price for each combination of the choices; instead of `price` and `tiers`.',
    least: 1,
    // Its name may be left out.
    identity: ['choose'],
    optional: true,
    item: {
      kind: 'group',
      title: 'SKU',
      about: 'One combination of values, with its price.',
      needs: ['price', 'tiers'],
      fields: {
        name: { kind: 'text', title: 'SKU name', about: 'Unique in the specification.', optional: true },
        choose: {
          kind: 'map',
          title: 'Choose',
          about: 'A value for each attribute in `choices`.',
          item: { kind: 'text', title: 'Value', about: 'One of the values on offer.' },
        },
        price: {
          kind: 'number',
          title: 'Price',
          about: 'As the price of a specification.',
          minimum: 0,
          optional: true,
        },
        yearlyPrice: yearlyPriceField,
        tiers: tiersField,
      },
    },
  },
} as const satisfies Fields

/** `attributes` with the types a method's prices may depend on. */
export function attributesField(pricedBy: NonNullable<DeliveryMethodRow['pricedBy']>) {
  const types = { quantity: 'A number in a range', enumeration: 'One of several values' } as const
  const { enumeration } = types
  return {
    kind: 'list',
    title: 'Product attributes',
    about: 'What the price of a specification may depend on beside time.',
    least: 1,
    identity: ['code'],
    optional: true,
    item: {
      kind: 'group',
      title: 'Product attribute',
      about: 'An attribute that specifications use in `quantity` or `choices`.',
      fields: {
        code: {
          kind: 'text',
          title: 'Attribute code',
          about: 'By which specifications name it; appName, version, os and mode are reserved.',
          form: {
            pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$',
            says: 'a code of letters, digits, hyphens and underscores that starts with a letter',
            code: 'attribute-code-form',
          },
        },
        name: {
          kind: 'text',
          title: 'Attribute name',
          about: 'What buyers read.',
          form: { pattern: '\\S', says: 'a name', code: 'empty-text' },
        },
        type: {
          kind: 'choice',
          title: 'Attribute type',
          about: 'Whether a number or a value is chosen.',
          options: (pricedBy === 'units' ? { enumeration } : types) as typeof types,
          code: 'attribute-type-not-offered',
        } satisfies ChoiceField,
        description: { kind: 'text', title: 'Description', about: 'What the attribute means.', optional: true },
      },
    },
  } as const satisfies ListField
}

export const sitesField = {
  kind: 'list',
  title: 'Sites',
  about: 'The KooGallery sites the product is for; left out, the international one. It decides which rules apply.',
  least: 1,
  unique: true,
  optional: true,
  item: {
    kind: 'choice',
    title: 'Site',
    about: 'One site.',
    options: {
      international: 'The international site',
      europe: 'The European site',
      china: 'The China site',
    },
  },
} as const satisfies ListField satisfies Field
