/** The fields of a manifest that all delivery methods share: what buyers see, who answers, which documents there are. */
import type { Fields } from './field.ts'

const email = {
  // One @, no spaces, invisible or separating characters, and no empty part of the domain.
  pattern: '^[^\\s\\u200b-\\u200d@<>,;:]+@([^\\s\\u200b-\\u200d@<>,;:.]+\\.)+[^\\s\\u200b-\\u200d@<>,;:.]+$',
  says: 'an e-mail address such as support@your-company.com',
  code: 'email-form',
} as const

const someText = { pattern: '\\S', says: 'a text', code: 'empty-text' } as const

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
    sample: 'harbor-crm',
    ask: { flag: 'key', value: 'key' },
  },
  name: {
    kind: 'text',
    title: 'Product name',
    about:
      'The name buyers see: accurate, without price, version or phone number, and not in the name of Huawei Cloud.',
    form: { pattern: '\\S', says: 'a name', code: 'empty-text' },
    sample: 'Harbor CRM',
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
    sample: 'A CRM for freight forwarders.',
    placeholder: 'Say in one sentence what the product does and for whom.',
  },
  description: {
    kind: 'text',
    title: 'Description',
    about: 'The full description on the product page, in Markdown.',
    form: someText,
    sample: 'Harbor CRM keeps customers and quotes of a freight forwarder in one place.',
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
      sample: 'Quotes in two minutes',
    },
  },
  cases: {
    kind: 'list',
    title: 'Customer cases',
    about: 'How customers use the product.',
    least: 1,
    identity: ['title'],
    optional: true,
    item: {
      kind: 'group',
      title: 'Customer case',
      about: 'One customer’s story.',
      fields: {
        title: { kind: 'text', title: 'Title', about: 'Who did what with it.', form: someText },
        text: { kind: 'text', title: 'Text', about: 'The story, in Markdown.', form: someText, long: true },
      },
    },
  },
  pictures: {
    kind: 'list',
    title: 'Main pictures',
    about: 'Pictures that show the product, not only its logo; on the China site 800 × 600 pixels, at most 5 MB each.',
    least: 1,
    unique: true,
    optional: true,
    item: { kind: 'file', role: 'picture', title: 'Picture', about: 'A PNG, JPEG or GIF.' },
  },
  descriptionPictures: {
    kind: 'list',
    title: 'Description pictures',
    about: 'Pictures of the description; on the China site at most 5, 900 to 1200 pixels wide and 800 or more high.',
    least: 1,
    unique: true,
    optional: true,
    item: { kind: 'file', role: 'description-picture', title: 'Description picture', about: 'A PNG or JPEG.' },
  },
  public: {
    kind: 'flag',
    title: 'Public sales',
    about: 'False hides the product from the front page and the search; buyers then use its address.',
    optional: true,
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
    sample: 'support@harbor.example',
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
      pattern: '^\\+?\\(?[0-9][0-9 ()./-]{4,30}$',
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
    role: 'certificate',
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
