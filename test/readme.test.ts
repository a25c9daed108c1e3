/** The README does what it says: every `$ node bin/koo.js …` line runs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, root, type Shop } from './e2e/koo.ts'

const lines = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\$ node bin\/koo\.js (.+)$/gm)
const commands = [...lines].map(([, command = '']) => command)

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('there are such lines', () => {
  expect(commands.length).toBeGreaterThan(5)
})

test('the manifests it shows are sound', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [whole = '', prices = ''] = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = '']) => block)
  const shared = whole.slice(0, whole.indexOf('specifications:'))
  for (const text of [whole, shared + prices]) {
    const run = await shop.kooReading(text, 'validate', '--stdin', '--stdin-name', 'examples/saas/koo.yaml', '--json')
    expect(JSON.parse(run.stdout)).toMatchObject({ diagnostics: [] })
  }
})

/** In their order, because one builds on the other. */
test.each(commands)('koo %s', async (command) => {
  const argv = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  expect(await shop.koo(...argv)).toMatchObject({ code: 0 })
})
