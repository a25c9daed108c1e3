/** Publishing, end to end: real processes, real files, a real sandbox. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { edit, ended, openShop, type Run, type Shop, startSandbox } from './koo.ts'

/** One example for each row of the table. */
const all = deliveryMethodIds.length

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

interface Listed {
  readonly products: readonly {
    readonly key: string
    readonly version: string
    readonly method: string
    readonly state: string
    readonly releases: number
  }[]
}

interface Published {
  readonly products: readonly { readonly key: string; readonly outcome: string; readonly message?: string }[]
  readonly diagnostics: readonly {
    readonly file: string
    readonly line: number
    readonly path: string
    readonly code: string
  }[]
}

function json<T>(run: Run): T {
  return JSON.parse(run.stdout) as T
}

async function outcomes(run: Run): Promise<readonly string[]> {
  return json<Published>(run).products.map(({ outcome }) => outcome)
}

describe('with no marketplace configured', () => {
  test('publishes all examples to the embedded sandbox, and has nothing to do the second time', async () => {
    const first = await shop.koo('publish', 'examples')
    expect(first.code).toBe(0)
    expect(first.stdout.match(/on sale$/gm)).toHaveLength(all)
    expect(first.stdout).toContain(`sandbox: ${all} on sale.`)
    expect(first.stderr).toContain('this is the local sandbox')
    const again = await shop.koo('publish', 'examples')
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('nothing to do.')
    const listed = json<Listed>(await shop.koo('list', '--json'))
    expect(listed.products).toHaveLength(all)
    expect(listed.products.map(({ method }) => method).sort()).toEqual([...deliveryMethodIds].sort())
    for (const product of listed.products) expect(product).toMatchObject({ state: 'on-sale', releases: 1 })
  })

  test('keeps its data where --data says', async () => {
    expect((await shop.koo('publish', 'examples/saas', '--data', 'market')).code).toBe(0)
    expect(json<Listed>(await shop.koo('list', '--json', '--data', 'market')).products).toHaveLength(1)
    expect(json<Listed>(await shop.koo('list', '--json')).products).toHaveLength(0)
  })

  test('leaves no bundle behind in its data folder', async () => {
    await shop.koo('publish', 'examples/license')
    const left = await readdir(join(shop.folder, '../data/koo'), { recursive: true })
    expect(left.filter((name) => name.endsWith('.tar.gz') || name.endsWith('.tmp'))).toEqual([])
  })

  test('sends nothing while a manifest has an error', async () => {
    await edit(join(shop.folder, 'examples/saas/koo.yaml'), /version: V[\d.]+/, 'version: v0.1')
    const run = await shop.koo('publish', 'examples')
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('[version-form]')
    expect(json<Listed>(await shop.koo('list', '--json')).products).toEqual([])
  })

  test('two at once on the same data make one product and one release each', async () => {
    const runs = await Promise.all([shop.koo('publish', 'examples'), shop.koo('publish', 'examples')])
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    const { products } = json<Listed>(await shop.koo('list', '--json'))
    expect(products.map(({ releases }) => releases)).toEqual(Array(all).fill(1))
  })
})

describe('to a sandbox of another process', () => {
  test('with the keys from the environment', async () => {
    const sandbox = await startSandbox(shop)
    const { KOO_MARKETPLACE: url = '', ...keys } = sandbox.environment
    const run = await shop.kooWith(keys, 'publish', 'examples', '--marketplace', url, '--yes', '--json')
    expect(run.code).toBe(0)
    expect(await outcomes(run)).toEqual(Array(all).fill('on-sale'))
    for (const text of [run.stdout, run.stderr]) expect(text).not.toContain(sandbox.secret_key)
  })

  test('with the older names of the keys', async () => {
    const { url, access_key, secret_key } = await startSandbox(shop)
    const keys = { HW_ACCESS_KEY: access_key, HW_SECRET_KEY: secret_key }
    expect((await shop.kooWith(keys, 'publish', 'examples/consulting', '--marketplace', url)).code).toBe(0)
  })

  test('a wrong secret is told at once, and nothing is made', async () => {
    const sandbox = await startSandbox(shop)
    const wrong = { ...sandbox.environment, HUAWEICLOUD_SDK_SK: `${sandbox.secret_key}x` }
    const run = await shop.kooWith(wrong, 'publish', 'examples', '--yes')
    expect(run.code).toBe(3)
    expect(run.stderr).toContain('refuses the credentials')
    expect(run.stdout + run.stderr).not.toContain(sandbox.secret_key)
    expect(json<Listed>(await shop.kooWith(sandbox.environment, 'list', '--json')).products).toEqual([])
  })

  test.each([
    ['none', {}],
    ['half a pair', { HUAWEICLOUD_SDK_AK: 'AK' }],
  ])('credentials: %s', async (_, environment) => {
    const run = await shop.kooWith(environment, 'publish', 'examples', '--marketplace', 'http://127.0.0.1:9')
    expect(run.code).toBe(3)
    expect(run.stderr).toContain('HUAWEICLOUD_SDK_SK')
  })

  test('a server that is not there', async () => {
    const keys = { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK' }
    const run = await shop.kooWith(keys, 'publish', 'examples', '--marketplace', 'http://127.0.0.1:9', '--yes')
    expect(run.code).toBe(5)
    expect(run.stderr).toContain('does not answer (ECONNREFUSED)')
  })

  test('a server killed in the middle of an upload: exit 5, no half-made product, and the next run goes on', async () => {
    await mkdir(join(shop.folder, 'examples/license/software/data'), { recursive: true })
    await writeFile(join(shop.folder, 'examples/license/software/data/model.bin'), randomBytes(96 * 1024 * 1024))
    const sandbox = await startSandbox(shop, '--data', 'market')
    const child = shop.start(sandbox.environment, 'publish', 'examples/license', '--yes')
    const run = ended(child)
    await new Promise<void>((resolve) =>
      child.stderr?.on('data', (chunk) => String(chunk).includes('uploading') && resolve()),
    )
    await sandbox.kill('SIGKILL')
    expect((await run).code).toBe(5)
    const restarted = await startSandbox(shop, '--data', 'market')
    expect(json<Listed>(await shop.kooWith(restarted.environment, 'list', '--json')).products).toEqual([])
    expect((await shop.kooWith(restarted.environment, 'publish', 'examples/license', '--yes')).code).toBe(0)
    const { products } = json<Listed>(await shop.kooWith(restarted.environment, 'list', '--json'))
    expect(products).toMatchObject([{ state: 'on-sale', releases: 1 }])
  })

  test('an address that is no marketplace', async () => {
    const { createServer } = await import('node:http')
    const server = createServer((_, response) => response.end('<html>hello</html>')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const keys = { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK' }
    const run = await shop.kooWith(keys, 'list', '--marketplace', `http://127.0.0.1:${port}`)
    server.close()
    expect(run.code).toBe(5)
    expect(run.stderr).toContain('does not speak koo’s marketplace contract')
  })

  test('plain http is for this machine only', async () => {
    const keys = { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK' }
    const run = await shop.kooWith(keys, 'list', '--marketplace', 'http://market.example')
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('not encrypted')
  })
})

describe('the review', () => {
  test('rejects: exit 1, with the complaints in the seller’s own file', async () => {
    const sandbox = await startSandbox(shop, '--review', 'reject')
    const run = await shop.kooWith(sandbox.environment, 'publish', 'examples/saas', '--json')
    expect(run.code).toBe(1)
    const { products, diagnostics } = json<Published>(run)
    expect(products).toMatchObject([{ key: 'tideline-crm', outcome: 'rejected' }])
    const name = diagnostics.find(({ path }) => path === '/product/name')
    expect(name).toMatchObject({ file: 'examples/saas/koo.yaml', code: 'review-complaint' })
    const lines = (await import('node:fs'))
      .readFileSync(join(shop.folder, 'examples/saas/koo.yaml'), 'utf8')
      .split('\n')
    expect(lines[(name?.line ?? 0) - 1]).toContain('name:')
    const status = await shop.kooWith(sandbox.environment, 'status', 'examples/saas')
    expect(status.code).toBe(1)
    expect(status.stdout).toContain('[review-complaint]')
    const again = await shop.kooWith(sandbox.environment, 'publish', 'examples/saas')
    expect(again.code).toBe(1)
    const { products: listed } = json<Listed>(await shop.kooWith(sandbox.environment, 'list', '--json'))
    expect(listed).toMatchObject([{ state: 'rejected', releases: 1 }])
  })

  test('a mended product of a rejected version is published again', async () => {
    const rejecting = await startSandbox(shop, '--review', 'reject', '--data', 'market')
    await shop.kooWith(rejecting.environment, 'publish', 'examples/saas')
    await rejecting.kill()
    const approving = await startSandbox(shop, '--data', 'market')
    expect((await shop.kooWith(approving.environment, 'publish', 'examples/saas')).code).toBe(1)
    await edit(join(shop.folder, 'examples/saas/koo.yaml'), /price: \d+/, 'price: 41')
    expect((await shop.kooWith(approving.environment, 'publish', 'examples/saas')).code).toBe(0)
  })

  test('some on sale and one rejected by hand is “partly done”', async () => {
    const sandbox = await startSandbox(shop, '--review', 'manual')
    const { environment } = sandbox
    await shop.kooWith(environment, 'publish', 'examples/saas', 'examples/consulting', '--no-wait')
    await shop.kooWith(environment, 'sandbox', 'review', 'tideline-crm', '--approve')
    const complaint = '/delivery/link=The page asks for a login.'
    const key = 'ledgerfield-cost-consulting'
    const review = await shop.kooWith(environment, 'sandbox', 'review', key, '--reject', '--complaint', complaint)
    expect(review.code).toBe(0)
    const run = await shop.kooWith(environment, 'publish', 'examples/saas', 'examples/consulting')
    expect(run.code).toBe(6)
    expect(run.stdout).toContain('The page asks for a login.')
  })

  test('accepted, in review, withdrawn, handed in again, on sale, discontinued', async () => {
    const { environment } = await startSandbox(shop, '--review', 'manual')
    const koo = (...argv: readonly string[]) => shop.kooWith(environment, ...argv)
    const key = 'plumbline-fim'
    const state = async () => json<Listed>(await koo('list', '--json')).products[0]?.state

    const accepted = await koo('publish', 'examples/license', '--no-wait', '--json')
    expect([accepted.code, await outcomes(accepted)]).toEqual([0, ['accepted']])
    const waiting = await koo('publish', 'examples/license', '--wait-timeout', '300ms', '--json')
    expect([waiting.code, await outcomes(waiting)]).toEqual([7, ['in-review']])
    expect((await koo('withdraw', key)).code).toBe(0)
    expect(await state()).toBe('withdrawn')
    expect((await koo('withdraw', key)).code).toBe(0)
    expect((await koo('publish', 'examples/license', '--no-wait')).code).toBe(0)
    expect((await koo('sandbox', 'review', key, '--approve')).code).toBe(0)
    const done = await koo('publish', 'examples/license', '--json')
    expect([done.code, await outcomes(done)]).toEqual([0, ['unchanged']])

    expect((await koo('discontinue', key)).code).toBe(2)
    expect((await koo('discontinue', key, '--yes-discontinue', 'another')).code).toBe(2)
    expect(await state()).toBe('on-sale')
    expect((await koo('discontinue', key, '--yes-discontinue', key)).code).toBe(0)
    expect((await koo('discontinue', key, '--yes-discontinue', key)).code).toBe(0)
    const final = await koo('publish', 'examples/license')
    expect(final.code).toBe(4)
    expect(final.stdout).toContain('discontinued, which is final')
  })
})

describe('versions', () => {
  test('the same version with other content is refused, a new version replaces the old', async () => {
    const manifest = join(shop.folder, 'examples/saas/koo.yaml')
    await shop.koo('publish', 'examples/saas')
    await edit(manifest, /price: \d+/, 'price: 41')
    const refused = await shop.koo('publish', 'examples')
    expect(refused.code).toBe(4)
    expect(refused.stdout).toContain('on sale with other content')
    expect(json<Listed>(await shop.koo('list', '--json')).products).toHaveLength(1)
    expect((await shop.koo('plan', 'examples/saas')).code).toBe(4)
    await edit(manifest, /version: V[\d.]+/, 'version: V9.0')
    const plan = await shop.koo('plan', 'examples/saas')
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('to replace V')])
    expect((await shop.koo('publish', 'examples/saas')).code).toBe(0)
    expect(json<Listed>(await shop.koo('list', '--json')).products).toMatchObject([{ version: 'V9.0', releases: 2 }])
  })

  test('other bytes of a file are other content, other comments are not', async () => {
    const manifest = join(shop.folder, 'examples/license/koo.yaml')
    await shop.koo('publish', 'examples/license')
    await edit(manifest, /^koo: 1$/m, 'koo: 1 # the format')
    expect(await outcomes(await shop.koo('publish', 'examples/license', '--json'))).toEqual(['unchanged'])
    await writeFile(join(shop.folder, 'examples/license/software/NEWS'), 'More of it.\n')
    expect((await shop.koo('publish', 'examples/license')).code).toBe(4)
  })
})

describe('images', () => {
  test('an image that is not there stops the run before anything is sent', async () => {
    await writeFile(join(shop.folder, 'images.json'), '[]')
    const { environment } = await startSandbox(shop, '--images', 'images.json')
    const run = await shop.kooWith(environment, 'publish', 'examples')
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('[image-unusable]')
    expect(run.stdout).toContain('examples/image/koo.yaml:')
    expect(json<Listed>(await shop.kooWith(environment, 'list', '--json')).products).toEqual([])
  })
})

test('planning sends nothing', async () => {
  const run = await shop.koo('plan', 'examples')
  expect(run.code).toBe(0)
  expect(run.stdout).toContain(`Plan for sandbox: ${all} products to send.`)
  const dry = await shop.koo('publish', 'examples', '--dry-run', '--json')
  expect(json<{ products: { action: string }[] }>(dry).products.map(({ action }) => action)).toEqual(
    Array(all).fill('create'),
  )
  expect(json<Listed>(await shop.koo('list', '--json')).products).toEqual([])
})
