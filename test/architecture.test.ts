/** Keeps the import table of `src/README.md`, and the rules on where the world and the table's names may occur. */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, posix } from 'node:path'
import { expect, test } from '@jest/globals'
import { deliveryMethodIds } from '../src/model/delivery-methods.ts'

/** What a part may import besides itself; with a slash or colon at its end, all that begins so. */
const table: Readonly<Record<string, readonly string[]>> = {
  model: [],
  'ports.ts': ['model/'],
  'version.ts': [],
  check: ['model/', 'yaml', 'fastest-levenshtein', 'diff'],
  sbom: [
    ...['model/', 'ports.ts', 'version.ts', 'node:crypto'],
    ...['yaml', 'smol-toml', '@cyclonedx/cyclonedx-library', 'packageurl-js'],
  ],
  pack: [
    ...['model/', 'ports.ts', 'sbom/', 'ignore', 'picomatch', 'tar-stream', 'yauzl'],
    ...['node:crypto', 'node:zlib', 'node:stream', 'node:util'],
  ],
  signing: ['model/', 'node:crypto'],
  licensing: ['model/', 'ports.ts', 'signing/', 'check/suggest.ts', 'jose', 'node:crypto'],
  publish: ['model/', 'ports.ts', 'pack/', 'p-limit', 'node:crypto'],
  scaffold: [
    'model/',
    'ports.ts',
    'check/suggest.ts',
    'check/plain-yaml.ts',
    'check/yaml-options.ts',
    'yaml',
    'node:zlib',
  ],
  sheet: [
    ...['model/', 'check/suggest.ts', 'pack/zip.ts', 'pack/archive-entry.ts', 'node:zlib'],
    ...['csv-parse', 'saxes', 'yauzl'],
  ],
  access: ['model/', 'ports.ts', 'signing/', 'node:crypto'],
  web: ['model/', 'preact', 'preact-render-to-string', 'node:crypto'],
  listing: ['model/', 'ports.ts', 'web/', 'preact', 'preact-render-to-string', 'markdown-it', 'diff'],
  sandbox: [
    ...['model/', 'ports.ts', 'check/', 'signing/', 'listing/', 'web/', 'access/', 'publish/changes.ts'],
    ...['fastify', 'libsql', 'ajv', 'preact', 'node:'],
  ],
  // Of `sarif` there are only types.
  report: [
    ...[
      'model/',
      'ports.ts',
      'version.ts',
      'web/',
      'chalk',
      'ora',
      'cli-table3',
      'get-east-asian-width',
      'sarif',
      'preact',
    ],
  ],
  online: ['model/', 'ports.ts', 'p-limit'],
  gate: ['model/', 'ports.ts', 'picomatch'],
  commands: [
    ...['model/', 'ports.ts', 'version.ts', 'check/', 'pack/', 'publish/', 'online/', 'scaffold/', 'sandbox/'],
    ...['signing/', 'licensing/', 'gate/', 'sheet/', 'listing/', 'access/'],
  ],
  adapters: [
    ...['model/', 'ports.ts', 'version.ts', 'signing/', 'node:'],
    ...['undici', '@aws-sdk/client-s3', 'p-limit', 'inquirer', 'env-paths', 'picomatch', 'image-size'],
  ],
  'command-line.ts': ['model/', 'ports.ts', 'version.ts', 'commands/', 'commander'],
  'main.ts': ['model/', 'version.ts', 'command-line.ts', 'adapters/', 'report/'],
  'koo.ts': ['main.ts', 'adapters/'],
}

interface Source {
  /** Its path under `src`. */
  readonly file: string
  /** Without its comments. */
  readonly code: string
}

interface Import {
  readonly at: string
  /** The folder under `src`, or the file there. */
  readonly part: string
  readonly how: 'value' | 'type' | 'dynamic'
  /** A path under `src`, or the name of a package. */
  readonly what: string
}

const folder = new URL('../src/', import.meta.url)
const names = await readdir(folder, { recursive: true })
const sources = await Promise.all(
  names
    .map((name) => name.replaceAll('\\', '/'))
    // The build is no part of the program, and what runs in a browser is bundled by itself.
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('build/') && !name.startsWith('web/browser/'))
    .map(async (file) => sourceOf(file, await readFile(new URL(file, folder), 'utf8'))),
)
const imports = sources.flatMap(importsOf)

function sourceOf(file: string, text: string): Source {
  // Only comments that stand alone, because globs and addresses look like comments too.
  const code = text.replace(/^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm, (comment) => comment.replace(/[^\n]/g, ''))
  return { file, code }
}

function partOf(file: string): string {
  return file.split('/')[0] ?? file
}

function find({ file, code }: Source, pattern: RegExp) {
  return [...code.matchAll(pattern)].map((match) => {
    const line = code.slice(0, match.index + match[0].length).split('\n').length
    return { at: `src/${file}:${line}`, match }
  })
}

function importsOf(source: Source): readonly Import[] {
  const { file } = source
  const made = (at: string, how: Import['how'], from: string): Import => {
    const what = from.startsWith('.') ? posix.join(dirname(file), from) : from
    return { at, part: partOf(file), how, what }
  }
  const names = String.raw`(?:\{[^}]*\}|\*(?: as \w+)?|\w+(?:, \{[^}]*\})?)`
  const fixed = find(source, new RegExp(`^(?:import|export) (type )?(?:${names} from )?'([^']+)'`, 'gm'))
  const dynamic = find(source, /\bimport\(\s*'([^']+)'/g)
  return [
    ...fixed.map(({ at, match: [, type, from = ''] }) => made(at, type === undefined ? 'value' : 'type', from)),
    ...dynamic.map(({ at, match: [, from = ''] }) => made(at, 'dynamic', from)),
  ]
}

function isAllowed({ part, what }: Import): boolean {
  const allowed = [part, `${part}/`, ...(table[part] ?? [])]
  return allowed.some((each) => {
    if (what === each) return true
    // A package's own parts, such as ajv/dist/2020.js, come with it.
    return what.startsWith(/[/:]$/.test(each) ? each : `${each}/`)
  })
}

const said = (found: readonly Import[]) => found.map(({ at, how, what }) => `${at} imports ${what} (${how})`)

/** Places where a pattern occurs outside the parts that may have it. */
function occurrences(pattern: RegExp, where: (file: string) => boolean, among = sources): readonly string[] {
  return among
    .filter(({ file }) => where(file))
    .flatMap((source) => find(source, pattern).map(({ at, match }) => `${at} has ${match[0]}`))
}

const world = /\bprocess\.|\bconsole\.|\bfetch\(|\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b/g
/** A command may be called as a method is (`koo license`); its name is another word. */
const methodNames = new RegExp(`(?<!^  name: )(['"\`])(${deliveryMethodIds.join('|')})\\1`, 'gm')
const methodSwitch = /\bswitch \([^)]*\bmethod\b/g

test('every import is in the table', () => {
  expect(Object.keys(table).sort()).toEqual([...new Set(sources.map(({ file }) => partOf(file)))].sort())
  expect(imports.length).toBeGreaterThan(sources.length)
  expect(said(imports.filter((each) => !isAllowed(each)))).toEqual([])
})

test('of SARIF there are only types, so that nothing is loaded', () => {
  expect(said(imports.filter(({ what, how }) => what === 'sarif' && how !== 'type'))).toEqual([])
})

test('model imports nothing from outside, ports only types', () => {
  expect(said(imports.filter(({ part, what }) => part === 'model' && !what.startsWith('model/')))).toEqual([])
  expect(said(imports.filter(({ part, how }) => part === 'ports.ts' && how !== 'type'))).toEqual([])
  expect(occurrences(/^(export )?(const|let|function|class|async)\b/gm, (file) => file === 'ports.ts')).toEqual([])
})

test('the sandbox is loaded by the commands that open one, and only then', () => {
  const users = imports.filter(({ part, what }) => part !== 'sandbox' && what.startsWith('sandbox/'))
  expect(users.length).toBeGreaterThan(0)
  expect(said(users.filter(({ part, how }) => part !== 'commands' || how === 'value'))).toEqual([])
})

test('check is synchronous', () => {
  expect(occurrences(/\basync\b|\bawait\b|\bPromise\b|\bimport\(/g, (file) => file.startsWith('check/'))).toEqual([])
})

test('only the adapters touch the world', () => {
  expect(occurrences(world, (file) => !file.startsWith('adapters/') && file !== 'koo.ts')).toEqual([])
})

test('only the table names the delivery methods', () => {
  const others = (file: string) => file !== 'model/delivery-methods.ts'
  expect(occurrences(methodNames, others)).toEqual([])
  expect(occurrences(methodSwitch, others)).toEqual([])
})

test('each rule finds what breaks it', () => {
  const broken = sourceOf(
    'check/broken.ts',
    [
      "import { nodeFiles } from '../adapters/node-files.ts'",
      'import {',
      '  readFile,',
      "} from 'node:fs/promises'",
      "import type { Sandbox } from '../sandbox/sandbox.ts'",
      "import './shape.ts'",
      "// import { never } from 'left-pad'",
      "export { deliveryMethods } from '../model/delivery-methods.ts'",
      "const { parse } = await import('yaml/util')",
      'switch (manifest.delivery.method) {',
      `  case '${deliveryMethodIds[0]}': console.log(Date.now(), Math.random(), new Date(), process.argv, fetch('x'))`,
      '}',
    ].join('\n'),
  )
  const found = importsOf(broken)
  expect(found).toHaveLength(6)
  expect(said(found.filter((each) => !isAllowed(each)))).toEqual([
    'src/check/broken.ts:1 imports adapters/node-files.ts (value)',
    'src/check/broken.ts:4 imports node:fs/promises (value)',
    'src/check/broken.ts:5 imports sandbox/sandbox.ts (type)',
  ])
  const everywhere = (pattern: RegExp) => occurrences(pattern, () => true, [broken])
  expect(everywhere(world)).toHaveLength(6)
  expect(everywhere(methodNames)).toHaveLength(1)
  expect(everywhere(methodSwitch)).toEqual(['src/check/broken.ts:10 has switch (manifest.delivery.method'])
})
