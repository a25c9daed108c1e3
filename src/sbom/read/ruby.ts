/** Ruby: Gemfile.lock. */
import { hash } from '../hashes.ts'
import type { Need, Package, Reading, SourceFile } from '../package.ts'

/** https://bundler.io/man/bundle-lock.1.html; the groups, as of development, are not in it. */
export function gemfileLock({ text }: SourceFile): Reading {
  const packages: { gem: Package; needs: Need[] }[] = []
  const roots: Need[] = []
  const checksums = new Map<string, string>()
  let section = ''
  for (const line of text.split(/\r?\n/)) {
    section = /^[A-Z][A-Z ]+$/.exec(line)?.[0] ?? section
    const [, indent = '', name = '', version, rest = ''] = /^( +)([\w.-]+)!?(?: \(([^)]*)\))?!?(.*)$/.exec(line) ?? []
    if (name === '') continue
    if (section === 'DEPENDENCIES') roots.push([name])
    else if (section === 'CHECKSUMS') checksums.set(`${name} ${version}`, rest)
    else if (indent.length === 4 && version !== undefined && isSource(section)) {
      packages.push({ gem: made(name, version), needs: [] })
    } else if (indent.length === 6) packages.at(-1)?.needs.push([name])
  }
  if (section === '') throw new Error('it has no sections')
  return {
    packages: packages.map(({ gem, needs }) => ({ ...gem, needs, hashes: sha256(checksums.get(written(gem))) })),
    roots: roots.length === 0 ? undefined : roots,
  }
}

/** Gems under PATH are the seller's own. */
function isSource(section: string): boolean {
  return section === 'GEM' || section === 'GIT'
}

/** `1.15.4-x86_64-linux` is version and platform. */
function made(name: string, written: string): Package {
  const at = written.indexOf('-')
  const version = at < 0 ? written : written.slice(0, at)
  const qualifiers = at < 0 ? undefined : { platform: written.slice(at + 1) }
  return { id: name, type: 'gem', name, version, qualifiers }
}

function written({ name, version, qualifiers }: Package): string {
  return qualifiers === undefined ? `${name} ${version}` : `${name} ${version}-${qualifiers.platform}`
}

function sha256(rest: string | undefined) {
  return hash('sha256', /\bsha256=([0-9a-f]+)/.exec(rest ?? '')?.[1])
}
