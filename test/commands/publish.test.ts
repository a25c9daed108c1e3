/** What `koo publish` asks before it sends anything to a marketplace that is not on this machine. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { publish } from '../../src/commands/publish.ts'
import type { RemoteProduct, RemoteRelease } from '../../src/model/release.ts'
import type { Marketplace, World } from '../../src/ports.ts'
import { scaffold } from '../../src/scaffold/scaffold.ts'

const examples = join(import.meta.dirname, '../../examples')
const url = 'https://market.example'

let data: string
let sent: string[]
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'koo-publish-'))
  sent = []
})
afterEach(() => rm(data, { recursive: true, force: true }))

/** Takes everything and puts it on sale at once. */
function market(): Marketplace {
  const released: RemoteProduct[] = []
  const unexpected = () => Promise.reject(new Error('not expected here'))
  return {
    account: async () => ({ id: 'a', name: 'harbor' }),
    async *products() {},
    product: async () => undefined,
    productsByKey: async (keys) =>
      new Map(released.filter(({ key }) => keys.includes(key)).map((each) => [each.key, each])),
    releasesById: unexpected,
    content: unexpected,
    edit: unexpected,
    file: () => {
      throw new Error('not expected here')
    },
    releases: async () => [],
    release: unexpected,
    upload: async ({ name }) => {
      sent.push(name)
      return { uploadId: 'u' }
    },
    createRelease: async ({ key, contentDigest }) => {
      sent.push(key)
      const ids = { id: 'r', productId: 'p', key, version: 'V1.0', contentDigest, createdDigest: contentDigest }
      const release: RemoteRelease = { ...ids, state: 'on-sale', complaints: [] }
      const newest = { id: 'r', version: 'V1.0', contentDigest, state: 'on-sale' } as const
      const product = { id: 'p', key, name: key, method: 'consulting', state: 'on-sale', version: 'V1.0' } as const
      released.push({ ...product, newest, releases: 1, revision: 2, removedSpecifications: [] })
      return { is: 'release', release }
    },
    submit: unexpected,
    withdraw: unexpected,
    discontinue: unexpected,
    review: unexpected,
    close: async () => {},
  }
}

/** Time that passes only while somebody sleeps. */
function passing(): World['clock'] {
  let now = 0
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds
    },
  }
}

function world(folder: string, answer?: boolean): World {
  return {
    files: nodeFiles(folder, () => 'temporary'),
    clock: passing(),
    randomness: { uuid: () => 'u', hex: () => 'ab' },
    terminal: { asks: answer !== undefined },
    environment: { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK' },
    folders: async () => ({ data, cache: data }),
    input: () => Promise.reject(new Error('not expected here')),
    stop: new AbortController().signal,
    prompter: async () => ({
      input: () => Promise.reject(new Error('not expected here')),
      select: () => Promise.reject(new Error('not expected here')),
      confirm: async () => answer === true,
      secret: () => Promise.reject(new Error('not expected here')),
    }),
    marketplace: async () => market(),
    images: async () => ({ find: async () => undefined }),
    objectStore: () => Promise.reject(new Error('not expected here')),
    assets: () => Promise.reject(new Error('not expected here')),
    sellerApi: () => Promise.reject(new Error('not expected here')),
    links: () => Promise.reject(new Error('not expected here')),
    processors: () => 2,
    programs: { run: () => Promise.reject(new Error('not expected here')) },
    sellerServer: () => Promise.reject(new Error('not expected here')),
    serve: () => Promise.reject(new Error('not expected here')),
    servePages: () => Promise.reject(new Error('not expected here')),
    openInBrowser: () => Promise.reject(new Error('not expected here')),
    emit: () => {},
  }
}

const call = (yes?: true) => ({ arguments: ['.'], options: { marketplace: url, yes } as never })

describe('a marketplace elsewhere', () => {
  test('needs --yes where nobody can be asked', async () => {
    const run = publish.run(call(), world(join(examples, 'consulting')))
    await expect(run).rejects.toMatchObject({ exit: 'usage', code: 'missing-flag', hint: 'Add --yes.' })
    expect(sent).toEqual([])
  })

  test('is sent to with --yes', async () => {
    const outcome = await publish.run(call(true), world(join(examples, 'consulting')))
    expect(outcome).toMatchObject({ is: 'published', marketplace: url, rows: [{ outcome: 'on-sale' }] })
    expect(sent).toEqual(['logo.png', 'ledgerfield-cost-consulting'])
  })

  test('is sent to after a yes at the terminal, and not after a no', async () => {
    expect(await publish.run(call(), world(join(examples, 'consulting'), false))).toEqual({ is: 'declined' })
    expect(sent).toEqual([])
    expect(await publish.run(call(), world(join(examples, 'consulting'), true))).toMatchObject({ is: 'published' })
  })

  test('is not sent placeholders, even with --yes', async () => {
    const answers = new Map([
      ['/product/key', 'harbor-crm'],
      ['/product/name', 'Harbor CRM'],
    ])
    const files = nodeFiles(data, () => 'temporary')
    for (const [path, content] of Object.entries(scaffold('consulting', answers))) await files.write(path, content)
    const run = publish.run(call(true), world(data))
    await expect(run).rejects.toMatchObject({ exit: 'findings', code: 'placeholders' })
    expect(sent).toEqual([])
  })

  test('an unusable image stops the run before anything is sent', async () => {
    const outcome = await publish.run(call(true), world(join(examples, 'image')))
    expect(outcome).toMatchObject({
      is: 'validated',
      diagnostics: [{ code: 'image-unusable' }, { code: 'image-unusable' }],
    })
    expect(sent).toEqual([])
  })
})
