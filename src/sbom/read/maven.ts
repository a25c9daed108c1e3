/** Java: pom.xml, the pom.properties Maven puts into what it builds, and names of .jar files. */
import type { Package, Reading, SourceFile } from '../package.ts'

/** https://maven.apache.org/pom.html#dependencies; only what stands there literally, because the rest takes Maven. */
export function pomXml({ text }: SourceFile): Reading {
  const pom = parted(text, '<!--', '-->').rest
  if (!/<project[\s>]/.test(pom)) throw new Error('it has no `<project>`')
  // These say which version or plug-in would be used, not that it is.
  const own = ['profiles', 'dependencyManagement', 'build', 'reporting'].reduce((left, tag) => without(left, tag), pom)
  const packages: Package[] = []
  const leftOut: string[] = []
  for (const dependency of parted(own, '<dependency>', '</dependency>').parts) {
    const said = without(dependency, 'exclusions')
    const value = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(said)?.[1]?.trim() ?? ''
    // Neither is part of what is delivered.
    if (['test', 'provided'].includes(value('scope'))) continue
    const [group, artifact, version] = [value('groupId'), value('artifactId'), value('version')]
    if ([group, artifact, version].every((each) => /^[\w.+-]+$/.test(each)))
      packages.push(made(group, artifact, version))
    else leftOut.push([group, artifact].filter((each) => each !== '').join(':'))
  }
  return { packages, leftOut }
}

function without(text: string, tag: string): string {
  return parted(text, `<${tag}>`, `</${tag}>`).rest
}

/** What is between two marks, and what is not; an expression would look for the second anew from each of the first. */
function parted(text: string, begin: string, end: string) {
  const parts: string[] = []
  const rest: string[] = []
  let at = 0
  for (let from = text.indexOf(begin); from >= 0; from = text.indexOf(begin, at)) {
    const to = text.indexOf(end, from + begin.length)
    if (to < 0) break
    parts.push(text.slice(from + begin.length, to))
    rest.push(text.slice(at, from))
    at = to + end.length
  }
  return { parts, rest: `${rest.join('')}${text.slice(at)}` }
}

/** https://maven.apache.org/shared/maven-archiver/#archive: an artifact names itself. */
export function pomProperties({ text }: SourceFile): Reading {
  const value = (key: string) => new RegExp(`^${key}[ \\t]*[=:][ \\t]*(\\S+)`, 'm').exec(text)?.[1] ?? ''
  const [group, artifact, version] = [value('groupId'), value('artifactId'), value('version')]
  if (group === '' || artifact === '' || version === '') throw new Error('it lacks a group, an artifact or a version')
  return { packages: [made(group, artifact, version)] }
}

/**
 * `guava-31.1-jre.jar` can only be guava 31.1-jre; `log4j-1.2-api-2.17.1.jar` may be either of two. Nobody knows the group,
 * without which there is no Maven package URL.
 */
export function jarName({ path }: { readonly path: string }): Reading {
  const stem = path.slice(path.lastIndexOf('/') + 1, -'.jar'.length)
  if (/-(sources|javadoc|tests)$/.test(stem)) return { packages: [] }
  const [at, ...others] = [...stem.matchAll(/-(?=\d)/g)].map(({ index }) => index)
  if (at === undefined || at === 0) return { packages: [] }
  if (others.length > 0) return { packages: [], leftOut: [stem] }
  return { packages: [{ id: stem, type: 'generic', name: stem.slice(0, at), version: stem.slice(at + 1) }] }
}

function made(namespace: string, name: string, version: string): Package {
  return { id: `${namespace}:${name}:${version}`, type: 'maven', namespace, name, version }
}
