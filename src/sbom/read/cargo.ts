/** Rust: Cargo.lock. */
import { parse } from 'smol-toml'
import { hash } from '../hashes.ts'
import type { Need, Package, Reading, SourceFile } from '../package.ts'
import { fields, list, textOf, textsOf } from '../values.ts'

/** https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html; it does not tell what only developers need. */
export function cargoLock({ text }: SourceFile): Reading {
  const packages: Package[] = []
  const roots: Need[] = []
  for (const entry of list(parse(text).package).map(fields)) {
    const [name, version] = [textOf(entry.name), textOf(entry.version)]
    if (name === undefined || version === undefined) throw new Error('a package has no name or no version')
    const needs = textsOf(entry.dependencies).map((each): Need => [idOf(each)])
    // Without a source: a member of the seller's own workspace.
    if (textOf(entry.source) === undefined) roots.push(...needs)
    else {
      const hashes = hash('sha256', textOf(entry.checksum))
      packages.push({ id: `${name} ${version}`, type: 'cargo', name, version, hashes, needs })
    }
  }
  const first = new Map(packages.toReversed().map(({ id, name }) => [name, id]))
  // Only where there are several versions of a package is it said which one is needed.
  const told = (need: Need): Need => [...need, ...need.flatMap((name) => first.get(name) ?? [])]
  return {
    packages: packages.map((each) => ({ ...each, needs: each.needs?.map(told) })),
    roots: roots.length === 0 ? undefined : roots.map(told),
  }
}

/** `name`, `name version` or `name version (source)`. */
function idOf(written: string): string {
  return written.replace(/ \(.*\)$/, '')
}
