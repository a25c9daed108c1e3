/** The generated files that are kept in the repository, by path. A test compares them with what stands on disk. */
import { billingTitle, deliveryMethodIds, deploymentTitle, rowOf } from '../model/delivery-methods.ts'
import { exitCodes } from '../model/exit-codes.ts'
import { schemaFiles } from '../model/schema.ts'
import { settings } from '../model/settings.ts'
import { coverage } from './coverage.ts'
import { markdownTable } from './markdown-table.ts'
import { marketplaceApi } from './marketplace-api.ts'

/** `read` gives the text of a file of the repository. */
export async function keptFiles(read: (path: string) => Promise<string>): Promise<Readonly<Record<string, string>>> {
  const schemas = Object.entries(schemaFiles()).map(([name, schema]) => [
    `schemas/${name}`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ])
  const { types, operations } = await marketplaceApi(await read('schemas/marketplace.openapi.yaml'))
  return {
    ...Object.fromEntries(schemas),
    'src/model/marketplace-api.ts': types,
    'src/sandbox/operations.ts': operations,
    'src/check/rules/README.md': coverage(),
    'README.md': withTables(await read('README.md')),
  }
}

/** The tables of the README stand between `<!-- table: NAME -->` and `<!-- end -->`. */
function withTables(text: string): string {
  return text.replace(/(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, start, name: string, end) => {
    const table = tables[name]
    if (table === undefined) throw new Error(`README.md asks for an unknown table: ${name}`)
    return `${start}\n${table()}\n\n${end}`
  })
}

const tables: Readonly<Record<string, () => string>> = {
  'delivery-methods': () =>
    markdownTable(
      ['Category', 'Delivery method', 'Id', 'Deployment location', 'Billing mode', 'Deliverable'],
      deliveryMethodIds.map((id) => {
        const { category, title, deployment, billing, deliverable } = rowOf(id)
        const cells = [deploymentTitle(deployment), billingTitle(billing), deliverable?.title ?? '/']
        return [category, title, `\`${id}\``, ...cells]
      }),
    ),
  'exit-codes': () =>
    markdownTable(
      ['Code', 'Meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
  settings: () =>
    markdownTable(
      ['Variable', 'Meaning'],
      Object.entries(settings).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
}
