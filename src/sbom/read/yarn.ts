/** Yarn: yarn.lock of version 1, which has a syntax of its own, and of later versions (Berry), which is YAML. */
import { parse } from 'yaml'
import { integrityHashes } from '../hashes.ts'
import { type Need, type Package, type Reading, reached, type SourceFile } from '../package.ts'
import { entries, fields, jsonFields, textOf } from '../values.ts'
import { npmPackage, wanted } from './npm.ts'

interface Entry {
  /** What it answers, as in `left-pad@^1.0.0`. */
  readonly descriptors: readonly string[]
  readonly name: string
  readonly version: string
  readonly integrity?: string | undefined
  readonly needs: readonly Need[]
}

/** The lock file does not tell what is for development only; the package.json beside it does. */
export function yarnLock({ text, beside }: SourceFile): Reading {
  const isBerry = /^__metadata:/m.test(text)
  const found = isBerry ? berry(text) : classic(text)
  // Each descriptor leads to the first of its entry, which is the id.
  const ids = new Map(found.flatMap(({ descriptors }) => descriptors.map((each) => [each, descriptors[0] ?? each])))
  const resolved = (need: Need): Need => need.flatMap((each) => ids.get(each) ?? [])
  const packages = found.map(
    ({ descriptors: [id = ''], name, version, integrity, needs }): Package => ({
      ...npmPackage(id, name, version),
      hashes: integrityHashes(integrity),
      needs: needs.map(resolved),
    }),
  )
  const manifest = beside === undefined ? {} : jsonFields(beside)
  // What members of a workspace need is written in their own package.json.
  if (beside === undefined || manifest.workspaces !== undefined) return { packages }
  return reached({ packages, roots: wanted(manifest).map(([name, range]) => resolved(answers(name, range))) })
}

/** https://classic.yarnpkg.com/lang/en/docs/yarn-lock/ */
function classic(text: string): readonly Entry[] {
  return text.split(/\r?\n(?=[^\s#])/).flatMap((block) => {
    const [head = '', ...lines] = block.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
    if (head === '') return []
    const descriptors = head
      .replace(/:$/, '')
      .split(/,\s*/)
      .map((each) => unquoted(each.trim()))
    const version = lines.map((line) => /^ {2}version (.+)$/.exec(line)?.[1]).find((each) => each !== undefined)
    const [first = ''] = descriptors
    if (!head.endsWith(':') || version === undefined) throw new Error(`\`${first}\` has no version`)
    const integrity = lines.map((line) => /^ {2}integrity (.+)$/.exec(line)?.[1]).find((each) => each !== undefined)
    const needs = lines.flatMap((line) => {
      const [, name, range] = /^ {4}("[^"]+"|\S+) (.+)$/.exec(line) ?? []
      return name === undefined || range === undefined ? [] : [answers(unquoted(name), unquoted(range))]
    })
    return [{ descriptors, name: realName(first), version: unquoted(version), integrity, needs }]
  })
}

/** https://yarnpkg.com/advanced/lexicon: an entry's `resolution` is its locator, `linkType: soft` a member of the workspace. */
function berry(text: string): readonly Entry[] {
  // Without types, 1.10 stays a text.
  return entries(parse(text, { schema: 'failsafe' })).flatMap(([key, value]) => {
    const entry = fields(value)
    const [resolution, version] = [textOf(entry.resolution), textOf(entry.version)]
    if (key === '__metadata' || entry.linkType === 'soft') return []
    if (resolution === undefined || version === undefined) throw new Error(`\`${key}\` has no version`)
    const needs = [...entries(entry.dependencies), ...entries(entry.peerDependencies)]
    return {
      descriptors: key.split(/,\s*/),
      name: nameOf(resolution),
      version,
      // Its checksum is of Yarn's own archive, so no hash of what the registry hands out.
      needs: needs.map(([name, range]) => answers(name, textOf(range) ?? '')),
    }
  })
}

/** Berry adds the protocol to a range that has none. */
function answers(name: string, range: string): Need {
  return [`${name}@${range}`, `${name}@npm:${range}`]
}

/** `alias@npm:name@range` → `name`. */
function realName(descriptor: string): string {
  return nameOf(/^@?[^@]+@npm:(@?[^@]+@.*)$/.exec(descriptor)?.[1] ?? descriptor)
}

function nameOf(descriptor: string): string {
  const at = descriptor.indexOf('@', 1)
  return at < 0 ? descriptor : descriptor.slice(0, at)
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}
