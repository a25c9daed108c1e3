/** The seller's own SBOM: CycloneDX, as far as its first bytes tell. */
import type { Finding } from '../../model/diagnostic.ts'
import type { NamedFile } from './files.ts'

const otherHint = 'Let the tool that makes it write CycloneDX in JSON or XML.'
const spdxHint = 'This is SPDX, another format. Let the tool that makes it write CycloneDX, or convert it.'

/** https://cyclonedx.org/specification/overview/; a file whose beginning leaves it open is given the benefit of the doubt. */
export function sbomFindings({ path, file, fact }: NamedFile): readonly Finding[] {
  const head = new TextDecoder().decode(fact.head).trimStart()
  const isWhole = fact.bytes <= fact.head.length
  const format = head.startsWith('{') ? jsonFormat(head, isWhole) : otherFormat(head, isWhole)
  if (format === 'cyclonedx' || format === 'open') return []
  const message = `\`${file}\` is no CycloneDX SBOM.`
  return [{ code: 'sbom-format', path, message, hint: format === 'spdx' ? spdxHint : otherHint }]
}

type Format = 'cyclonedx' | 'spdx' | 'other' | 'open'

/** The order of keys is free, so that those that tell may stand anywhere. */
function jsonFormat(head: string, isWhole: boolean): Format {
  if (/"bomFormat"|"CycloneDX"/.test(head)) return 'cyclonedx'
  // Version 3 of SPDX is JSON-LD.
  if (/"spdxVersion"|"SPDXID"|"https?:\/\/spdx\.org\/rdf\//.test(head)) return 'spdx'
  return isWhole ? 'other' : 'open'
}

/** XML, whose root names the namespace; SPDX is also written as RDF and as lines of tags. */
function otherFormat(head: string, isWhole: boolean): Format {
  const element = head.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '').trimStart()
  if (/^<[^>]*["']http:\/\/cyclonedx\.org\/schema\/bom\/1\.\d+["']/.test(element)) return 'cyclonedx'
  if (/^<[^>]*["']https?:\/\/spdx\.org\//.test(element) || /^SPDXVersion:/m.test(head)) return 'spdx'
  // Long comments may come before the root.
  const rootIsCut = head.startsWith('<') && !/^<[A-Za-z][^>]*>/.test(element) && !/^<!doctype html/i.test(element)
  return rootIsCut && !isWhole ? 'open' : 'other'
}
