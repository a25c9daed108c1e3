/** What a product name may not contain, and what reviewers frown at (page "Releasing a product: requirements"). */
import type { Finding } from '../../model/diagnostic.ts'
import type { DiagnosticCode } from '../../model/diagnostic-codes.ts'
import { apart } from '../suggest.ts'
import type { Rule } from './rule.ts'

const path = '/product/name'

const forbidden: readonly { readonly code: DiagnosticCode; readonly pattern: RegExp; readonly message: string }[] = [
  {
    code: 'name-huawei-cloud',
    // A product for Huawei Cloud Stack says so in its own form, below.
    pattern: /^\s*(huawei\s*cloud(?!\s*stack)|华为云(?!\s*stack))/i,
    message: 'A product name must not speak in the name of Huawei Cloud.',
  },
  {
    code: 'name-version',
    // "V2.0", "version 3", "2.1.4" and a closing "v3", but neither "Studio 54" nor "Industry 4.0" nor "V2X".
    pattern:
      /\bv\d+(\.\d+)+\b|\bv\d+\s*$|\bversion\s*\d|\b\d+\.\d+\.\d+\b|(?<!industry|industrie|society|web|logistics|agriculture) \d+\.\d+\s*$/i,
    message: 'A product name must not contain a version.',
  },
  {
    code: 'name-price',
    pattern: /[$€£¥]\s*\d|\d\s*[$€£¥]|\b(usd|eur|cny|rmb)\s*\d|\d\s*(usd|eur|cny|rmb|yuan)\b|\bfor free\b/i,
    message: 'A product name must not contain a price.',
  },
  {
    code: 'name-phone',
    // Years are no part of one.
    pattern: /\+\d[\d ()-]{5,}\d|\b(?!(?:19|20)\d\d\b)\d(?:[ ()-]{0,2}(?!(?:19|20)\d\d\b)\d){8,}\b/,
    message: 'A product name must not contain a phone number.',
  },
  {
    code: 'name-hcs',
    pattern: /^(?!.*\(HCS Version\)\s*$)(?!.*（HCS版）|.*\(HCS版\))(?=.*(\bHCS\b|huawei cloud stack))/i,
    message: 'A product for Huawei Cloud Stack is named “… (HCS Version)”.',
  },
  {
    code: 'name-exaggeration',
    pattern:
      /\bbest\b(?![- ]practice)|\bno\.? ?1\b|\bnumber (1|one)\b|#1\b|\bworld(['’]s|[- ]) ?(first|leading|greatest)\b|\b(greatest|unrivalled|unbeatable|unmatched)\b|最佳|最好|第一|国家级|世界级|极致/i,
    message: 'The product name seems to exaggerate.',
  },
]

/** Of several things wrong with one name the first is told: mending one usually mends the next. */
export const nameRule: Rule = ({ manifest }) => {
  const { name } = manifest.product
  const first = forbidden.find(({ pattern }) => pattern.test(name))
  if (first) return [{ code: first.code, path, message: first.message }]
  const misspelt = misspeltIn(name)
  return misspelt ? [misspelt] : []
}

/** Software that products are often made for, and whose names are long enough for one wrong letter to be a mistake. */
const wellKnown = [
  'WordPress',
  'PostgreSQL',
  'Kubernetes',
  'Elasticsearch',
  'Prometheus',
  'RabbitMQ',
  'MongoDB',
  'MariaDB',
  'Nextcloud',
  'Jenkins',
  'Grafana',
  'Ansible',
  'Terraform',
  'Magento',
  'Drupal',
  'Joomla',
  'Windows',
  'Ubuntu',
  'Debian',
  'CentOS',
  'SharePoint',
  'Salesforce',
  'Zabbix',
]
const known = new Set(wellKnown.map((each) => each.toLowerCase()))
const shortest = Math.min(...wellKnown.map(({ length }) => length))
/** By the first letter, which people rarely get wrong. */
const byInitial = new Map<string, readonly string[]>()
for (const each of wellKnown) {
  const initial = each.charAt(0).toLowerCase()
  byInitial.set(initial, [...(byInitial.get(initial) ?? []), each])
}

function misspeltIn(name: string): Finding | undefined {
  for (const word of name.split(/[\s,.:;()/'’-]+/)) {
    if (word.length < shortest - 1) continue
    const plain = word.toLowerCase()
    const alike = byInitial.get(plain.charAt(0))
    if (alike === undefined || known.has(plain)) continue
    const meant = alike.find((each) => isMisspelt(plain, each.toLowerCase()))
    if (meant === undefined) continue
    const message = `“${word}” looks like a misspelt “${meant}”.`
    return { code: 'name-spelling', path, message, hint: `Write ${meant}, or keep it if it is your own name.` }
  }
  return undefined
}

/** One mistake; but neither a plural nor a singular. */
function isMisspelt(word: string, meant: string): boolean {
  return word !== `${meant}s` && `${word}s` !== meant && apart(word, meant) === 1
}
