/** A product's whole life on one machine: koo sells it, calls it, and ends at once although a seller does not answer. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openShop, type Shop, startSandbox } from './koo.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

test.each([
  ['no address', 'tideline-crm', 'bad-flag'],
  ['no product', '=https://saas.example.com/', 'bad-flag'],
  ['plain http elsewhere', 'tideline-crm=http://saas.example.com/', 'insecure-address'],
  ['another scheme', 'tideline-crm=file:///etc/passwd', 'insecure-address'],
  ['a password', 'tideline-crm=https://a:b@saas.example.com/', 'bad-address'],
])('--interface with %s is refused', async (_, value, code) => {
  const { code: exit, stdout, stderr } = await shop.koo('sandbox', '--port', '0', '--json', '--interface', value)
  expect([exit, JSON.parse(stdout || stderr).error.code]).toEqual([2, code])
})

test('a key that is given is not printed', async () => {
  const child = shop.start({ KOO_INTERCONNECTION_KEY: 'a-key-of-my-own' }, 'sandbox', '--port', '0', '--json')
  const line = await new Promise<string>((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(`${data}`)))
  expect(JSON.parse(line)).not.toHaveProperty('interconnection_key')
  expect(line).not.toContain('a-key-of-my-own')
  child.kill('SIGTERM')
})

test('what is published is bought over the interface it is called at, and Ctrl-C waits for no seller', async () => {
  let called: (() => void) | undefined
  const isCalled = new Promise<void>((resolve) => {
    called = resolve
  })
  // Takes every call, and answers none.
  const seller = createServer(() => called?.())
  await new Promise<void>((resolve) => seller.listen(0, '127.0.0.1', resolve))
  const { port } = seller.address() as AddressInfo
  const sandbox = await startSandbox(shop, '--interface', `tideline-crm=http://127.0.0.1:${port}/produce`)
  try {
    expect(sandbox).toMatchObject({ interconnection_key: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    const { code } = await shop.kooWith(sandbox.environment, 'publish', 'examples/saas', '--yes')
    expect(code).toBe(0)
    const page = await fetch(`${sandbox.url}/products/tideline-crm`)
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
    const html = await page.text()
    const form = /<form method="post" action="\/products\/tideline-crm\/buy"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
    const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value],
    )
    const bought = fetch(`${sandbox.url}/products/tideline-crm/buy`, {
      method: 'POST',
      headers: { cookie, origin: sandbox.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    }).then(
      ({ status }) => status,
      () => 'cut',
    )
    await isCalled
    const before = performance.now()
    await sandbox.kill('SIGINT')
    // The call itself may take 5 seconds.
    expect(performance.now() - before).toBeLessThan(3_000)
    expect([503, 'cut']).toContain(await bought)
  } finally {
    seller.closeAllConnections()
    seller.close()
  }
})
