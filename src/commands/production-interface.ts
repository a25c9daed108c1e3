/** Which production interface is meant: an address, or what a manifest says. */
import { type Charging, chargingOf } from '../model/access/charging.ts'
import { type Billing, billings } from '../model/delivery-methods.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import type { Files } from '../ports.ts'

type Named =
  | { readonly is: 'interface'; readonly url: string; readonly charging: readonly Charging[] | undefined }
  | { readonly is: 'unsound'; readonly files: readonly string[]; readonly diagnostics: readonly FramedDiagnostic[] }

/**
 * @param named an address, or a manifest or its folder
 * @throws {Failure} (usage) where no product, or several, or none with a production interface is there.
 */
export async function interfaceNamed(files: Files, named: string): Promise<Named> {
  if (/^https?:/i.test(named)) return { is: 'interface', url: named, charging: undefined }
  const { readProducts } = await import('./manifests.ts')
  const read = await readProducts(files, [named])
  if (read.is === 'unsound') return read
  const [product, ...others] = read.products
  const url = textAt(product?.manifest, 'delivery', 'productionUrl')
  if (product === undefined || others.length > 0 || url === undefined) {
    const why = others.length > 0 ? 'Here are several products.' : 'No product with a production interface is here.'
    throw usage('no-interface', why, 'Give the address: koo access test https://…')
  }
  return { is: 'interface', url, charging: chargingsIn(product.manifest) }
}

function textAt(manifest: unknown, part: string, name: string): string | undefined {
  const value = (manifest as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> | undefined)?.[
    part
  ]
  const text = value?.[name]
  return typeof text === 'string' ? text : undefined
}

/** How its specifications are sold; undefined where it has none. */
function chargingsIn(manifest: unknown): readonly Charging[] | undefined {
  const { specifications } = manifest as { readonly specifications?: readonly { readonly billing?: unknown }[] }
  const modes = (specifications ?? []).flatMap(({ billing }) =>
    typeof billing === 'string' && Object.hasOwn(billings, billing) ? [chargingOf[billing as Billing]] : [],
  )
  return modes.length === 0 ? undefined : [...new Set(modes)]
}
