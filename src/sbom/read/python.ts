/** Python's lock files: Pipfile.lock, poetry.lock and uv.lock. */
import { parse } from 'smol-toml'
import { onlyHash } from '../hashes.ts'
import { type Need, type Package, type Reading, reached, type SourceFile } from '../package.ts'
import { entries, type Fields, fields, isFields, jsonFields, list, textOf, textsOf } from '../values.ts'
import { normalized, pythonPackage, requiredName } from './requirements.ts'

/** https://pipenv.pypa.io/en/latest/pipfile.html; `develop` holds what only developers need. */
export function pipfileLock({ text }: SourceFile): Reading {
  const lock = jsonFields(text)
  if (!isFields(lock.default)) throw new Error('it has no `default`')
  const packages: Package[] = []
  const leftOut: string[] = []
  for (const [name, value] of entries(lock.default)) {
    const entry = fields(value)
    const version = /^={2,3}(.+)$/.exec(textOf(entry.version) ?? '')?.[1]
    if (version === undefined) leftOut.push(name)
    else packages.push({ ...pythonPackage(name, name, version), hashes: onlyHash(textsOf(entry.hashes)) })
  }
  return { packages, leftOut }
}

/** https://python-poetry.org/docs/basic-usage/; what is asked for at run time is in pyproject.toml. */
export function poetryLock({ text, beside }: SourceFile): Reading {
  const lock = parse(text)
  const older = fields(fields(lock.metadata).files)
  const packages = list(lock.package).flatMap((value): readonly Package[] => {
    const entry = fields(value)
    const { name, version } = named(entry)
    if (isForDevelopers(entry)) return []
    const files = list(entry.files ?? older[name]).flatMap((each) => textOf(fields(each).hash) ?? [])
    const needs = Object.keys(fields(entry.dependencies)).map((each): Need => [normalized(each)])
    return [{ ...pythonPackage(normalized(name), name, version), hashes: onlyHash(files), needs }]
  })
  const roots = beside === undefined ? [] : projectNeeds(fields(parse(beside)))
  return roots.length === 0 ? { packages } : reached({ packages, roots })
}

/** `category` until Poetry 1.4, `groups` since 2.0. */
function isForDevelopers({ category, groups }: Fields): boolean {
  return category === 'dev' || (Array.isArray(groups) && !groups.includes('main'))
}

function projectNeeds({ project, tool }: Fields): readonly Need[] {
  const { dependencies, 'optional-dependencies': extras } = fields(project)
  const standard = [dependencies, ...Object.values(fields(extras))].flatMap(textsOf)
  const own = Object.keys(fields(fields(fields(tool).poetry).dependencies)).filter((name) => name !== 'python')
  return [...standard.flatMap((each) => requiredName(each) ?? []), ...own].map((name) => [normalized(name)])
}

/** https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
export function uvLock({ text }: SourceFile): Reading {
  const lock = parse(text)
  if (lock.version === undefined) throw new Error('it has no `version`')
  const packages: Package[] = []
  const roots: Need[] = []
  for (const entry of list(lock.package).map(fields)) {
    const needs = [entry.dependencies, ...Object.values(fields(entry['optional-dependencies']))].flatMap(uvNeeds)
    // The product and the members of its workspace; what developers need is in `dev-dependencies`.
    if (isOwn(fields(entry.source))) roots.push(...needs)
    else {
      const { name, version } = named(entry)
      const files = [entry.sdist, ...list(entry.wheels)].flatMap((each) => textOf(fields(each).hash) ?? [])
      packages.push({ ...pythonPackage(`${name}@${version}`, name, version), hashes: onlyHash(files), needs })
    }
  }
  const first = new Map(packages.toReversed().map(({ id, name }) => [name, id]))
  // Only where there are several versions of a package is it said which one is needed.
  const told = (need: Need): Need => [...need, ...need.flatMap((name) => first.get(normalized(name)) ?? [])]
  const whole = packages.map((each) => ({ ...each, needs: each.needs?.map(told) }))
  return roots.length === 0 ? { packages: whole } : reached({ packages: whole, roots: roots.map(told) })
}

function uvNeeds(value: unknown): readonly Need[] {
  return list(value).flatMap((each) => {
    const { name, version } = fields(each)
    return textOf(name) === undefined ? [] : [[textOf(version) === undefined ? `${name}` : `${name}@${version}`]]
  })
}

function isOwn(source: Fields): boolean {
  return ['virtual', 'editable', 'directory'].some((key) => source[key] !== undefined)
}

function named(entry: Fields): { readonly name: string; readonly version: string } {
  const [name, version] = [textOf(entry.name), textOf(entry.version)]
  if (name === undefined || version === undefined) throw new Error('a package has no name or no version')
  return { name, version }
}
