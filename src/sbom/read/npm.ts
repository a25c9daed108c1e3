/** npm: package-lock.json and npm-shrinkwrap.json (v1 to v3), and what is installed in node_modules. */
import { integrityHashes } from '../hashes.ts'
import { folderOf, type Need, type Package, type Reading, type SourceFile, splitName } from '../package.ts'
import { entries, type Fields, fields, isFields, jsonFields, list, textOf } from '../values.ts'

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export function packageLock({ text }: SourceFile): Reading {
  const lock = jsonFields(text)
  if (isFields(lock.packages)) return flat(lock.packages)
  if (lock.lockfileVersion === 1 || isFields(lock.dependencies)) return nested(lock)
  throw new Error('it has neither `packages` nor `dependencies`')
}

/** v2 and v3: packages by the folder they are installed in. */
function flat(packages: Fields): Reading {
  const found: Package[] = []
  const roots: Need[] = []
  const leftOut: string[] = []
  for (const [path, value] of Object.entries(packages)) {
    const entry = fields(value)
    const name = textOf(entry.name) ?? nameAt(path)
    // The product itself and the members of its workspace are the seller's own, whatever their version.
    if (name === undefined || !isInstalled(path)) roots.push(...needsAt(path, entry))
    else if (entry.link !== true && entry.dev !== true && entry.extraneous !== true) {
      const version = textOf(entry.version)
      if (version === undefined) leftOut.push(name)
      else found.push(made(path, name, version, entry))
    }
  }
  return { packages: found, roots, leftOut }
}

/** v1: packages in a tree, as node_modules nests them. */
function nested(lock: Fields): Reading {
  const packages: Package[] = []
  const leftOut: string[] = []
  const visit = (folder: string, children: unknown) => {
    for (const [alias, value] of entries(children)) {
      const entry = fields(value)
      if (entry.dev === true) continue
      const path = [...(folder === '' ? [] : [folder]), 'node_modules', alias].join('/')
      const [name, version] = aliased(alias, textOf(entry.version) ?? '')
      if (isVersion(version)) packages.push(made(path, name, version, { ...entry, dependencies: entry.requires }))
      else leftOut.push(alias)
      visit(path, entry.dependencies)
    }
  }
  visit('', lock.dependencies)
  return { packages, leftOut }
}

/** A package in node_modules is there in exactly the version it says. */
export function installedNode({ path, text }: SourceFile): Reading {
  const entry = jsonFields(text)
  const [name, version] = [textOf(entry.name), textOf(entry.version)]
  if (name === undefined || version === undefined) return { packages: [] }
  return { packages: [made(folderOf(path), name, version, entry)] }
}

/** A package.json without a lock file: what it asks for, where that is one version. */
export function packageJson({ path, text, has }: SourceFile): Reading {
  const folder = folderOf(path)
  const packages: Package[] = []
  const leftOut: string[] = []
  const roots: Need[] = []
  for (const [alias, range] of wanted(jsonFields(text))) {
    const need = candidates(folder, alias)
    const id = `${path}#${alias}`
    roots.push([...need, id])
    if (need.some((each) => has(`${each}/package.json`))) continue
    const [name, version] = aliased(alias, range)
    if (isVersion(version)) packages.push(made(id, name, version, {}))
    else leftOut.push(alias)
  }
  return { packages, leftOut, roots }
}

/** What a package.json asks for at run time, with its version ranges. */
export function wanted(manifest: Fields): readonly (readonly [name: string, range: string])[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies']
    .flatMap((group) => entries(manifest[group]))
    .map(([name, range]) => [name, textOf(range) ?? ''])
}

export function npmPackage(id: string, name: string, version: string): Package {
  return { id, type: 'npm', ...splitName(name), version }
}

/** `npm:real-name@range` stands for a package under another name. */
export function aliased(name: string, range: string): readonly [name: string, range: string] {
  const [, real, rest] = /^npm:(@?[^@]+)@(.*)$/.exec(range) ?? []
  return real === undefined || rest === undefined ? [name, range] : [real, rest]
}

/** One version rather than a range, an address or a folder. */
export function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(text)
}

function made(path: string, name: string, version: string, entry: Fields): Package {
  return {
    ...npmPackage(path, name, version),
    licences: licencesOf(entry),
    hashes: integrityHashes(textOf(entry.integrity)),
    needs: needsAt(path, entry),
  }
}

/** `license: MIT`; old packages have `license: { type: MIT }` or a list of such `licenses`. */
function licencesOf({ license, licenses }: Fields): readonly string[] {
  return [license, ...list(licenses)].flatMap((each) => textOf(each) ?? textOf(fields(each).type) ?? [])
}

function needsAt(path: string, entry: Fields): readonly Need[] {
  return wanted(entry).map(([name]) => candidates(path, name))
}

/** Where Node.js looks for a module that a package in a folder asks for: there, and in each folder above. */
function candidates(path: string, name: string): Need {
  const parts = path === '' ? [] : path.split('/')
  const found: string[] = []
  for (let length = parts.length; length >= 0; length -= 1) {
    if (parts[length - 1] === 'node_modules') continue
    found.push([...parts.slice(0, length), 'node_modules', name].join('/'))
  }
  return found
}

function isInstalled(path: string): boolean {
  return /(^|\/)node_modules\//.test(path)
}

function nameAt(path: string): string | undefined {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1]
}
