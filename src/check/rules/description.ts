/** What the China site asks of the texts on the product page. Its rules are warnings, for sellers who name it. */
import type { Finding } from '../../model/diagnostic.ts'
import type { DiagnosticCode } from '../../model/diagnostic-codes.ts'
import type { Manifest } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'
import { isFor } from './sites.ts'

const fewest = 400

export const descriptionRule: Rule = ({ manifest }) => {
  if (!isFor(manifest, 'china')) return []
  return [...shortness(manifest), ...textsOf(manifest).flatMap(([path, text]) => wording(path, text))]
}

function shortness({ product }: Manifest): readonly Finding[] {
  const length = [...product.description.replace(/\s/g, '')].length
  if (length >= fewest || (product.descriptionPictures ?? []).length > 0) return []
  const message = `The description has ${length} characters; the China site asks for ${fewest} or more where it has no pictures.`
  return [{ code: 'description-short', path: '/product/description', message }]
}

function textsOf({ product }: Manifest): readonly (readonly [path: string, text: string])[] {
  return [
    ['/product/overview', product.overview],
    ['/product/description', product.description],
    ...product.highlights.map((text, index) => [pointer(['product', 'highlights', index]), text] as const),
  ]
}

const wordings: readonly { readonly code: DiagnosticCode; readonly pattern: RegExp; readonly says: string }[] = [
  {
    code: 'description-superlative',
    pattern:
      /\bnational[- ]level\b|\b(the|world['’]s) (best(?![- ]practice)|greatest)\b|\bworld['’]s first\b|\bworld[- ]first\b|\bno\.? ?1\b|\bnumber (1|one)\b|国家级|最佳|最好|最高级|极致|世界第一|第一品牌/i,
    says: 'is a superlative that the China site refuses',
  },
  {
    code: 'description-personal-data',
    // E-mail addresses, phone numbers, identity numbers of 18 and bank cards of 16 to 19 digits.
    pattern: /[\w.+-]+@[\w-]+\.[\w.-]*\w|\+\d[\d ()-]{7,}\d|\b1[3-9]\d{9}\b|\b\d{16,19}\b|\b\d{17}[\dXx]\b/,
    says: 'looks like personal data, which the China site wants masked',
  },
]

function wording(path: string, text: string): readonly Finding[] {
  return wordings.flatMap(({ code, pattern, says }) => {
    const found = pattern.exec(text)?.[0]
    return found === undefined ? [] : [{ code, path, message: `“${found}” ${says}.` }]
  })
}
