/** A golden folder per diagnostic code: a manifest with one mistake, and what koo says of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { checkManifests } from '../../src/commands/manifests.ts'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import { type DiagnosticCode, diagnosticCodes } from '../../src/model/diagnostic-codes.ts'

const golden = join(import.meta.dirname, 'golden')
/** Found by the marketplace or the image service; shown by the tests of publishing. */
const elsewhere: readonly DiagnosticCode[] = ['image-unusable', 'review-complaint']

async function diagnosticsOf(code: string) {
  const files = nodeFiles(join(golden, code), () => 'temporary')
  const facts = files.fact
  // Five megabytes need not lie in the repository.
  const large = { bytes: 5 * 1024 * 1024 + 1, head: readFileSync(join(golden, 'version-form/logo.png')) }
  const fact = code === 'logo-bytes' ? async () => ({ is: 'file' as const, ...large }) : facts
  const checked = await checkManifests({ ...files, fact }, ['.'])
  const found = checked.flatMap(({ diagnostics }) => diagnostics)
  return found.map(({ frame: _, hint = '', ...diagnostic }) => ({ ...diagnostic, hint: withoutRows(hint) }))
}

/** A hint may list the rows of the table; another row is no reason to touch a golden file. */
function withoutRows(hint: string): string {
  const traded = deliveryMethodIds.map(rowOf).filter(({ billing }) => billing.length > 0)
  return hint
    .replace(deliveryMethodIds.join(', '), '<every method>')
    .replace(traded.map(({ title }) => title).join(', '), '<every traded method>')
}

describe.each(readdirSync(golden))('%s', (code) => {
  test('gives exactly what is expected, and nothing beside it', async () => {
    const diagnostics = await diagnosticsOf(code)
    const expected = join(golden, code, 'expected.json')
    if (process.env.UPDATE_GOLDEN) await writeFile(expected, `${JSON.stringify(diagnostics, null, 2)}\n`)
    expect(diagnostics.map((each) => each.code)).toEqual([code])
    expect(diagnostics).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})

test('every code has a golden folder', () => {
  const codes = Object.keys(diagnosticCodes).filter((code) => !elsewhere.some((each) => each === code))
  expect(readdirSync(golden).sort()).toEqual(codes.sort())
})
