/** The generated files that are kept in the repository, by path. A test compares them with what stands on disk. */
import { schemaFiles } from '../model/schema.ts'

export async function keptFiles(_read: (path: string) => Promise<string>): Promise<Readonly<Record<string, string>>> {
  const schemas = Object.entries(schemaFiles()).map(([name, schema]) => [
    `schemas/${name}`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ])
  return Object.fromEntries(schemas)
}
