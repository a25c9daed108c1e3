/** pnpm: pnpm-lock.yaml of the versions 6 and 9. */
import { parse } from 'yaml'
import { integrityHashes } from '../hashes.ts'
import { type Need, type Package, type Reading, reached, type SourceFile } from '../package.ts'
import { entries, type Fields, fields, isFields, textOf } from '../values.ts'
import { isVersion, npmPackage } from './npm.ts'

/** https://github.com/pnpm/spec/tree/master/lockfile */
export function pnpmLock({ text }: SourceFile): Reading {
  // Without types, 1.10 stays a text.
  const lock: unknown = parse(text, { schema: 'failsafe' })
  const version = isFields(lock) ? textOf(lock.lockfileVersion) : undefined
  if (!isFields(lock) || version === undefined) throw new Error('it has no `lockfileVersion`')
  if (!/^[69]\./.test(version)) throw new Error(`koo does not know lockfileVersion ${version}`)
  const packages: Package[] = []
  const leftOut: string[] = []
  const about = new Map(entries(lock.packages).map(([key, value]) => [keyOf(key), fields(value)]))
  // Version 9 keeps apart what a package is and, for each set of peers, what it needs.
  for (const [key, value] of entries(lock.snapshots ?? lock.packages)) {
    const id = keyOf(key)
    const bare = id.replace(/\(.*$/, '')
    const entry = about.get(bare) ?? about.get(id) ?? {}
    const at = bare.indexOf('@', 1)
    const name = textOf(entry.name) ?? bare.slice(0, Math.max(at, 0))
    const exact = textOf(entry.version) ?? bare.slice(at + 1)
    if (name === '' || !isVersion(exact)) leftOut.push(name === '' ? bare : name)
    else packages.push({ ...npmPackage(id, name, exact), hashes: hashesOf(entry), needs: needsOf(fields(value)) })
  }
  const importers = isFields(lock.importers) ? Object.values(lock.importers) : [lock]
  return reached({ packages, leftOut, roots: importers.flatMap((each) => needsOf(fields(each))) })
}

/** Version 6 writes `/name@1.0.0`. */
function keyOf(key: string): string {
  return key.replace(/^\//, '')
}

function hashesOf({ resolution }: Fields) {
  return integrityHashes(textOf(fields(resolution).integrity))
}

/** Of a package, or of an importer, which also says the range each version answers. */
function needsOf(entry: Fields): readonly Need[] {
  return [...entries(entry.dependencies), ...entries(entry.optionalDependencies)].map(([name, value]) => {
    const version = textOf(value) ?? textOf(fields(value).version) ?? ''
    // Under another name, or from elsewhere than a registry, the version is the whole key.
    return [`${name}@${version}`, keyOf(version)]
  })
}
