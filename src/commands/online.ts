/** What `--online` speaks to: the web for links, and the services that know the seller's images and assets. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { LookedUp } from '../online/look.ts'
import type { OnlinePorts } from '../online/look-ups.ts'
import type { World } from '../ports.ts'
import { type CheckedManifest, productsOf } from './manifests.ts'
import { type Embedded, startEmbedded } from './market.ts'
import { connector } from './services.ts'

interface Choice {
  readonly marketplace?: string | undefined
}

/** Looks at the manifests without errors; the others have to be mended first. */
export async function lookedUp(
  world: World,
  choice: Choice,
  checked: readonly CheckedManifest[],
): Promise<LookedUp & { readonly suppressed: number }> {
  const { lookOnline } = await import('../online/look.ts')
  const products = await productsOf(checked)
  const { ports, close } = openOnline(world, choice)
  try {
    const looked = await lookOnline(ports, products, world.emit)
    const diagnostics = await unsuppressed(looked.diagnostics, checked)
    return { ...looked, diagnostics, suppressed: looked.diagnostics.length - diagnostics.length }
  } finally {
    await close()
  }
}

/** What no comment in the manifests takes away; what is wrong with the comments has been told. */
async function unsuppressed(
  diagnostics: readonly FramedDiagnostic[],
  checked: readonly CheckedManifest[],
): Promise<readonly FramedDiagnostic[]> {
  if (diagnostics.length === 0) return diagnostics
  const [{ readSource }, { suppressed }] = await Promise.all([
    import('../check/source.ts'),
    import('../check/suppressions.ts'),
  ])
  const byFile = new Map<string, FramedDiagnostic[]>()
  for (const each of diagnostics) byFile.set(each.file, [...(byFile.get(each.file) ?? []), each])
  const taken = checked.flatMap(({ file, content }) => {
    const own = byFile.get(file)
    if (own === undefined) return []
    const { text, placeAt } = readSource(file, typeof content === 'string' ? Buffer.from(content) : content)
    return suppressed(text, own, placeAt).suppressed.map(({ diagnostic }) => diagnostic)
  })
  const gone = new Set(taken)
  return diagnostics.filter((each) => !gone.has(each))
}

/** Nothing is opened before a product needs it, so links need neither a marketplace nor credentials. */
function openOnline(world: World, choice: Choice): { readonly ports: OnlinePorts; close(): Promise<void> } {
  let sandbox: Promise<Embedded> | undefined
  const connectTo = connector(world, choice, async () => {
    sandbox ??= standIn(world)
    return (await sandbox).connection
  })
  return {
    ports: {
      links: once(() => world.links()),
      images: once(async () => world.images(await connectTo('imageService'))),
      assets: once(async () => world.assets(await connectTo('openApi'))),
    },
    close: async () => (await sandbox)?.close(),
  }
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

async function standIn(world: World): Promise<Embedded> {
  const sandbox = await startEmbedded(world, undefined)
  const text =
    'No marketplace is configured, so images and assets are looked up in the local sandbox, which knows any well-formed id. KOO_IMS_ENDPOINT and KOO_OPEN_API name Huawei Cloud’s own services.'
  world.emit({ is: 'notice', text })
  return sandbox
}
