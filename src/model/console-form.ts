/**
 * Seller Console's form as far as KooGallery documents it: its steps, and for the fields of a manifest where they are
 * entered, what the console calls them and which limits are known. What depends on the delivery method stands with it.
 */
import type { AssetKind } from './delivery-methods.ts'
import type { PageName } from './pages.ts'

/** The steps in the console's order, with what comes before and after it. */
export const consoleSteps = {
  first: 'Do first',
  sales: 'Sales type and delivery method',
  details: 'Product details',
  qualification: 'Qualification',
  prices: 'Specifications and prices',
  service: 'Assets and service information',
  release: 'Release',
  after: 'Afterwards',
} as const
export type ConsoleStep = keyof typeof consoleSteps

/** A documented statement, in koo's own words, and the page it stands on. Left out: koo says it itself. */
export interface ConsoleFact {
  readonly text: string
  readonly source?: PageName
  /** Concluded from what the page says, not said there. */
  readonly inferred?: true
}

/** What the console does with a field of the manifest. */
export interface ConsoleField {
  /** As the console calls it; left out, no page tells, and koo's own title stands in. */
  readonly label?: string
  /** The page that names it. */
  readonly source?: PageName
  /** The step it is entered in, where that is another than its neighbours'. */
  readonly step?: ConsoleStep
  /** How long or large it may be, as in "at most 5 MB". */
  readonly limit?: ConsoleFact
  readonly facts?: readonly ConsoleFact[]
  /**
   * That it cannot be changed after the release, as documented. What koo fixes itself, in its own contract, is not said to
   * be fixed on KooGallery without this.
   */
  readonly fixed?: ConsoleFact
  /** What a table says where an item leaves it out. */
  readonly open?: string
  /** What a manifest without the field means, which the console may ask for all the same. */
  readonly otherwise?: string
  /** Where the manifest has what stands in for it. */
  readonly sameAs?: readonly string[]
  /** The items of the list are entered one by one, not as a table. */
  readonly oneByOne?: true
  /** The console shows the word of koo.yaml itself, not a title. */
  readonly verbatim?: true
  /** What the file is called in the folder, without its suffix; several are numbered. */
  readonly file?: string
  /** Why it is not entered anywhere. */
  readonly notEntered?: string
}

/** What the console asks of one delivery method. */
export interface MethodConsole {
  /** What the form calls the method, where that is not its title. */
  readonly choice?: { readonly text: string; readonly source: PageName }
  readonly salesType?: { readonly text: string; readonly source: PageName }
  /** What must be done before the form is begun. */
  readonly first: readonly ConsoleFact[]
  /** What is said of a step of the form. */
  readonly facts?: Partial<Readonly<Record<ConsoleStep, readonly ConsoleFact[]>>>
  /** One fixed price, or prices that depend on what the buyer chooses; left out, no page tells of templates. */
  readonly pricing?: { readonly simple?: ConsoleFact; readonly custom?: ConsoleFact }
  /** What cannot be changed after the release. */
  readonly final: readonly ConsoleFact[]
  /** Each ends "KooGallery’s public pages do not say …", at the step it belongs to. */
  readonly unknown: Partial<Readonly<Record<ConsoleStep, readonly string[]>>>
  /** By the path of the field, `*` for a position in a list. */
  readonly fields?: Readonly<Record<string, ConsoleField>>
}

const inPackage = 'It belongs in the software package.'
const chooses = 'It tells koo what to pack; the console gets the package.'

/** By the path of the field, `*` for a position in a list. What a method says of it comes first. */
export const consoleFields: Readonly<Record<string, ConsoleField>> = {
  $schema: { notEntered: 'It tells an editor where the schema of the file is.' },
  koo: { notEntered: 'It is the format of the file.' },
  sites: {
    notEntered:
      'Each site has a Seller Console of its own: it tells which one to sign in to, and koo which rules apply.',
  },
  product: { step: 'details' },
  'product.key': {
    notEntered: 'It is your own id, by which koo knows the product; KooGallery gives it a product ID of its own.',
  },
  'product.name': {
    label: 'Product name',
    source: 'release',
    facts: [
      {
        text: 'No price, version or phone number; if it is software, the name in its copyright certificate.',
        source: 'release',
      },
      { text: 'A service that belongs to software says so in its name.', source: 'releaseEurope' },
      { text: 'SaaS beside another type ends in “SaaS版”, License in “独立部署”.', source: 'namesChina' },
    ],
  },
  'product.version': {
    label: 'Version',
    source: 'release',
    facts: [{ text: 'V1.0 or V2.0; not v0.1 or First Version.', source: 'release' }],
  },
  'product.logo': {
    label: 'Logo',
    source: 'release',
    file: 'logo',
    limit: { text: 'at most 5 MB', source: 'release' },
    facts: [
      { text: 'PNG, 120 × 120 px; a transparent background is recommended.', source: 'release' },
      { text: 'Without a logo of its own: the company’s, on white.', source: 'logoChina' },
    ],
  },
  'product.overview': { label: 'Overview', source: 'detailsEurope' },
  'product.description': {
    label: 'Description',
    source: 'detailsEurope',
    limit: { text: 'at least 400 without pictures', source: 'descriptionsChina' },
    facts: [
      { text: 'No superlatives.', source: 'descriptionsChina' },
      {
        text: 'KooGallery’s public pages do not say whether the field takes Markdown; the value is the text of koo.yaml.',
      },
    ],
  },
  'product.highlights': { label: 'Highlights', source: 'detailsEurope' },
  'product.cases': {
    label: 'Customer cases',
    source: 'detailsEurope',
    facts: [{ text: 'Cases can be added, edited and deleted one by one.', source: 'detailsEurope' }],
  },
  'product.pictures': {
    file: 'picture',
    limit: { text: 'at most 5 MB, 800 × 600 px', source: 'picturesChina' },
    facts: [{ text: 'Main pictures are JPG, JPEG, PNG or GIF.', source: 'picturesChina' }],
  },
  'product.descriptionPictures': {
    file: 'description-picture',
    limit: { text: '900 to 1200 px wide, at least 800 px high', source: 'descriptionsChina' },
    facts: [{ text: 'JPG, JPEG or PNG; at most 5 pictures.', source: 'descriptionsChina' }],
  },
  'product.public': {
    label: 'Public Sales',
    source: 'modifyEurope',
    otherwise: 'Yes',
    facts: [
      {
        text: 'No hides the product from the front page and the search; buyers use its URL. It can be changed later.',
        source: 'modifyEurope',
      },
    ],
  },
  support: {
    step: 'qualification',
    facts: [
      {
        text: 'Customer service phone and e-mail, shown on the product page, belong to the seller’s profile.',
        source: 'seller',
      },
      {
        text: 'KooGallery sends problems to the customer service and the after-sales e-mail; both are answered within 24 hours, else the product is removed.',
        source: 'releaseEurope',
      },
    ],
  },
  'support.afterSalesEmail': { sameAs: ['support', 'email'] },
  'support.afterSales': { label: 'After-Sales Support', source: 'detailsEurope' },
  'support.hours': {
    facts: [{ text: 'All contacts are reachable in the stated hours.', source: 'documentsChina' }],
  },
  documents: { step: 'qualification' },
  'documents.eula': {
    label: 'End User License Agreement',
    source: 'detailsEurope',
    file: 'end-user-license-agreement',
    facts: [
      {
        text: 'An online contract with a privacy clause, without blanks to fill and places to sign.',
        source: 'agreementsChina',
      },
    ],
  },
  'documents.userGuide': {
    label: 'User Guide',
    source: 'detailsEurope',
    file: 'user-guide',
    limit: { text: 'at most 20 MB', source: 'documentsChina', inferred: true },
  },
  'documents.businessLetter': { label: 'Business Letter', source: 'detailsEurope', file: 'business-letter' },
  'documents.copyrightCertificate': {
    label: 'Software Copyright Certificate',
    source: 'detailsEurope',
    file: 'software-copyright-certificate',
    limit: { text: 'at most 20 MB', source: 'documentsChina' },
    facts: [
      {
        text: 'RAR, ZIP, DOC, DOCX or PDF; the owner is the seller’s company, the name that of the product.',
        source: 'documentsChina',
      },
    ],
  },
  'documents.acceptanceTemplate': {
    label: 'Product delivery template',
    source: 'supervision',
    file: 'product-delivery-template',
    facts: [
      { text: 'Uploaded with the release; the proof of delivery has to follow it later.', source: 'supervision' },
    ],
  },
  delivery: { step: 'service' },
  'delivery.method': {
    label: 'Delivery Method',
    source: 'hardwareRelease',
    step: 'sales',
    facts: [
      {
        text: 'The page on modifying a released product names the delivery method among what may be changed.',
        source: 'modifyEurope',
      },
    ],
  },
  'delivery.asset': { step: 'prices' },
  'delivery.package': { step: 'first' },
  'delivery.package.files': { notEntered: chooses },
  'delivery.package.exclude': { notEntered: chooses },
  'delivery.package.format': { notEntered: 'It is the suffix of the package.' },
  'delivery.package.sbom': { notEntered: inPackage },
  'delivery.package.allowSecrets': { notEntered: 'It tells koo which packed files may look like secrets.' },
  'delivery.authorization.files': { notEntered: inPackage },
  attributes: {
    step: 'prices',
    facts: [
      { text: 'Editing or deleting an attribute later does not change released products.', source: 'attributes' },
    ],
  },
  'attributes.*.type': { label: 'Attribute type', source: 'attributes', verbatim: true },
  'attributes.*.code': { label: 'Attribute code', source: 'attributes' },
  'attributes.*.name': { label: 'Attribute name', source: 'attributes' },
  'attributes.*.description': { label: 'Description', source: 'attributes' },
  specifications: { step: 'prices', oneByOne: true },
  'specifications.*.tiers.*.to': { open: 'and more' },
  'specifications.*.skus.*.tiers.*.to': { open: 'and more' },
  'specifications.*.quantity.step': { otherwise: '1' },
  'specifications.*.quantity': {
    facts: [{ text: 'A quantity attribute has a value range and a step.', source: 'specificationsEurope' }],
  },
  'specifications.*.choices': {
    facts: [
      {
        text: 'An enumeration attribute has a list of values; the SKUs are all their combinations.',
        source: 'specificationsEurope',
      },
    ],
  },
  'specifications.*.upgrades': {
    facts: [
      { text: 'Only between yearly/monthly SKUs of one specification; the rule ends with it.', source: 'upgrades' },
    ],
  },
}

/** How the released asset of a deliverable gets into the product, by what the deliverable's asset is. */
export const assetFacts: Readonly<Record<AssetKind, ConsoleFact>> = {
  software_package: {
    text: 'In each specification that is deployed as a software package, choose the released application asset.',
    source: 'licenseRelease',
  },
  image: { text: 'Choose the released image asset in the specification.', source: 'imageRelease', inferred: true },
}

/** What is said of a step whatever the delivery method is. */
export const stepFacts: Partial<Readonly<Record<ConsoleStep, readonly ConsoleFact[]>>> = {
  sales: [
    { text: 'A delivery method that does not fit the product is rejected.', source: 'release' },
    {
      text: 'The new form saves drafts by itself, under Product Management > Drafts.',
      source: 'imageReleaseEurope',
    },
  ],
  qualification: [
    {
      text: 'The step has the End User License Agreement, After-Sales Support, the User Guide and, where they are needed, the Business Letter and the Software Copyright Certificate.',
      source: 'detailsEurope',
    },
  ],
  prices: [
    {
      text: 'Editions of one product are specifications of it, never products of their own.',
      source: 'specifications',
    },
  ],
  release: [
    { text: 'The review ends within three working days.', source: 'reviews' },
    { text: 'With ten or more release requests in one day it takes longer.', source: 'releaseEurope' },
    { text: 'The result comes by e-mail, SMS and internal message.', source: 'releaseEurope' },
    { text: 'A product that passed is released by itself.', source: 'approvalChina' },
    {
      text: 'E-mails of KooGallery are answered within 24 hours, else the product is removed.',
      source: 'releaseEurope',
    },
  ],
  after: [
    {
      text: 'Changes of basic information, SEO information, non-price service information and Public Sales take effect after a review.',
      source: 'modifyEurope',
    },
    {
      text: 'A rejected application can be modified, deleted and handed in again.',
      source: 'applicationsEurope',
    },
  ],
}

/** What can never be changed after the release, whatever the delivery method is. */
export const finalFacts: readonly ConsoleFact[] = [
  {
    text: 'A specification of a released product cannot be deleted, only removed from sale; add new ones first.',
    source: 'modifyEurope',
  },
  { text: 'A product that was removed cannot be restored, only released as a new one.', source: 'removal' },
]

/** Ends "KooGallery’s public pages do not say …". */
export const unknownSteps: Partial<Readonly<Record<ConsoleStep, readonly string[]>>> = {
  details: [
    'how long overview, highlights, description and customer cases may be',
    'which categories, keywords and SEO fields there are; koo.yaml has none of them',
  ],
  qualification: [
    'in which step e-mails, phone and service hours are entered, and the product delivery template is uploaded',
    'which formats the End User License Agreement, the User Guide and the Business Letter may have on the international site',
  ],
  release: [
    'what the form asks for sales regions, purchase limits and resale discounts, which have pages of their own',
  ],
}

/** The same where a product has specifications. */
export const unknownPrices: readonly string[] = [
  'how many specifications and SKUs a product may have, how many decimals a price, and which subscription periods are offered',
]
