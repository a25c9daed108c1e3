/** The contract: valid by the linter's rules, and the same as what was generated from it and stands beside it. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { marketplaceApi } from '../../src/build/marketplace-api.ts'
import { marketplaceErrors } from '../../src/model/marketplace-error.ts'

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the linter finds nothing', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['node_modules/@redocly/cli/bin/cli.js', 'lint', 'schemas/marketplace.openapi.yaml', '--format=json'],
    { env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  )
  expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 }, problems: [] })
}, 60_000)

test('the generated files are what the generator makes of it now', async () => {
  const { types, operations } = await marketplaceApi(await read('schemas/marketplace.openapi.yaml'))
  expect(await read('src/model/marketplace-api.ts')).toBe(types)
  expect(await read('src/sandbox/operations.ts')).toBe(operations)
})

test('its table of error codes is that of the code', async () => {
  const listed = [...(await read('schemas/marketplace.openapi.yaml')).matchAll(/^ +\| `([A-Z.0-9]+)` \|/gm)]
  expect(listed.map(([, code]) => code)).toEqual(Object.keys(marketplaceErrors))
})

test('a code says its status', () => {
  for (const [code, { status }] of Object.entries(marketplaceErrors)) {
    if (code.startsWith('KOO.')) expect(code.slice(6, 9)).toBe(String(status))
  }
})
