/** What several files tell of the same packages → one list, and one graph of who needs whom. */
import type { Hash, Need, Package, Reading } from './package.ts'
import { purlOf } from './purl.ts'

export interface Source {
  readonly path: string
  /** Ids mean the same within it. */
  readonly scope: string
  readonly reading: Reading
}

export interface Component extends Pick<Package, 'type' | 'namespace' | 'name' | 'version'> {
  readonly purl: string
  /** Sorted, as everything here is. */
  readonly licences: readonly string[]
  readonly hashes: readonly Hash[]
  readonly needs: readonly string[]
}

export interface Merged {
  readonly components: readonly Component[]
  /** Package URLs of what the product itself needs; everything can be reached from them. */
  readonly roots: readonly string[]
  /** Packages whose names or versions are impossible, with the file that says so. */
  readonly impossible: readonly { readonly path: string; readonly name: string }[]
}

interface Known {
  readonly first: Package
  readonly licences: Set<string>
  readonly hashes: Hash[]
  readonly needs: Set<string>
}

export function merge(sources: readonly Source[]): Merged {
  const byPurl = new Map<string, Known>()
  const byId = new Map<string, string>()
  const impossible: { path: string; name: string }[] = []
  const all = sources.flatMap(({ path, scope, reading }) =>
    reading.packages.flatMap((each) => {
      const purl = purlOf(each)
      if (purl === undefined) impossible.push({ path, name: each.name })
      else byId.set(`${scope}\n${each.id}`, purl)
      return purl === undefined ? [] : [{ scope, purl, each }]
    }),
  )
  const resolve = (scope: string, need: Need): string | undefined => {
    const id = need.find((each) => byId.has(`${scope}\n${each}`))
    return id === undefined ? undefined : byId.get(`${scope}\n${id}`)
  }
  const named = new Set(all.flatMap(({ each }) => (each.type === 'maven' ? [nameAndVersion(each)] : [])))
  for (const { scope, purl, each } of all) {
    // A .jar whose group another file knows.
    if (each.type === 'generic' && named.has(nameAndVersion(each))) continue
    const known = byPurl.get(purl) ?? { first: each, licences: new Set(), hashes: [], needs: new Set() }
    byPurl.set(purl, known)
    for (const licence of each.licences ?? []) known.licences.add(licence)
    for (const hash of each.hashes ?? []) known.hashes.push(hash)
    for (const need of each.needs ?? []) addOther(known.needs, resolve(scope, need), purl)
  }
  const roots = new Set<string>()
  for (const { scope, reading } of sources) {
    for (const need of reading.roots ?? []) addOther(roots, resolve(scope, need), '')
  }
  const components = [...byPurl].sort(([a], [b]) => (a < b ? -1 : 1)).map(([purl, known]) => component(purl, known))
  return { components, roots: wholeRoots(components, roots), impossible }
}

function component(purl: string, { first, licences, hashes, needs }: Known): Component {
  const { type, namespace, name, version } = first
  return {
    purl,
    type,
    namespace,
    name,
    version,
    licences: [...licences].sort(),
    hashes: sure(hashes),
    needs: [...needs].sort(),
  }
}

/** Where two files disagree, neither is believed. */
function sure(hashes: readonly Hash[]): readonly Hash[] {
  const contents = new Map<Hash['name'], Set<string>>()
  for (const { name, content } of hashes) contents.set(name, (contents.get(name) ?? new Set()).add(content))
  return [...contents]
    .flatMap(([name, [content = '', ...others]]) => (others.length > 0 ? [] : [{ name, content }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What cannot be reached otherwise is needed by the product itself, for all anybody knows. */
function wholeRoots(components: readonly Component[], told: ReadonlySet<string>): readonly string[] {
  const needsOf = new Map(components.map(({ purl, needs }) => [purl, needs]))
  const needed = new Set(components.flatMap(({ needs }) => needs))
  const reached = new Set<string>()
  const roots = new Set<string>()
  const reach = (root: string) => {
    if (reached.has(root) && !told.has(root)) return
    roots.add(root)
    const waiting = [root]
    for (let purl = waiting.pop(); purl !== undefined; purl = waiting.pop()) {
      if (reached.has(purl)) continue
      reached.add(purl)
      for (const need of needsOf.get(purl) ?? []) waiting.push(need)
    }
  }
  for (const purl of told) if (needsOf.has(purl)) reach(purl)
  // Those nothing needs come first, so that what they need is not taken for the product's own need.
  const purls = components.map(({ purl }) => purl)
  for (const purl of purls) if (!needed.has(purl)) reach(purl)
  for (const purl of purls) reach(purl)
  return [...roots].sort()
}

function addOther(into: Set<string>, purl: string | undefined, than: string): void {
  if (purl !== undefined && purl !== than) into.add(purl)
}

function nameAndVersion({ name, version }: Package): string {
  return `${name} ${version}`
}
