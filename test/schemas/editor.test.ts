/** The schemas in an editor: hover, completion and diagnostics of the language server that editors use for YAML. */
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { getLanguageService, type LanguageService } from 'yaml-language-server'
import { billings, type DeliveryMethod, deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import { productFields } from '../../src/model/product-fields.ts'

const root = new URL('../../', import.meta.url)

/** Every address the editor asked for. */
const asked: string[] = []
let service: LanguageService
/** The server keeps what it made of a document for as long as the version is the same. */
let version = 0

beforeAll(() => {
  service = getLanguageService({
    schemaRequestService: (address) => {
      asked.push(address)
      return readFile(new URL(address), 'utf8')
    },
    workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
  })
  service.configure({ validate: true, hover: true, completion: true, format: false })
})

/** An example as it is opened in the editor, after a change. */
async function opened(method: DeliveryMethod, change: (text: string) => string = same) {
  const address = new URL(`examples/${method}/koo.yaml`, root)
  const text = change(await readFile(address, 'utf8'))
  return TextDocument.create(address.href, 'yaml', ++version, text)
}

const same = (text: string) => text
const withTheSchemaForAll = (text: string) => text.replace(/schemas\/\S+/, 'schemas/manifest.schema.json')

function place(document: TextDocument, text: string): { readonly line: number; readonly character: number } {
  const at = document.positionAt(document.getText().indexOf(text) + text.length)
  if (at.line === 0) throw new Error(`The document does not say ${text}.`)
  return at
}

async function problems(
  document: TextDocument,
): Promise<readonly { readonly line: number; readonly message: string }[]> {
  const found = await service.doValidation(document, false)
  return found.map(({ message, range }) => ({ line: range.start.line, message }))
}

async function offers(document: TextDocument, after: string): Promise<readonly string[]> {
  const { items } = await service.doComplete(document, place(document, after), false)
  return items.map(({ label }) => label)
}

const traded = deliveryMethodIds.filter((id) => rowOf(id).billing.length > 0)

describe.each([
  ['the schema of the method', same],
  ['the schema for all', withTheSchemaForAll],
])('with %s', (_, attach) => {
  test.each(deliveryMethodIds)('the example of %s has no problems', async (method) => {
    expect(await problems(await opened(method, attach))).toEqual([])
  })

  test('a field says what it is and what belongs there', async () => {
    const document = await opened('saas', attach)
    const hover = await service.doHover(document, place(document, '  vers'))
    const { title, about, form } = productFields.version
    const text = JSON.stringify(hover?.contents)
    for (const said of [title, about, form.says]) expect(text).toContain(said)
  })

  test('the fields of the method are offered', async () => {
    const unfinished = (text: string) => attach(text).replace(/^ {2}(productionUrl|link): .*$/m, '  ')
    const saas = await offers(await opened('saas', unfinished), 'release workspaces.\n  ')
    expect(saas).toEqual(expect.arrayContaining(['productionUrl', 'deployment']))
    expect(saas).not.toContain('link')
    const consulting = await offers(await opened('consulting', unfinished), '  method: consulting\n  ')
    expect(consulting).toContain('link')
    expect(consulting).not.toContain('productionUrl')
  })

  test.each(traded)('the billing modes of %s and no others are offered', async (method) => {
    const document = await opened(method, (text) => attach(text).replace(/billing: \S+/, 'billing: '))
    const modes = (await offers(document, 'billing: ')).filter((label) => Object.hasOwn(billings, label))
    expect(modes.sort()).toEqual([...rowOf(method).billing].sort())
  })

  test.each(traded)('a billing mode that %s has not is a problem of its line', async (method) => {
    const wrong = Object.keys(billings).find((id) => !rowOf(method).billing.some((own) => own === id))
    const document = await opened(method, (text) => attach(text).replace(/billing: \S+/, `billing: ${wrong}`))
    const [problem, ...others] = await problems(document)
    expect(others).toEqual([])
    expect(problem?.line).toBe(place(document, `billing: ${wrong}`).line)
    for (const mode of rowOf(method).billing) expect(problem?.message).toContain(mode)
  })

  test('a misspelt key is a problem of its line', async () => {
    const document = await opened('saas', (text) => attach(text).replace('productionUrl:', 'productionURL:'))
    const lines = (await problems(document)).map(({ line }) => line)
    expect(lines).toContain(place(document, 'productionURL').line)
  })
})

test('with the schema for all, an unknown delivery method is the only problem', async () => {
  const document = await opened('saas', (text) => withTheSchemaForAll(text).replace('method: saas', 'method: sass'))
  expect(await problems(document)).toMatchObject([{ line: place(document, 'method: sass').line }])
})

test('nothing but the schemas was asked for', () => {
  expect(asked.length).toBeGreaterThan(deliveryMethodIds.length)
  expect(asked.filter((address) => !address.startsWith(new URL('schemas/', root).href))).toEqual([])
})
