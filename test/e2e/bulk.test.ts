/** Hundreds or thousands of products in one run, some of them bad, some rejected, under a limit of requests. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openShop, type Run, type Shop, startSandbox } from './koo.ts'

const count = Number(process.env.KOO_BULK ?? 300)
/** Few products are to be published in seconds; thousands at the limit a real gateway has. */
const requestsPerSecond = count > 1000 ? 50 : 400
const isBad = (index: number) => index % 100 < 3
const bad = Array.from({ length: count }, (_, index) => index).filter(isBad).length

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

interface Row {
  readonly key: string
  readonly file: string
  readonly outcome: string
}

interface Attention extends Row {
  readonly diagnostics: readonly { readonly line: number; readonly column: number; readonly code: string }[]
}

/** The consulting example under many keys; in the bad ones the version is of no known form. */
async function stock(): Promise<void> {
  const example = join(shop.folder, 'examples/consulting')
  const text = await readFile(join(example, 'koo.yaml'), 'utf8')
  for (let index = 0; index < count; index++) {
    const key = `cost-consulting-${String(index).padStart(5, '0')}`
    const folder = join(shop.folder, 'products', key)
    await mkdir(folder, { recursive: true })
    await cp(join(example, 'logo.png'), join(folder, 'logo.png'))
    const own = text.replace(/key: .*/, `key: ${key}`)
    await writeFile(join(folder, 'koo.yaml'), isBad(index) ? own.replace(/version: .*/, 'version: v1') : own)
  }
}

function rowsOf({ stdout }: Run): readonly Row[] {
  return (JSON.parse(stdout) as { readonly products: readonly Row[] }).products
}

function counted(rows: readonly Row[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

test(
  `${count} products: the good ones are published, the others are reported, and another run touches only what is left`,
  async () => {
    await stock()
    const faults = [
      { fault: 'rate', requests: requestsPerSecond, burst: 20 },
      { fault: 'reviews', min: 0, max: 500, rejected: 0.02 },
    ]
    await writeFile(join(shop.folder, 'faults.json'), JSON.stringify({ faults }))
    const log = join(shop.folder, 'requests.ndjson')
    const sandbox = await startSandbox(shop, '--faults', 'faults.json', '--seed', '1', '--log', log)
    const publish = () =>
      shop.kooWith(sandbox.environment, 'publish', 'products', '--yes', '--keep-going', '--jobs', '8', '--json')
    const requests = async () =>
      (await readFile(log, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly operation: string; readonly status: number })

    const first = await publish()
    expect([first.code, first.stderr.slice(-500)]).toEqual([6, expect.anything()])
    const rows = rowsOf(first)
    const { rejected = 0, ...others } = counted(rows)
    // The seed decides how many; a share of 0.02 makes it about that many.
    expect(rejected).toBeGreaterThan(0)
    expect(rejected).toBeLessThan(count * 0.06)
    expect(others).toEqual({ invalid: bad, 'on-sale': count - bad - rejected })
    const attention = JSON.parse(await readFile(join(shop.folder, 'koo-needs-attention.json'), 'utf8')) as {
      readonly products: readonly Attention[]
    }
    expect(attention.products.map(({ file }) => file)).toEqual(
      rows
        .filter(({ outcome }) => outcome !== 'on-sale')
        .map(({ file }) => file)
        .sort(),
    )
    for (const { diagnostics } of attention.products) expect(diagnostics[0]?.line).toBeGreaterThan(0)

    const sent = await requests()
    const of = (operation: string, among = sent) =>
      among.filter((each) => each.operation === operation && each.status < 300).length
    expect([of('CreateRelease'), of('CreateUpload')]).toEqual([count - bad, 1])
    expect(sent.filter(({ status }) => status === 429).length).toBeLessThan(sent.length / 5)

    const second = await publish()
    expect(second.code).toBe(6)
    expect(counted(rowsOf(second))).toEqual({ invalid: bad, rejected, unchanged: count - bad - rejected })
    const again = (await requests()).slice(sent.length)
    for (const operation of ['CreateRelease', 'CreateUpload', 'UploadPart', 'SubmitRelease']) {
      expect([operation, of(operation, again)]).toEqual([operation, 0])
    }
    expect(of('ShowAccount', again)).toBeLessThanOrEqual(2)
    // A request for each hundred products, and a few for each of those that were rejected.
    expect(again.length).toBeLessThan(10 + Math.ceil(count / 100) * 2 + rejected * 3)
  },
  Math.max(240_000, count * 400),
)
