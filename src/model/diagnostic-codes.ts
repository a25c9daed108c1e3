/**
 * The table of diagnostic codes. A code is a word, never reused for something else; `koo explain` prints a row, and a
 * golden file in `test/check/golden` shows each one.
 */

export type Severity = 'error' | 'warning'

export interface DiagnosticCodeRow {
  readonly severity: Severity
  /** What the finding means, in a sentence. */
  readonly what: string
  /** How to mend it. */
  readonly mend: string
  /** The page that documents the requirement; left out where it is koo's own. */
  readonly source?: string
}

const productPage = 'https://support.huaweicloud.com/intl/en-us/sp-marketplace/en-us_sp_topic_0000012.html'
const imagePage = 'https://support.huaweicloud.com/intl/en-us/sp-marketplace/en-us_sp_topic_0000014.html'
const saasPage = 'https://support.huaweicloud.com/intl/en-us/sp-marketplace/en-us_sp_topic_0161996561.html'

export const diagnosticCodes = {
  'yaml-syntax': {
    severity: 'error',
    what: 'The file is not valid YAML or JSON.',
    mend: 'Mend the syntax at the place shown; indent with spaces, quote texts that contain ": " or " #".',
  },
  'duplicate-key': {
    severity: 'error',
    what: 'The same key stands twice in one mapping, so one of the values would be lost.',
    mend: 'Keep one of the two.',
  },
  'unreadable-text': {
    severity: 'error',
    what: 'The file is not UTF-8 text.',
    mend: 'Save the manifest as UTF-8.',
  },
  'missing-field': {
    severity: 'error',
    what: 'A required field is missing.',
    mend: 'Add the field; an editor with the schema offers it.',
  },
  'unknown-field': {
    severity: 'error',
    what: 'The manifest has no field of this name here.',
    mend: 'Mend the spelling or remove it.',
  },
  'not-for-method': {
    severity: 'error',
    what: 'The field belongs to another delivery method.',
    mend: 'Remove it, or choose the delivery method that has it (`koo methods`).',
  },
  'wrong-type': {
    severity: 'error',
    what: 'The value is of another type than the field takes.',
    mend: 'Write the type the message names.',
  },
  'unknown-value': {
    severity: 'error',
    what: 'The value is none of those the field takes.',
    mend: 'Use one of the values the message lists.',
  },
  'empty-text': { severity: 'error', what: 'A text is empty.', mend: 'Fill it in, or remove an optional field.' },
  'too-few': { severity: 'error', what: 'A list has too few entries.', mend: 'Add an entry.' },
  'repeated-entry': { severity: 'error', what: 'A list holds the same entry twice.', mend: 'Remove one of them.' },
  'number-range': {
    severity: 'error',
    what: 'A number is out of range.',
    mend: 'Use a number in the range the message names.',
  },
  'format-unknown': {
    severity: 'error',
    what: 'The manifest format is not one this koo reads.',
    mend: 'Write `koo: 1`, or update koo.',
  },
  'method-unknown': {
    severity: 'error',
    what: 'The delivery method is none of KooGallery’s.',
    mend: 'Use one of the ids `koo methods` prints.',
  },
  'billing-not-offered': {
    severity: 'error',
    what: 'KooGallery does not offer this billing mode for the delivery method.',
    mend: 'Use a billing mode of the method (`koo methods`).',
  },
  'deployment-not-offered': {
    severity: 'error',
    what: 'KooGallery does not offer this deployment location for the delivery method.',
    mend: 'Use a deployment location of the method (`koo methods`).',
  },
  'key-form': {
    severity: 'error',
    what: 'The product key does not have the form koo identifies products by.',
    mend: 'Use 2 to 63 lower-case letters, digits and hyphens, not starting with a hyphen.',
  },
  'version-form': {
    severity: 'error',
    what: 'The version is not in KooGallery’s standard form.',
    mend: 'Write V and numbers, such as V1.0; not v0.1, First Version or 1.0.',
    source: productPage,
  },
  'email-form': {
    severity: 'error',
    what: 'This is not an e-mail address.',
    mend: 'Write an address such as support@your-company.com.',
  },
  'phone-form': {
    severity: 'error',
    what: 'This is not a phone number.',
    mend: 'Write digits with the country code, such as +65 6123 4567.',
  },
  'link-form': { severity: 'error', what: 'This is not a web address.', mend: 'Write an http:// or https:// address.' },
  'production-url-form': {
    severity: 'error',
    what: 'The production interface needs HTTPS and a domain name.',
    mend: 'Write an https:// address with a domain name, not an IP address.',
    source: saasPage,
  },
  'region-form': {
    severity: 'error',
    what: 'This is not a region id.',
    mend: 'Write a region id such as ap-southeast-3.',
  },
  'image-id-form': {
    severity: 'error',
    what: 'This is not the id of an IMS image.',
    mend: 'Copy the id from the image’s page in IMS; it has 36 characters.',
  },
  'name-huawei-cloud': {
    severity: 'error',
    what: 'The product name speaks in the name of Huawei Cloud.',
    mend: 'Name your own product, without "Huawei Cloud" in front.',
    source: productPage,
  },
  'name-version': {
    severity: 'error',
    what: 'The product name contains a version.',
    mend: 'Move it to `product.version`.',
    source: productPage,
  },
  'name-price': {
    severity: 'error',
    what: 'The product name contains a price.',
    mend: 'Prices belong to the specifications.',
    source: productPage,
  },
  'name-phone': {
    severity: 'error',
    what: 'The product name contains a phone number.',
    mend: 'Move it to `support.phone`.',
    source: productPage,
  },
  'file-missing': {
    severity: 'error',
    what: 'A file the manifest names is not there.',
    mend: 'Paths are relative to the manifest; mend the path or add the file.',
  },
  'file-outside': {
    severity: 'error',
    what: 'A path leads out of the product’s folder.',
    mend: 'Keep the files a product needs in its folder, and name them with relative paths.',
  },
  'logo-format': {
    severity: 'error',
    what: 'The logo is not a PNG, whatever its name says.',
    mend: 'Export the logo as PNG.',
    source: productPage,
  },
  'logo-size': {
    severity: 'error',
    what: 'The logo does not measure 120 × 120 pixels.',
    mend: 'Scale it to 120 × 120 pixels.',
    source: productPage,
  },
  'logo-bytes': {
    severity: 'error',
    what: 'The logo is larger than 5 MB.',
    mend: 'Save it smaller.',
    source: productPage,
  },
  'package-empty': {
    severity: 'error',
    what: 'The globs of the software package match no file.',
    mend: 'Globs are relative to the manifest; mend them or add the files.',
  },
  'package-link': {
    severity: 'error',
    what: 'The software package holds a symbolic link, and a bundle holds files only.',
    mend: 'Put the file itself in its place, or leave the link out with `exclude`.',
  },
  'specification-repeated': {
    severity: 'error',
    what: 'Two specifications have the same name, so buyers could not tell them apart.',
    mend: 'Give each its own name.',
  },
  'key-repeated': {
    severity: 'warning',
    what: 'Two manifests of one run have the same product key; they cannot be published or packed together.',
    mend: 'Give each product its own key.',
  },
  placeholder: {
    severity: 'warning',
    what: 'A text or file is still the placeholder that `koo init` wrote.',
    mend: 'Put your own in its place before you publish.',
  },
  'image-region': {
    severity: 'warning',
    what: 'Images are not known to be released on KooGallery from this region.',
    mend: 'Copy the image to a region of the list, or check with KooGallery.',
    source: imagePage,
  },
  'yearly-price-unused': {
    severity: 'warning',
    what: 'A price of a year has no use outside yearly/monthly billing.',
    mend: 'Remove `yearlyPrice`, or bill the specification yearly-monthly.',
  },
  'image-unusable': {
    severity: 'error',
    what: 'The image service does not offer this image for release.',
    mend: 'Check the id, the region and the state of the image in IMS.',
    source: imagePage,
  },
  'review-complaint': {
    severity: 'error',
    what: 'The marketplace’s review rejected this.',
    mend: 'Mend it and publish again.',
  },
} as const satisfies Record<string, DiagnosticCodeRow>

export type DiagnosticCode = keyof typeof diagnosticCodes

export function isDiagnosticCode(value: string): value is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, value)
}

/** A row as the plain data every use of the table needs. */
export function diagnosticCodeRow(code: DiagnosticCode): DiagnosticCodeRow {
  return diagnosticCodes[code]
}
