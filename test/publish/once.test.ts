/** Exactly once: lost answers, runs that broke off, another machine, and somebody else who was faster. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/model/failure.ts'
import { exitOf } from '../../src/model/outcome.ts'
import type { RemoteProduct } from '../../src/model/release.ts'
import type { Marketplace } from '../../src/ports.ts'
import { openStall, type Stall } from './stall.ts'

const lost = () =>
  new Failure({ code: 'marketplace-unreachable', exit: 'marketplace', message: 'It does not answer (ECONNRESET).' })

let stall: Stall
beforeEach(async () => {
  stall = await openStall()
})
afterEach(() => stall.close())

async function products(): Promise<readonly RemoteProduct[]> {
  const found: RemoteProduct[] = []
  for await (const each of stall.marketplace.products()) found.push(each)
  return found
}

const outcomes = (run: { readonly rows: readonly { readonly outcome: string }[] }) =>
  run.rows.map(({ outcome }) => outcome)

/** Whose answers to CreateRelease are lost, the first few times, before or after the effect. */
function losing(times: number, when: 'before' | 'after') {
  let left = times
  return (marketplace: Marketplace): Marketplace => ({
    ...marketplace,
    async createRelease(request, token) {
      const isLost = left-- > 0
      if (isLost && when === 'before') throw lost()
      const created = await marketplace.createRelease(request, token)
      if (isLost) throw lost()
      return created
    },
  })
}

describe('an answer that is lost', () => {
  test('after the effect: what was made is found, and nothing is sent again', async () => {
    await stall.add('harbor-advice')
    const run = await stall.publish({ over: losing(1, 'after') })
    expect(outcomes(run)).toEqual(['on-sale'])
    expect(await products()).toMatchObject([{ key: 'harbor-advice', releases: 1 }])
    expect(stall.calls.get('createRelease')).toBe(1)
  })

  test('before the effect: it is sent again, once it is seen that nothing is there', async () => {
    await stall.add('harbor-advice')
    const run = await stall.publish({ over: losing(2, 'before') })
    expect(outcomes(run)).toEqual(['on-sale'])
    expect(await products()).toMatchObject([{ releases: 1 }])
    expect(stall.calls.get('createRelease')).toBe(1)
  })

  test('each time: the run fails with exit 5, and the same command makes it right', async () => {
    await stall.add('harbor-advice')
    const blind = (marketplace: Marketplace): Marketplace => ({
      ...losing(99, 'after')(marketplace),
      release: async () => Promise.reject(lost()),
    })
    const run = await stall.publish({ over: blind })
    expect([outcomes(run), exitOf(run)]).toEqual([['failed'], 'marketplace'])
    expect(outcomes(await stall.publish())).toEqual(['unchanged'])
    expect(await products()).toMatchObject([{ releases: 1 }])
  })

  test('and again from another machine', async () => {
    await stall.add('harbor-advice')
    expect(outcomes(await stall.publish({ over: losing(99, 'before') }))).toEqual(['failed'])
    expect(outcomes(await stall.publish({ machine: 'other' }))).toEqual(['on-sale'])
    expect(await products()).toMatchObject([{ releases: 1 }])
  })
})

/** A colleague edits the newest release in the console. */
async function edit(key: string): Promise<void> {
  const { marketplace } = stall
  const id = (await marketplace.product(key))?.newest.id ?? ''
  const { contentDigest, manifest } = await marketplace.content(id)
  await marketplace.edit(id, contentDigest, { ...manifest, product: { ...Object(manifest.product), overview: edited } })
}
const edited = 'Edited by a colleague, in the console of the marketplace.'
const contentOf = async (key: string) =>
  JSON.stringify(await stall.marketplace.content((await stall.marketplace.product(key))?.newest.id ?? ''))

test('a lost request to undo an edit is not taken for done because of the release it was to replace', async () => {
  await stall.add('harbor-advice')
  await stall.publish()
  await edit('harbor-advice')
  const run = await stall.publish({ options: { overwrite: true }, over: losing(1, 'before') })
  expect(outcomes(run)).toEqual(['on-sale'])
  expect(await contentOf('harbor-advice')).not.toContain(edited)
  expect(await products()).toMatchObject([{ releases: 2 }])
})

test('what the client has given up on is sent once', async () => {
  await stall.add('harbor-advice')
  let asked = 0
  const throttling = (marketplace: Marketplace): Marketplace => ({
    ...marketplace,
    async createRelease() {
      asked += 1
      throw new Failure({ code: 'marketplace-throttled', exit: 'marketplace', message: 'It asks to wait an hour.' })
    },
  })
  expect(outcomes(await stall.publish({ over: throttling }))).toEqual(['failed'])
  expect(asked).toBe(1)
})

describe('a rejected release that is handed in again', () => {
  beforeEach(async () => {
    await stall.close()
    stall = await openStall({ review: 'reject' })
    await stall.add('harbor-advice')
    await stall.publish()
  })
  const resubmit = { resubmit: true, wait: { until: 'accepted', atMost: 1000 } } as const

  test('goes into review', async () => {
    expect(outcomes(await stall.publish({ options: resubmit }))).toEqual(['accepted'])
  })

  test('and was edited since it was planned stays, with exit 4', async () => {
    const editing = (marketplace: Marketplace): Marketplace => ({
      ...marketplace,
      async release(id) {
        await edit('harbor-advice')
        return marketplace.release(id)
      },
    })
    const run = await stall.publish({ options: resubmit, over: editing })
    expect([outcomes(run), exitOf(run)]).toEqual([['refused'], 'conflict'])
    expect(stall.calls.get('submit')).toBeUndefined()
  })

  test('and was edited at that moment is told, with exit 4', async () => {
    const editing = (marketplace: Marketplace): Marketplace => ({
      ...marketplace,
      async submit(id, token) {
        await edit('harbor-advice')
        return marketplace.submit(id, token)
      },
    })
    const run = await stall.publish({ options: resubmit, over: editing })
    expect([outcomes(run), exitOf(run)]).toEqual([['refused'], 'conflict'])
  })
})

describe('two publishers at once', () => {
  test('with other content: one wins, the other exits 4 and says what is there', async () => {
    await stall.add('harbor-advice')
    const faster = (marketplace: Marketplace): Marketplace => ({
      ...marketplace,
      async createRelease(request, token) {
        await stall.add('harbor-advice', (text) =>
          text.replace(/overview: .*/, 'overview: Another colleague was here.'),
        )
        await stall.publish({ machine: 'other' })
        return marketplace.createRelease(request, token)
      },
    })
    const run = await stall.publish({ over: faster })
    expect(run.rows).toMatchObject([{ outcome: 'refused', exit: 'conflict' }])
    expect(run.rows[0]?.message).toMatch(/is on sale there now/)
    expect(exitOf(run)).toBe('conflict')
    expect(await products()).toMatchObject([{ releases: 1 }])
  })

  test('with the same content: both are done', async () => {
    await stall.add('harbor-advice')
    const runs = await Promise.all([stall.publish(), stall.publish({ machine: 'other' })])
    expect(runs.flatMap(outcomes)).not.toContain('refused')
    expect(await products()).toMatchObject([{ releases: 1 }])
  })
})

test('the journal says what was about to be sent before it was, and the baseline what both sides agree on', async () => {
  await stall.add('harbor-advice')
  const seen: string[][] = []
  const looking = (marketplace: Marketplace): Marketplace => ({
    ...marketplace,
    async createRelease(request, token) {
      const { readFile } = await import('node:fs/promises')
      const [name = ''] = await readdir(join(stall.folder, 'mine-koo/journal'))
      seen.push((await readFile(join(stall.folder, 'mine-koo/journal', name), 'utf8')).trim().split('\n'))
      return marketplace.createRelease(request, token)
    },
  })
  await stall.publish({ over: looking })
  const [header = '', intent = ''] = seen[0] ?? []
  expect(JSON.parse(header)).toMatchObject({ format: 1, account: 'a' })
  expect(JSON.parse(intent)).toMatchObject({ is: 'intent', do: 'create', key: 'harbor-advice', revision: 0 })
  const { readFile, stat } = await import('node:fs/promises')
  const baseline = join(stall.folder, 'mine-koo/baselines/harbor-advice.json')
  const [product] = await products()
  expect(JSON.parse(await readFile(baseline, 'utf8'))).toMatchObject({
    productId: product?.id,
    revision: product?.revision,
    contentDigest: product?.newest.contentDigest,
  })
  expect((await stat(baseline)).mode & 0o777).toBe(0o600)
})

test('records that cannot be written take nothing from what was achieved', async () => {
  await stall.add('harbor-advice')
  const full = () => Promise.reject(new Failure({ code: 'cannot-write', exit: 'usage', message: 'The disk is full.' }))
  const journal = { intend: async () => {}, result: full, end: full }
  const run = await stall.publish({ tools: { journal } })
  expect([outcomes(run), exitOf(run)]).toEqual([['on-sale'], 'done'])
  const notices = stall.events.filter((event) => event.is === 'notice')
  expect(notices).toEqual([{ is: 'notice', text: 'The disk is full.' }])
  await stall.add('harbor-two')
  expect(outcomes(await stall.publish({ tools: { journal: { ...journal, intend: full } } }))).toContain('failed')
  expect(await products()).toHaveLength(1)
})

test('a file that many products share is sent once', async () => {
  for (const key of ['harbor-one', 'harbor-two', 'harbor-three']) await stall.add(key)
  expect(outcomes(await stall.publish())).toEqual(['on-sale', 'on-sale', 'on-sale'])
  expect(stall.calls.get('upload')).toBe(1)
})

test('once stopped nothing is begun, and what was begun is finished', async () => {
  for (const key of ['harbor-one', 'harbor-two', 'harbor-three']) await stall.add(key)
  const stop = new AbortController()
  const stopping = (marketplace: Marketplace): Marketplace => ({
    ...marketplace,
    async createRelease(request, token) {
      const created = await marketplace.createRelease(request, token)
      stop.abort()
      return created
    },
  })
  const run = await stall.publish({ over: stopping, tools: { stop: stop.signal }, options: { jobs: 1 } })
  expect(outcomes(run).sort()).toEqual(['in-review', 'not-sent', 'not-sent'])
  expect(exitOf(run)).toBe('stopped')
  expect(outcomes(await stall.publish()).sort()).toEqual(['on-sale', 'on-sale', 'unchanged'])
})

test('stopped while packages are looked at, nobody is asked and nothing is begun', async () => {
  for (const key of ['harbor-one', 'harbor-two', 'harbor-three']) await stall.add(key)
  const stop = new AbortController()
  let looked = 0
  let asked = 0
  const gate = async () => {
    looked += 1
    stop.abort()
    return []
  }
  const confirm = async () => {
    asked += 1
    return true
  }
  const run = await stall.publish({ tools: { stop: stop.signal, gate, confirm } })
  expect([looked, asked, outcomes(run), exitOf(run)]).toEqual([1, 0, Array(3).fill('not-sent'), 'stopped'])
})

test('when the time is up nothing is begun, and the next run does the rest', async () => {
  for (const key of ['harbor-one', 'harbor-two']) await stall.add(key)
  const run = await stall.publish({ options: { beginUntil: 0 } })
  expect([outcomes(run), exitOf(run)]).toEqual([['not-sent', 'not-sent'], 'partly'])
  expect(outcomes(await stall.publish())).toEqual(['on-sale', 'on-sale'])
})

test('on sale is believed only when the product shows it', async () => {
  await stall.add('harbor-advice')
  let stale = 2
  const forgetful = (marketplace: Marketplace): Marketplace => ({
    ...marketplace,
    async productsByKey(keys) {
      const found = await marketplace.productsByKey(keys)
      return stale-- > 0 ? new Map() : found
    },
  })
  expect(outcomes(await stall.publish({ over: forgetful }))).toEqual(['on-sale'])
  expect(stale).toBeLessThan(0)
})
