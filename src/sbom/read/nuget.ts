/** .NET: packages.lock.json of NuGet. */
import type { Need, Package, Reading, SourceFile } from '../package.ts'
import { entries, fields, isFields, jsonFields, textOf } from '../values.ts'

/**
 * https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies
 *
 * Its `contentHash` is of a package without its signature, so no hash of the file the registry hands out.
 */
export function nugetLock({ text }: SourceFile): Reading {
  const lock = jsonFields(text)
  if (!isFields(lock.dependencies)) throw new Error('it has no `dependencies`')
  const packages: Package[] = []
  const roots: Need[] = []
  for (const [framework, group] of entries(lock.dependencies)) {
    const id = (name: string) => `${framework} ${name.toLowerCase()}`
    for (const [name, value] of entries(group)) {
      const entry = fields(value)
      const needs = Object.keys(fields(entry.dependencies)).map((each): Need => [id(each)])
      const version = textOf(entry.resolved)
      // Another project of the seller's.
      if (entry.type === 'Project') roots.push(...needs)
      else if (version === undefined) throw new Error(`\`${name}\` has no version`)
      else {
        if (entry.type === 'Direct') roots.push([id(name)])
        packages.push({ id: id(name), type: 'nuget', name, version, needs })
      }
    }
  }
  return { packages, roots }
}
