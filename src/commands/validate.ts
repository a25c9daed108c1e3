/** `koo validate`: everything koo can find wrong before a reviewer does. */
import { command } from './command.ts'

export const validate = command({
  name: 'validate',
  summary: 'check manifests against the schemas and KooGallery’s release rules',
  about: 'Reads files, folders (searched for koo.yaml, koo.yml, koo.json) and globs; the current folder by default.',
  arguments: '[paths...]',
  options: {},
  examples: ['koo validate', 'koo validate examples', 'koo validate "products/*/koo.yaml" --format json'],
  async run({ arguments: paths }, world) {
    const { checkManifests } = await import('./manifests.ts')
    const checked = await checkManifests(world.files, paths)
    return { is: 'validated', files: checked.length, diagnostics: checked.flatMap((each) => each.diagnostics) }
  },
})
