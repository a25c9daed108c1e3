/** What a product name may not contain (KooGallery, "Releasing a product": accurate, no price, version or phone number). */
import type { DiagnosticCode } from '../../model/diagnostic-codes.ts'
import type { Rule } from './rule.ts'

const forbidden: readonly { readonly code: DiagnosticCode; readonly pattern: RegExp; readonly message: string }[] = [
  {
    code: 'name-huawei-cloud',
    pattern: /^\s*(huawei\s*cloud|华为云)/i,
    message: 'A product name must not speak in the name of Huawei Cloud.',
  },
  {
    code: 'name-version',
    // "V2.0", "version 3", "2.1.4" and a closing "v3", but neither "Studio 54" nor "Industry 4.0" nor "V2X".
    pattern: /\bv\d+(\.\d+)+\b|\bv\d+\s*$|\bversion\s*\d|\b\d+\.\d+\.\d+\b/i,
    message: 'A product name must not contain a version.',
  },
  {
    code: 'name-price',
    pattern: /[$€£¥]\s*\d|\d\s*[$€£¥]|\b(usd|eur|cny|rmb)\s*\d|\d\s*(usd|eur|cny|rmb|yuan)\b|\bfor free\b/i,
    message: 'A product name must not contain a price.',
  },
  {
    code: 'name-phone',
    pattern: /\+\d[\d ()-]{5,}\d|\b\d(?:[ ()-]{0,2}\d){8,}\b/,
    message: 'A product name must not contain a phone number.',
  },
]

export const nameRule: Rule = ({ manifest }) => {
  const first = forbidden.find(({ pattern }) => pattern.test(manifest.product.name))
  return first ? [{ code: first.code, path: '/product/name', message: first.message }] : []
}
