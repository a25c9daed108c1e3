/** One verdict for every manifest: the schemas, koo and two validators of other hands agree, and agree with the table. */
import { type SpawnOptions, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { checkShape } from '../../src/check/shape.ts'
import { type DeliveryMethod, deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import type { Finding } from '../../src/model/diagnostic.ts'
import { exampleOf, type Variant, variantsOf } from './variants.ts'

interface Judged extends Variant {
  readonly findings: readonly Finding[]
  readonly verdicts: Readonly<
    Record<'koo' | 'ajv' | 'ajv-cli' | 'jsonschema' | 'jsonschema --fast', boolean | undefined>
  >
  /** The methods whose own schema takes it. */
  readonly takers: readonly DeliveryMethod[]
}

const require = createRequire(import.meta.url)
let folder: string
let judged: readonly Judged[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-agreement-'))
  judged = await judge((await Promise.all(deliveryMethodIds.map(variantsOf))).flat())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** KooGallery's page "Delivery Methods", read apart from the table in the code. */
const page: Readonly<Record<string, readonly [deployment: readonly string[], billing: readonly string[]]>> = {
  saas: [['seller-public-cloud'], ['yearly-monthly', 'buyout']],
  license: [
    ['customer-public-cloud', 'customer-private-cloud'],
    ['yearly-monthly', 'buyout'],
  ],
  image: [['customer-public-cloud'], ['yearly-monthly', 'pay-per-use']],
  'professional-service': [[], ['yearly-monthly', 'buyout']],
  hardware: [[], ['buyout']],
  consulting: [[], []],
}

test('the table is that of the page', () => {
  const rows = deliveryMethodIds.map((id) => [id, [rowOf(id).deployment, rowOf(id).billing]])
  expect(Object.fromEntries(rows)).toMatchObject(page)
})

describe.each(deliveryMethodIds)('%s', (method) => {
  const own = () => judged.filter((each) => each.method === method)

  test('there is enough to disagree on', () => {
    const sound = own().filter(({ verdicts }) => verdicts.koo)
    const known = own().filter((each) => each.sound !== undefined)
    expect(sound.length).toBeGreaterThan(50)
    expect(own().length - sound.length).toBeGreaterThan(300)
    expect(known.length).toBeGreaterThan(300)
    expect(own().filter(({ at }) => at !== undefined).length).toBeGreaterThan(300)
  })

  test('all agree', () => {
    const disputed = own().filter(({ verdicts }) => new Set(Object.values(verdicts)).size !== 1)
    expect(disputed.map(({ says, verdicts }) => ({ says, verdicts }))).toEqual([])
  })

  test('what is known beforehand is what is found', () => {
    const wrong = own().filter(({ sound, verdicts }) => sound !== undefined && sound !== verdicts.koo)
    expect(wrong.map(({ says, sound, findings }) => ({ says, sound, findings }))).toEqual([])
  })

  test('its schema takes its manifests, and no other schema does', () => {
    const wrong = own().filter(({ takers, verdicts }) => takers.join() !== (verdicts.ajv ? method : ''))
    expect(wrong.map(({ says, takers, verdicts }) => ({ says, takers, verdicts }))).toEqual([])
  })

  test('one mistake is one finding, where the mistake is', () => {
    const wrong = own().filter(
      ({ at, findings }) =>
        at !== undefined && findings.length > 0 && (findings.length > 1 || findings[0]?.path !== at),
    )
    expect(wrong.map(({ says, findings }) => ({ says, findings }))).toEqual([])
  })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d, which YAML has and JSON has not, is no price', async (price) => {
  const [method] = deliveryMethodIds.filter((id) => rowOf(id).billing.length > 0)
  const example = structuredClone(await exampleOf(method ?? 'saas'))
  const [first] = example.specifications as { price: number }[]
  if (first) first.price = price
  expect(checkShape(example)).toMatchObject([{ code: 'wrong-type', path: '/specifications/0/price' }])
})

async function judge(variants: readonly Variant[]): Promise<readonly Judged[]> {
  const name = (index: number) => `${String(index).padStart(5, '0')}.json`
  await Promise.all(variants.map(({ text }, index) => writeFile(join(folder, name(index)), text)))
  const schema = await compiled('manifest')
  const schemas = await Promise.all(deliveryMethodIds.map(async (id) => ({ id, takes: await compiled(id) })))
  const [ajvCli, exhaustive, fast] = await Promise.all([
    ajvCliVerdicts(),
    jsonschemaVerdicts(),
    jsonschemaVerdicts('--fast'),
  ])
  return variants.map((variant, index) => {
    const value: unknown = JSON.parse(variant.text)
    const findings = checkShape(value)
    return {
      ...variant,
      findings,
      verdicts: {
        koo: findings.length === 0,
        ajv: schema(value),
        'ajv-cli': ajvCli.get(name(index)),
        jsonschema: exhaustive.get(name(index)),
        'jsonschema --fast': fast.get(name(index)),
      },
      takers: schemas.filter(({ takes }) => takes(value)).map(({ id }) => id),
    }
  })
}

const schemaFile = (name: string) => resolve('schemas', `${name}.schema.json`)

async function compiled(name: string): Promise<(value: unknown) => boolean> {
  return new Ajv({ strict: true }).compile(JSON.parse(await readFile(schemaFile(name), 'utf8')))
}

function ajvCliVerdicts() {
  const args = ['validate', '--spec=draft7', '--errors=no', '-s', schemaFile('manifest'), '-d', '*.json']
  return verdicts(require.resolve('ajv-cli/dist/index.js'), args, /^(?<name>\S+) (?<verdict>valid|invalid)$/gm, 'valid')
}

function jsonschemaVerdicts(...mode: readonly string[]) {
  const script = join(dirname(require.resolve('@sourcemeta/jsonschema')), 'cli.js')
  const args = ['validate', schemaFile('manifest'), '.', '--continue', '--verbose', ...mode]
  return verdicts(script, args, /^(?<verdict>ok|fail): (?<name>\S+)$/gm, 'ok')
}

/**
 * One process for all files; that it ends with a code because some are invalid is expected. It prints to a file,
 * because ajv-cli exits before a pipe has taken everything.
 */
async function verdicts(script: string, args: readonly string[], line: RegExp, good: string) {
  const path = join(folder, `${randomUUID()}.txt`)
  const output = await open(path, 'w')
  const options: SpawnOptions = { cwd: folder, stdio: ['ignore', output.fd, output.fd] }
  await once(spawn(process.execPath, [script, ...args], options), 'close')
  await output.close()
  const lines = [...(await readFile(path, 'utf8')).matchAll(line)]
  return new Map(lines.map(({ groups }) => [groups?.name, groups?.verdict === good]))
}
