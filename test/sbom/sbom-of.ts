/** Software packages in memory, and what sbomOf makes of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sbom, sbomOf } from '../../src/sbom/sbom.ts'

export type Contents = Readonly<Record<string, string | Uint8Array>>

/** The parts of a BOM that tests look at. */
export interface Bom {
  readonly serialNumber: string
  readonly metadata: { readonly timestamp?: string; readonly component: { readonly 'bom-ref': string } }
  readonly components: readonly {
    readonly purl: string
    readonly name: string
    readonly group?: string
    readonly version: string
    readonly licenses?: unknown
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
}

export const product = { key: 'harbor-crm', name: 'Harbor CRM', version: 'V1.2' }

const fixtures = join(import.meta.dirname, 'fixtures')

/** The files of a folder of fixtures, below a folder of the software package. */
export function fixture(name: string, below = ''): Contents {
  const folder = join(fixtures, name)
  return Object.fromEntries(readdirSync(folder).map((file) => [`${below}${file}`, readFileSync(join(folder, file))]))
}

export const fixtureNames = readdirSync(fixtures)

export function sbomIn(contents: Contents, more: { readonly time?: Date } = {}): Promise<Sbom | undefined> {
  const read = async (path: string) => {
    const content = contents[path]
    if (content === undefined) throw new Error(`there is no ${path}`)
    return typeof content === 'string' ? new TextEncoder().encode(content) : content
  }
  return sbomOf({ read, paths: Object.keys(contents), product, ...more })
}

export async function bomIn(contents: Contents): Promise<Sbom & { readonly bom: Bom }> {
  const made = await sbomIn(contents)
  if (made === undefined) throw new Error('there is no SBOM')
  return { ...made, bom: JSON.parse(made.text) }
}

export async function purlsIn(contents: Contents): Promise<readonly string[]> {
  return (await bomIn(contents)).bom.components.map(({ purl }) => purl)
}

/** What a component, or the product itself, depends on. */
export function needs({ dependencies, metadata }: Bom, ref = metadata.component['bom-ref']): readonly string[] {
  return dependencies.find((each) => each.ref === ref)?.dependsOn ?? []
}
