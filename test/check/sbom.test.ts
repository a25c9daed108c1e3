/** The seller's own SBOM: what its first bytes tell, and what is left open. */
import { expect, test } from '@jest/globals'
import { sbomFindings } from '../../src/check/rules/sbom.ts'
import { headBytes } from '../../src/model/file-fact.ts'

function hintOf(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text)
  const fact = { is: 'file', bytes: bytes.length, head: bytes.subarray(0, headBytes) } as const
  const [finding] = sbomFindings({ path: '/delivery/package/sbom', file: 'sbom', fact })
  return finding === undefined ? 'none' : finding.hint
}

const namespace = 'http://cyclonedx.org/schema/bom/1.6'
const long = 'x'.repeat(2 * headBytes)

test.each([
  '{"bomFormat":"CycloneDX","specVersion":"1.6"}',
  '\ufeff\n{ "$schema": "x", "bomFormat" : "CycloneDX" }',
  // Whoever sorts the keys another way may have much before it.
  `{"components":[{"name":"${long}"}],"bomFormat":"CycloneDX"}`,
  `<?xml version="1.0"?>\n<bom xmlns="${namespace}" version="1">`,
  `<c:bom xmlns:c='${namespace}'>`,
  `<?xml version="1.0"?><!-- made by a > b --><bom serialNumber="x" xmlns="${namespace}">`,
  `<?xml version="1.0"?><!-- ${long} --><bom xmlns="${namespace}">`,
  `<bom comment="${long}" xmlns="${namespace}">`,
])('%# passes', (text) => {
  expect(hintOf(text)).toBe('none')
})

test.each([
  '{"spdxVersion":"SPDX-2.3"}',
  `{"SPDXID":"SPDXRef-DOCUMENT","name":"${long}"}`,
  '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}',
  'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n',
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#">',
])('%# is SPDX', (text) => {
  expect(hintOf(text)).toMatch(/^This is SPDX/)
})

test.each([
  '{"name":"harbor"}',
  '[]',
  'a,b\n1,2\n',
  '<project xmlns="http://maven.apache.org/POM/4.0.0"/>',
  `<!DOCTYPE html><p>${long}`,
  `\0${long}`,
  `component,version\n${long}`,
])('%# is neither', (text) => {
  expect(hintOf(text)).toMatch(/write CycloneDX in JSON or XML/)
})
