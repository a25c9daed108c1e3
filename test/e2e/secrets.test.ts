/** No secret is ever written down: not in what koo prints, nor in its traces, events, journals, plans and reports. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { edit, openShop, type Run, type RunningSandbox, type Shop, startSandbox } from './koo.ts'

const token = 'TEMPORARY-SECURITY-TOKEN-OF-A-TEST'
const proxyPassword = 'a-password-of-a-proxy'

let shop: Shop
let market: Shop
let sandbox: RunningSandbox
beforeAll(async () => {
  shop = await openShop()
  // Its keys lie in its own data, on another machine as it were.
  market = await openShop()
  const faults = 'faults:\n  - { fault: fail-after, every: 5 }\n  - { fault: lose-reply, every: 7 }\n'
  const { writeFile } = await import('node:fs/promises')
  await writeFile(join(market.folder, 'faults.yaml'), faults)
  sandbox = await startSandbox(market, '--faults', 'faults.yaml', '--data', 'data')
})
afterAll(async () => {
  await sandbox.kill()
  await shop.close()
  await market.close()
})

/** Every text below a folder. */
async function texts(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries.filter((each) => each.isFile()).map((each) => readFile(join(each.parentPath, each.name), 'latin1')),
  )
}

test('whatever is run', async () => {
  const environment = {
    ...sandbox.environment,
    HUAWEICLOUD_SDK_SECURITY_TOKEN: token,
    HTTPS_PROXY: `http://seller:${proxyPassword}@127.0.0.1:9`,
    KOO_DEBUG: '1',
  }
  const wrong = { ...environment, HUAWEICLOUD_SDK_SK: `${sandbox.secret_key}x` }
  const away = { ...environment, KOO_MARKETPLACE: 'https://market.invalid' }
  const runs: Run[] = []
  const koo = async (with_: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
    runs.push(await shop.kooWith(with_, ...argv, '--debug'))
  await koo(environment, 'plan', 'examples', '--out', 'plan.json')
  await edit(join(shop.folder, 'examples/image/koo.yaml'), /version: V\S+/, 'version: v0.1')
  await koo(environment, 'publish', 'examples', '--keep-going', '--events', 'events.ndjson', '--json')
  await koo(environment, 'publish', 'examples', '--keep-going', '--format', 'junit', '--output', 'koo.xml')
  await koo(environment, 'pull', '--all', '--out', 'back')
  await koo(environment, 'status', 'examples', '--json')
  await koo(wrong, 'publish', 'examples/saas')
  await koo(away, 'publish', 'examples/saas', '--yes')
  const said = runs.map(({ stdout, stderr }) => stdout + stderr)
  expect(said.join()).toContain('POST ')
  const home = join(shop.folder, '..')
  const written = await texts(home)
  // The journal and the baselines are among them.
  expect(written.filter((text) => text.includes('"intent"')).length).toBeGreaterThan(0)
  for (const secret of [sandbox.secret_key, token, proxyPassword]) {
    expect([...said, ...written].filter((text) => text.includes(secret))).toEqual([])
  }
})
