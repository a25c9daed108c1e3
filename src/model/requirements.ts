/**
 * The documented requirements of KooGallery, each with the rule that checks it or the reason why only a person can.
 * The coverage table in `check/rules/README.md` is made from it.
 */
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { PageName } from './pages.ts'

export interface Requirement {
  readonly subject: string
  readonly says: string
  /** Left out: KooGallery's table of delivery methods, which koo's own table repeats. */
  readonly page?: PageName
  /** What finds a breach of it. */
  readonly codes?: readonly DiagnosticCode[]
  /** Where no code covers all of it: what is left to a person, or why the manifest cannot say it. */
  readonly person?: string
}

const product: readonly Requirement[] = [
  {
    subject: 'Delivery method',
    says: 'The delivery method fits the product.',
    page: 'release',
    codes: ['method-unknown', 'not-for-method', 'billing-not-offered', 'deployment-not-offered'],
    person: 'Whether a product is what its method says can only be judged by looking at it.',
  },
  {
    subject: 'Delivery method',
    says: 'The European site releases License, professional services, images and SaaS.',
    page: 'releaseEurope',
    codes: ['site-method'],
  },
  {
    subject: 'Name',
    says: 'No price, version, phone number or other descriptive text.',
    page: 'release',
    codes: ['name-price', 'name-version', 'name-phone'],
    person: 'What else is descriptive text is a matter of taste.',
  },
  { subject: 'Name', says: 'Not in the name of Huawei Cloud.', page: 'release', codes: ['name-huawei-cloud'] },
  {
    subject: 'Name',
    says: 'Accurate, without exaggeration or a wider scope.',
    page: 'release',
    codes: ['name-exaggeration'],
    person: 'The scope of a product is not in its name.',
  },
  {
    subject: 'Name',
    says: 'No spelling mistakes.',
    page: 'release',
    codes: ['name-spelling'],
    person: 'Only names of well-known software are known; a brand may be spelt as it likes.',
  },
  {
    subject: 'Name',
    says: 'A product for Huawei Cloud Stack: "XXX (HCS Version)".',
    page: 'release',
    codes: ['name-hcs'],
  },
  {
    subject: 'Name',
    says: 'Equal to the name in the software copyright certificate.',
    page: 'release',
    person: 'The certificate is a scan.',
  },
  {
    subject: 'Name',
    says: 'A professional service tied to software says so.',
    page: 'releaseEurope',
    person: 'The manifest does not say what software a service belongs to.',
  },
  {
    subject: 'Name',
    says: 'China: suffixes for SaaS beside another type, standalone deployment, services of a software.',
    page: 'namesChina',
    person: 'Which products belong together is not in the manifests.',
  },
  { subject: 'Version', says: 'V1.0, V2.0; not v0.1, "First Version".', page: 'release', codes: ['version-form'] },
  {
    subject: 'Logo',
    says: 'PNG, 120 × 120 pixels, at most 5 MB.',
    page: 'release',
    codes: ['logo-format', 'logo-size', 'logo-bytes', 'file-missing', 'file-empty'],
  },
  {
    subject: 'Logo',
    says: 'Clear, complete, not deformed, no screenshot; transparent background recommended.',
    page: 'release',
    person: 'It has to be looked at.',
  },
  {
    subject: 'Pictures',
    says: 'China: main pictures JPEG, PNG or GIF, 800 × 600, at most 5 MB each.',
    page: 'picturesChina',
    codes: ['picture-format', 'picture-size', 'picture-bytes'],
  },
  {
    subject: 'Pictures',
    says: 'China: they show the product, not only its logo or name.',
    page: 'picturesChina',
    person: 'They have to be looked at.',
  },
  {
    subject: 'Pictures',
    says: 'China: description pictures JPEG or PNG, 900 to 1200 wide, 800 or more high, at most 5.',
    page: 'descriptionsChina',
    codes: ['picture-format', 'picture-size', 'picture-count'],
  },
  {
    subject: 'Description',
    says: 'China: without pictures at least 400 characters.',
    page: 'descriptionsChina',
    codes: ['description-short'],
  },
  {
    subject: 'Description',
    says: 'China: no superlatives of the advertising law.',
    page: 'descriptionsChina',
    codes: ['description-superlative'],
    person: 'The law has no closed list of words.',
  },
  {
    subject: 'Description',
    says: 'China: personal data is masked.',
    page: 'descriptionsChina',
    codes: ['description-personal-data'],
    person: 'Names and addresses of people, and text in pictures.',
  },
  {
    subject: 'Product details',
    says: 'Overview, description, highlights, customer cases.',
    page: 'detailsEurope',
    codes: ['missing-field', 'empty-text', 'too-few', 'repeated-entry'],
  },
  {
    subject: 'Product details',
    says: 'Public sales: yes or no.',
    page: 'modifyEurope',
    codes: ['wrong-type'],
  },
  {
    subject: 'Editions',
    says: 'Editions, functions and scenarios of one product are specifications of it, never products of their own.',
    page: 'specifications',
    codes: ['edition-as-product', 'name-repeated'],
    person: 'Names may hide that two products are one.',
  },
]

const papers: readonly Requirement[] = [
  {
    subject: 'Support',
    says: 'Customer service and after-sales e-mail.',
    page: 'releaseEurope',
    codes: ['missing-field', 'email-form'],
    person: 'Whether after-sales has an address of its own is the seller’s choice.',
  },
  {
    subject: 'Support',
    says: 'Problems are answered within 24 hours, all contacts reachable in the stated hours.',
    page: 'releaseEurope',
    person: 'It shows only over time.',
  },
  {
    subject: 'Support',
    says: 'A customer service phone is shown.',
    page: 'seller',
    codes: ['phone-form'],
    person: 'It may be in the seller’s profile alone.',
  },
  {
    subject: 'Seller profile',
    says: 'Company website, logo and introduction.',
    page: 'seller',
    person: 'They belong to the seller, not to a product.',
  },
  {
    subject: 'Documents',
    says: 'End user license agreement, user guide, business letter, software copyright certificate.',
    page: 'detailsEurope',
    codes: ['file-missing', 'file-empty', 'file-outside', 'document-format'],
    person: 'Which of them a product needs depends on the product.',
  },
  {
    subject: 'Documents',
    says: 'China: certificate .rar, .zip, .doc, .docx, .pdf and its neighbours, at most 20 MB.',
    page: 'documentsChina',
    codes: ['document-format', 'document-bytes'],
  },
  {
    subject: 'Documents',
    says: 'China: the owner on the certificate is the seller’s company.',
    page: 'documentsChina',
    person: 'The certificate is a scan.',
  },
  {
    subject: 'Documents',
    says: 'China: a service agreement without blanks and signing places, with a privacy clause.',
    page: 'agreementsChina',
    person: 'It is a matter of law.',
  },
  {
    subject: 'Documents',
    says: 'A delivery template with acceptance criteria, which the proof of delivery follows.',
    page: 'supervision',
    codes: ['file-missing', 'document-format'],
    person: 'Whether the later proof follows it.',
  },
]

const methods: readonly Requirement[] = [
  {
    subject: 'SaaS',
    says: 'The production address is HTTPS with a domain name, no IP address.',
    page: 'saasAccess',
    codes: ['production-url-form'],
  },
  {
    subject: 'SaaS',
    says: 'It is deployed on Huawei Cloud, has been debugged, and its answers are signed, within 5 seconds, by TLS 1.2 or later.',
    page: 'saasRelease',
    person: 'Seller Console debugs it; `koo validate --online` only sees whether it answers.',
  },
  {
    subject: 'SaaS',
    says: 'A released SaaS asset without high-risk vulnerabilities.',
    page: 'saasRelease',
    person: 'The asset center scans it.',
  },
  {
    subject: 'SaaS',
    says: 'At most 3 extension parameters, each debugged.',
    page: 'extensionParameters',
    codes: ['extension-parameters'],
  },
  {
    subject: 'SaaS',
    says: 'Service supervision cannot be changed after the release.',
    page: 'modifyEurope',
    person: 'It shows when a release is compared with the one before; `koo plan` refuses it.',
  },
  {
    subject: 'SaaS',
    says: 'Trial orders count days and turn into subscriptions.',
    page: 'saasOrders',
    codes: ['trial-billing', 'number-range'],
    person: 'Their longest time is not documented.',
  },
  {
    subject: 'License',
    says: 'A service flow template and a delivery period in calendar days.',
    page: 'licenseRelease',
    codes: ['service-flow-missing', 'delivery-days', 'number-range'],
    person: 'What is too long or too short, or may be left out, is for the reviewer to say.',
  },
  {
    subject: 'License',
    says: 'Authorization by file, key, code, hardware or system identification.',
    page: 'licenseCodes',
    codes: ['unknown-value', 'missing-field'],
  },
  {
    subject: 'License',
    says: 'China: deployed on Huawei Cloud.',
    page: 'namesChina',
    codes: ['license-site'],
  },
  {
    subject: 'License',
    says: 'A software package belongs to a released application asset.',
    page: 'licenseRelease',
    codes: ['asset-id-form', 'asset-missing'],
    person: 'Which asset it is can be chosen in Seller Console too.',
  },
  {
    subject: 'Package',
    says: '.zip, .tar or .tar.gz; letters, digits, hyphens, underscores, parentheses.',
    page: 'applicationAsset',
    codes: ['package-name', 'package-name-dots', 'package-format', 'package-broken'],
  },
  {
    subject: 'Package',
    says: 'At most 20 GB; over 1 GB through the seller’s OBS bucket.',
    page: 'applicationAsset',
    codes: ['package-too-large', 'package-large'],
  },
  {
    subject: 'Package',
    says: 'No virus, no vulnerability with a CVSS of 7.0 or more.',
    page: 'applicationAsset',
    codes: ['package-virus', 'package-vulnerable'],
    person:
      'Packing asks ClamAV and Grype or Trivy, where they are installed; the asset center’s own scan has the last word.',
  },
  {
    subject: 'Image',
    says: 'A private system-disk image, in one of the named cities.',
    page: 'imageRelease',
    codes: ['image-id-form', 'region-form', 'image-region', 'image-region-repeated', 'image-unusable'],
  },
  {
    subject: 'Image',
    says: 'Active, your own, not shared, encrypted, published, from a backup, of a data disk or a whole machine.',
    page: 'imageErrors',
    codes: ['image-unusable', 'image-uncertain'],
  },
  {
    subject: 'Image',
    says: 'Made from a public image of Huawei Cloud; no preset account, password or key; passwords by the policy.',
    page: 'imageAsset',
    person: 'The asset center scans it.',
  },
  {
    subject: 'Image',
    says: 'Priced by vCPUs, or free; one priced by vCPUs cannot be free.',
    page: 'imageRelease',
    codes: ['image-free-mixed'],
  },
  {
    subject: 'Image',
    says: 'The price of a free image is fixed.',
    page: 'imageRelease',
    person: 'It shows when a release is compared with the one before; `koo plan` refuses it.',
  },
  {
    subject: 'Professional service',
    says: 'A service flow template; a delivery period in calendar days.',
    page: 'service',
    codes: ['service-flow-missing', 'delivery-days', 'number-range'],
  },
  {
    subject: 'Professional service',
    says: 'Request templates are Excel or Word files.',
    page: 'service',
    codes: ['template-format'],
  },
  {
    subject: 'Hardware',
    says: 'Charged by quantity; SKUs use enumerated attributes only.',
    page: 'hardwareRelease',
    codes: ['attribute-type-not-offered', 'billing-not-offered'],
  },
  {
    subject: 'Hardware',
    says: 'Only sellers on a list may release it.',
    page: 'hardwareRelease',
    person: 'KooGallery keeps the list.',
  },
  {
    subject: 'Consulting',
    says: 'Not traded; only a link to the seller’s official website.',
    codes: ['link-form', 'link-own-site', 'link-broken', 'unknown-field', 'not-for-method'],
  },
]

const prices: readonly Requirement[] = [
  {
    subject: 'Attributes',
    says: 'Type, code, name, description; appName, version, os and mode are reserved in every language.',
    page: 'attributes',
    codes: ['attribute-reserved', 'attribute-reserved-case', 'attribute-code-form', 'attribute-repeated'],
  },
  {
    subject: 'SKUs',
    says: 'Quantity attributes have a range and a step, enumerations values; SKUs are all combinations, each with a price.',
    page: 'specificationsEurope',
    codes: [
      'attribute-unknown',
      'attribute-named-twice',
      'attribute-unused',
      'range-reversed',
      'quantity-step',
      'sku-choice',
      'sku-repeated',
      'sku-missing',
      'specification-repeated',
    ],
  },
  {
    subject: 'SKUs',
    says: 'Several dimensions for SaaS, License and professional services, enumerations for hardware.',
    page: 'specifications',
    codes: ['not-for-method'],
  },
  {
    subject: 'Prices',
    says: 'One fixed price, a price for each SKU, or linear and tiered prices of a quantity.',
    page: 'service',
    codes: ['missing-field', 'price-ambiguous', 'tiers-without-quantity', 'tiers-gap', 'tiers-overlap'],
  },
  {
    subject: 'Prices',
    says: 'A specification is billed yearly/monthly or once, never both.',
    page: 'licenseRelease',
    codes: ['yearly-price-unused', 'periods-unused', 'period-repeated'],
  },
  {
    subject: 'Prices',
    says: 'China: amounts of at most 3 decimals, periods of at most two digits.',
    page: 'orderAmounts',
    codes: ['price-decimals', 'period-long', 'number-range'],
  },
  {
    subject: 'Upgrades',
    says: 'Only yearly/monthly SKUs of SaaS, only within one specification.',
    page: 'upgrades',
    codes: ['upgrade-billing', 'upgrade-target', 'upgrade-cheaper', 'not-for-method'],
  },
  {
    subject: 'Life cycle',
    says: 'Released specifications are removed, never deleted; a removed product cannot be restored.',
    page: 'removal',
    person: 'It is about a product on sale, not about a manifest; `koo plan` and `koo discontinue` say so.',
  },
  {
    subject: 'Life cycle',
    says: 'Only applications for License, consulting and professional services can be withdrawn.',
    page: 'applicationsEurope',
    person: 'It is about an application, not about a manifest; `koo withdraw` says so.',
  },
  {
    subject: 'Life cycle',
    says: 'Ten or more requests in a day make the review longer.',
    page: 'releaseEurope',
    person: 'It depends on what else is handed in that day.',
  },
]

export const requirements: readonly Requirement[] = [...product, ...papers, ...methods, ...prices]
