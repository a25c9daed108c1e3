/** Every diagnostic code: a golden folder with one mistake and what koo says of it, and the examples of `koo explain`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { wholeManifest } from '../../src/check/examples.ts'
import { checkManifests } from '../../src/commands/manifests.ts'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import {
  type DiagnosticCode,
  type DiagnosticCodeRow,
  diagnosticCodeNames,
  diagnosticCodeRow,
} from '../../src/model/diagnostic-codes.ts'
import { fileReferences, packageGlobs } from '../../src/model/references.ts'
import type { Files, TreeEntry } from '../../src/ports.ts'

const golden = join(import.meta.dirname, 'golden')
/** What manifests name in their examples: a logo, documents, pictures, archives. */
const shared = join(import.meta.dirname, 'files')

/** Found by the marketplace, over the network or in a package; shown by tests of publishing, `--online` and the gate. */
const isElsewhere = ({ stage }: DiagnosticCodeRow): boolean => ['online', 'pack', 'review'].includes(stage)
const codes = diagnosticCodeNames.filter((code) => !isElsewhere(diagnosticCodeRow(code)))

/** Megabytes and gigabytes need not lie in the repository. */
const sizes: readonly (readonly [name: RegExp, bytes: number])[] = [
  [/heavy\.(png|pdf)$/, 30 * 1024 ** 2],
  [/large\.tar\.gz$/, 2 * 1024 ** 3],
  [/huge\.tar\.gz$/, 21 * 1024 ** 3],
]

/** What not every file system, and no repository, can hold. */
function oddities(entry: TreeEntry): readonly TreeEntry[] {
  if (entry.path.endsWith('.socket')) return [{ ...entry, kind: 'special' }]
  return entry.path === 'clashing/readme.md' ? [{ ...entry, path: 'clashing/README.md' }, entry] : [entry]
}

/** The files of a folder, and where one is not there, the shared ones; `texts` stand for manifests. */
function filesOf(folder: string, texts: Readonly<Record<string, string>> = {}): Files {
  const own = nodeFiles(folder, () => 'temporary')
  const common = nodeFiles(shared, () => 'temporary')
  return {
    ...own,
    read: async (path, most) => (texts[path] === undefined ? own.read(path, most) : Buffer.from(texts[path])),
    smallTexts: async (paths) =>
      Promise.all(paths.map(async (path) => texts[path] ?? (await own.smallTexts([path]))[0])),
    exists: async (path) => texts[path] !== undefined || own.exists(path),
    glob: async (base, patterns, ignore) => {
      const found = await own.glob(base, patterns, ignore).catch(() => [])
      return found.length > 0 ? found : common.glob('.', patterns, ignore)
    },
    tree: async (base, enters) => {
      const found = await own.tree(base, enters).catch(() => [])
      return (found.some(({ path }) => path.includes('/')) ? found : await common.tree('.', enters)).flatMap(oddities)
    },
    entry: async (path) => (await own.entry(path)) ?? common.entry(path),
    async fact(base, file, wanted) {
      const found = await own.fact(base, file, wanted).catch(() => ({ is: 'missing' }) as const)
      const fact = found.is === 'missing' ? await common.fact('.', file, wanted) : found
      const bytes = sizes.find(([name]) => name.test(file))?.[1]
      return fact.is === 'file' && bytes !== undefined ? { ...fact, bytes } : fact
    },
  }
}

async function diagnosticsIn(files: Files, paths: readonly string[]) {
  const checked = await checkManifests(files, paths)
  const found = checked.flatMap(({ diagnostics }) => diagnostics)
  return found.map(({ frame: _, hint = '', ...diagnostic }) => ({ ...diagnostic, hint: withoutRows(hint) }))
}

/** A hint may list the rows of the table; another row is no reason to touch a golden file. */
function withoutRows(hint: string): string {
  const traded = deliveryMethodIds.map(rowOf).filter(({ billing }) => billing.length > 0)
  return hint
    .replace(deliveryMethodIds.join(', '), '<every method>')
    .replace(traded.map(({ title }) => title).join(', '), '<every traded method>')
}

/** The manifests of an example, the earlier one first. */
function textsOf({ beside, without, bad }: DiagnosticCodeRow, part: string): Readonly<Record<string, string>> {
  const text = wholeManifest(part, part === bad ? without : undefined)
  return beside === undefined ? { 'koo.yaml': text } : { 'a/koo.yaml': wholeManifest(beside), 'b/koo.yaml': text }
}

async function makeGolden(code: DiagnosticCode): Promise<void> {
  const row = diagnosticCodeRow(code)
  for (const [name, text] of Object.entries(row.bad === undefined ? {} : textsOf(row, row.bad))) {
    await mkdir(dirname(join(golden, code, name)), { recursive: true })
    await writeFile(join(golden, code, name), text)
    await copyNamed(parse(text), dirname(join(golden, code, name)))
  }
}

/** So that `koo validate` of the folder itself shows the mistake and nothing else. */
async function copyNamed(manifest: unknown, folder: string): Promise<void> {
  const packed = (packageGlobs(manifest)?.files ?? []).map((glob) => glob.replace('/**', ''))
  const named = [...fileReferences(manifest).map(({ file }) => file), ...packed]
  for (const file of named.filter((each) => existsSync(join(shared, each)))) {
    await cp(join(shared, file), join(folder, file), { recursive: true, verbatimSymlinks: true })
  }
}

describe.each(codes)('%s', (code) => {
  const row = diagnosticCodeRow(code)

  test('has a golden folder, whose mistake is found and nothing beside it', async () => {
    const folder = join(golden, code)
    const update = process.env.UPDATE_GOLDEN !== undefined
    if (update && !existsSync(folder)) await makeGolden(code)
    const diagnostics = await diagnosticsIn(filesOf(folder), ['.'])
    const expected = join(folder, 'expected.json')
    if (update) {
      await mkdir(folder, { recursive: true })
      await writeFile(expected, `${JSON.stringify(diagnostics, null, 2)}\n`)
    }
    expect(diagnostics.map((each) => each.code)).toEqual([code])
    expect(diagnostics).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })

  test('says why, and where that is written', () => {
    expect(row.why.length).toBeGreaterThan(20)
    expect(row.what).toMatch(/^[A-Z].*\.$/)
    expect(row.mend).toMatch(/^[A-Z].*\.$/)
    expect(row.source).toMatch(/./)
  })

  if (row.bad !== undefined && row.good !== undefined) {
    const { bad, good } = row

    test('its bad example has this mistake and no other, in what the example shows', async () => {
      const texts = textsOf(row, bad)
      const [name = '', text = ''] = Object.entries(texts).at(-1) ?? []
      const [finding, ...others] = await diagnosticsIn(filesOf(shared, texts), Object.keys(texts))
      expect(others).toEqual([])
      expect(finding).toMatchObject({ code, file: expect.stringMatching(new RegExp(`${name}$`)) })
      const line = text.split('\n')[(finding?.line ?? 0) - 1] ?? ''
      const parts = bad.split('\n').map((each) => each.trim().replace(/\s*#.*/, ''))
      expect(parts.some((part) => part !== '' && line.includes(part.split(':')[0] ?? part))).toBe(true)
    })

    test('its good example is clean', async () => {
      const texts = textsOf(row, good)
      expect(await diagnosticsIn(filesOf(shared, texts), Object.keys(texts))).toEqual([])
    })
  }
})

test('there is no golden folder without a code', () => {
  expect(readdirSync(golden).sort()).toEqual([...codes].sort())
})
