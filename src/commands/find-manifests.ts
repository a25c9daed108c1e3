/** Which manifests a command is about. */
import { usage } from '../model/failure.ts'
import { manifestNames } from '../model/manifest.ts'
import type { Files } from '../ports.ts'

const ignored = ['**/node_modules/**', '**/.git/**']

/**
 * The manifest files that files, folders and globs name, each once, in a stable order. What `isIgnored` tells is left
 * out unless it is named itself.
 */
export async function findManifests(
  files: Files,
  paths: readonly string[],
  isIgnored: (path: string) => boolean = () => false,
): Promise<readonly string[]> {
  const found = new Map<string, string>()
  for (const path of paths.length === 0 ? ['.'] : paths) {
    // `koo.yaml` and `./koo.yaml` are one.
    for (const each of await manifestsAt(files, path, isIgnored)) {
      const shown = files.shown(each)
      if (!found.has(shown)) found.set(shown, each)
    }
  }
  return [...found.values()]
}

async function manifestsAt(
  files: Files,
  path: string,
  isIgnored: (path: string) => boolean,
): Promise<readonly string[]> {
  if (await files.isFolder(path)) {
    const inside = (await files.find(path, manifestNames)).map((each) => files.join(path, each))
    const wanted = inside.filter((each) => !isIgnored(each))
    if (wanted.length > 0) return wanted
    throw usage(
      'no-manifest',
      `There is no ${manifestNames[0]} in ${files.shown(path) === '.' ? 'this folder' : files.shown(path)}${inside.length > 0 ? ' but those koo.config.yaml ignores' : ''}.`,
      '`koo init` writes one.',
    )
  }
  if (await files.exists(path)) return [path]
  if (!/[*?[{]|[@!+]\(/.test(path)) {
    throw usage('no-file', `There is no file or folder ${path}.`, 'Name a manifest, a folder or a glob.')
  }
  const matched = new Set(await files.glob('.', [path], ignored))
  for (const folder of await foldersMatching(files, path)) {
    for (const inside of await files.find(folder, manifestNames)) matched.add(files.join(folder, inside))
  }
  const wanted = [...matched].filter((each) => !isIgnored(each))
  if (wanted.length === 0) throw usage('no-file', `The glob ${path} matches no manifest.`)
  return wanted.sort()
}

/** Folders a glob matches, told by the manifests in them. A glob with the suffix of a manifest names files. */
async function foldersMatching(files: Files, glob: string): Promise<readonly string[]> {
  if (/\.(ya?ml|json)$/.test(glob)) return []
  const named = manifestNames.map((name) => `${glob.replace(/\/$/, '')}/${name}`)
  const inside = await files.glob('.', named, ignored)
  return [...new Set(inside.map((each) => each.slice(0, each.lastIndexOf('/'))))]
}
