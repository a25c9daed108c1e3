/** `koo handoff`: what a person needs to enter products in Seller Console, and the record that it was done. */
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import { Failure, usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Product } from '../publish/product.ts'
import { command } from './command.ts'

/** Where the folders go unless something else is said. */
const defaultOut = 'handoff'

export const handoff = command({
  name: 'handoff',
  summary: 'prepare everything a person enters in Seller Console by hand',
  about:
    'KooGallery has no public API that releases products. For each product this makes FOLDER/KEY with index.html, a page that follows the console’s steps with every value to copy, the files named as the form wants them, a License package packed, and handoff.json, the same as data. Made again, a folder is replaced. Afterwards --done records the product ID KooGallery gave, so that status, diff and plan know of it (--marketplace seller-console).',
  arguments: '[paths...]',
  options: {
    out: { flag: '--out <folder>', about: `where the folders go (default: ${defaultOut})` },
    zip: { flag: '--zip', about: 'write KEY.zip beside each folder too' },
    scan: {
      flag: '--scan <mode>',
      about: 'run virus and vulnerability scanners on a package: auto, require or off (default: auto)',
    },
    done: { flag: '--done <product-id>', about: 'record that the product was entered, and its id on KooGallery' },
    forget: { flag: '--forget', about: 'remove what was recorded of the product' },
  },
  examples: [
    'koo handoff',
    'koo handoff products --out handoff --zip',
    'koo handoff products/crm --done 00301-12345-0--0',
    'koo status products/crm --marketplace seller-console',
  ],
  async run({ arguments: paths, options }, world): Promise<Outcome> {
    const { done, forget, out, zip, scan } = options
    if (done !== undefined || forget) {
      refuseBeside({ '--out': out, '--zip': zip, '--scan': scan }, forget ? '--forget' : '--done')
      if (done !== undefined && forget) throw usage('contradiction', '--done and --forget contradict each other.')
      const { forgotten, recorded } = await import('./handed-over.ts')
      return done === undefined ? forgotten(world, paths) : recorded(world, paths, done)
    }
    world.processors()
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    refusePlaceholders(read.diagnostics)
    const { scanModeOf } = await import('./gate.ts')
    const { handOff } = await import('./handoff-folder.ts')
    const made = await handOff(world, read.products, read.diagnostics, {
      out: out ?? defaultOut,
      zip: zip ?? false,
      scan: scanModeOf(scan),
    })
    return 'diagnostics' in made ? unsound(read.products, made.diagnostics) : { is: 'handed-off', ...made }
  },
})

function refuseBeside(flags: Readonly<Record<string, unknown>>, flag: string): void {
  for (const [other, value] of Object.entries(flags)) {
    if (value !== undefined) throw usage('contradiction', `${flag} only records, and ${other} contradicts it.`)
  }
}

/** A person would copy them as they are. */
function refusePlaceholders(diagnostics: readonly FramedDiagnostic[]): void {
  const found = diagnostics.filter(({ code }) => code === 'placeholder')
  const [first] = found
  if (first === undefined) return
  throw new Failure({
    code: 'placeholders',
    exit: 'findings',
    message: `${first.file}:${first.line} still holds a placeholder (${found.length} in all); nothing was written.`,
    hint: '`koo validate` shows them all.',
  })
}

function unsound(products: readonly Product[], diagnostics: readonly FramedDiagnostic[]): Outcome {
  if (!hasErrors(diagnostics)) throw new TypeError('only errors hold a hand-over')
  return { is: 'validated', files: products.map(({ file }) => file), diagnostics }
}
