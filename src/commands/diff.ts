/** `koo diff`: what differs between the manifests here and the marketplace. */
import { usage } from '../model/failure.ts'
import { productFields } from '../model/product-fields.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { command } from './command.ts'
import { handOversOf, manifestsOf } from './hand-overs.ts'
import { marketplaceOptions, withMarket } from './market.ts'
import { planToolsOf } from './planning.ts'

export const diff = command({
  name: 'diff',
  summary: 'show how manifests and files differ from what is on the marketplace',
  about:
    'Takes manifests, folders, or keys of products whose manifest lies below this folder. Compares with the release on sale, else with the newest, field by field (- marketplace, + here), and files by their hashes; tells what was changed on the marketplace. With --exit-code it is a check for drift.',
  arguments: '[paths-or-keys...]',
  options: {
    ...marketplaceOptions,
    exitCode: { flag: '--exit-code', about: 'exit with 1 where anything differs, with 0 where nothing does' },
  },
  examples: ['koo diff', 'koo diff examples/saas', 'koo diff harbor-crm --exit-code', 'koo diff products --json'],
  async run({ arguments: names, options }, world) {
    const read = await productsOf(world, names)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    const { diffProducts } = await import('../publish/differ.ts')
    return withMarket(world, options, async (market) => {
      const products = await diffProducts(await planToolsOf(world, market), read.products)
      const byHand = await handOversOf(world, market, manifestsOf(read.products))
      return { is: 'diffed', marketplace: market.name, products, exitCode: options.exitCode ?? false, ...byHand }
    })
  },
})

type ReadProducts = Awaited<ReturnType<typeof import('./manifests.ts')['readProducts']>>

/** The manifests named, and those below this folder with one of the keys named. */
async function productsOf(world: World, names: readonly string[]): Promise<ReadProducts> {
  const { readProducts } = await import('./manifests.ts')
  const isKey = new RegExp(productFields.key.form.pattern, 'u')
  const paths: string[] = []
  const keys = new Set<string>()
  for (const name of names) {
    if (isKey.test(name) && !(await world.files.exists(name))) keys.add(name)
    else paths.push(name)
  }
  if (keys.size === 0) return readProducts(world.files, paths)
  const keyed = await readProducts(world.files, ['.'], keys)
  if (keyed.is === 'unsound') return keyed
  const known = new Set(keyed.products.map(({ manifest }) => manifest.product.key))
  const missing = [...keys].find((key) => !known.has(key))
  if (missing !== undefined) {
    throw usage(
      'no-manifest',
      `No manifest below this folder has the product key ${missing}.`,
      `Name its manifest; \`koo pull ${missing}\` makes one of what the marketplace has.`,
    )
  }
  if (paths.length === 0) return keyed
  const named = await readProducts(world.files, paths)
  if (named.is === 'unsound') return named
  const products = new Map<string, Product>([...named.products, ...keyed.products].map((each) => [each.file, each]))
  return { ...named, products: [...products.values()] }
}
