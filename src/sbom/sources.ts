/** Which files tell of packages, and who reads them. */
import { folderOf, type Read } from './package.ts'
import { cargoLock } from './read/cargo.ts'
import { composerLock, installedComposer } from './read/composer.ts'
import { goMod } from './read/go.ts'
import { jarName, pomProperties, pomXml } from './read/maven.ts'
import { installedNode, packageJson, packageLock } from './read/npm.ts'
import { nugetLock } from './read/nuget.ts'
import { pnpmLock } from './read/pnpm.ts'
import { pipfileLock, poetryLock, uvLock } from './read/python.ts'
import { installedPython, pyproject, requirements } from './read/requirements.ts'
import { gemfileLock } from './read/ruby.ts'
import { yarnLock } from './read/yarn.ts'

export interface SourceKind {
  readonly read: Read
  /** Its name tells all there is to know. */
  readonly nameOnly?: true
  /** The file beside it that says what is needed for what. */
  readonly beside?: string
  /** Packages each of which is described by a file of its own find each other under this. */
  readonly together?: string
}

const lockFiles: Readonly<Record<string, SourceKind>> = {
  'package-lock.json': { read: packageLock },
  'npm-shrinkwrap.json': { read: packageLock },
  'yarn.lock': { read: yarnLock, beside: 'package.json' },
  'pnpm-lock.yaml': { read: pnpmLock },
  'Pipfile.lock': { read: pipfileLock },
  'poetry.lock': { read: poetryLock, beside: 'pyproject.toml' },
  'uv.lock': { read: uvLock },
  'Cargo.lock': { read: cargoLock },
  'go.mod': { read: goMod },
  'composer.lock': { read: composerLock, beside: 'composer.json' },
  'Gemfile.lock': { read: gemfileLock },
  'packages.lock.json': { read: nugetLock },
  'pom.xml': { read: pomXml },
}

/** A manifest counts where no lock file, beside it or above, says more. */
const manifests: Readonly<Record<string, SourceKind & { readonly locks: readonly string[] }>> = {
  'package.json': {
    read: packageJson,
    together: 'node_modules',
    locks: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'],
  },
  'pyproject.toml': { read: pyproject, locks: ['poetry.lock', 'uv.lock', 'Pipfile.lock'] },
}

const installed: readonly (readonly [path: RegExp, kind: SourceKind])[] = [
  [/(^|\/)node_modules\/(@[^/]+\/)?[^/@][^/]*\/package\.json$/, { read: installedNode, together: 'node_modules' }],
  [/\.dist-info\/METADATA$/, { read: installedPython, together: 'site-packages' }],
  [/(^|\/)vendor\/composer\/installed\.json$/, { read: installedComposer }],
  [/(^|\/)META-INF\/maven\/.*\/pom\.properties$/, { read: pomProperties }],
  [/\.jar$/, { read: jarName, nameOnly: true }],
]

/** What others wrote and shipped with their packages says how these were made, not what they need. */
const ofOthers = /(^|\/)(node_modules|site-packages|dist-packages|vendor|META-INF)\//

/** Requirements of developers are not installed with the product. */
const requirementsFile = /^requirements(?![-_.](dev|test|doc|lint|ci)[^/]*$).*\.txt$/

/** Undefined for a file that tells nothing. */
export function sourceKind(path: string, has: (path: string) => boolean): SourceKind | undefined {
  const found = installed.find(([pattern]) => pattern.test(path))?.[1]
  if (found !== undefined || ofOthers.test(path)) return found
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (Object.hasOwn(lockFiles, name)) return lockFiles[name]
  if (requirementsFile.test(name)) return { read: requirements }
  const manifest = Object.hasOwn(manifests, name) ? manifests[name] : undefined
  return manifest?.locks.some((lock) => isAbove(lock, path, has)) ? undefined : manifest
}

/** The path of the file beside another. */
export function besideOf(path: string, name: string): string {
  return inFolder(folderOf(path), name)
}

function isAbove(name: string, path: string, has: (path: string) => boolean): boolean {
  let folder = path
  do {
    folder = folderOf(folder)
    if (has(inFolder(folder, name))) return true
  } while (folder !== '')
  return false
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
