/** The SBOM as a whole: valid CycloneDX, the same bytes for the same files, and no broken file stops it. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { isExpression } from '../../src/sbom/licences.ts'
import { sbomOf } from '../../src/sbom/sbom.ts'
import { type Bom, bomIn, type Contents, fixture, fixtureNames, product, purlsIn, sbomIn } from './sbom-of.ts'

const root = join(import.meta.dirname, '../..')
const everything: Contents = Object.assign({}, ...fixtureNames.map((name) => fixture(name, `${name}/`)))

/** The schema that OWASP publishes, as the library brings it. */
function schemaOf(name: string): object {
  const library = createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')
  return JSON.parse(readFileSync(join(dirname(library), 'res/schema', name), 'utf8'))
}

// Formats, of addresses and times, would take another library.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
  ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}`)
}
const validate = ajv.compile(schemaOf('bom-1.6.SNAPSHOT.schema.json'))

function errorsIn(bom: unknown) {
  validate(bom)
  return validate.errors ?? []
}

describe('it is CycloneDX 1.6', () => {
  test.each([...fixtureNames, 'everything'])('%s', async (name) => {
    const { bom } = await bomIn(name === 'everything' ? everything : fixture(name))
    expect(errorsIn(bom)).toEqual([])
  })

  test('without components too', async () => {
    const { bom, components } = await bomIn({ 'package.json': '{}' })
    expect(components).toBe(0)
    expect(errorsIn(bom)).toEqual([])
  })

  test('and another text would not pass', async () => {
    const { bom } = await bomIn(fixture('cargo'))
    const [first] = bom.components
    expect(errorsIn({ ...bom, specVersion: 1.6 })).not.toEqual([])
    expect(errorsIn({ ...bom, components: [first, first] })).not.toEqual([])
    expect(
      errorsIn({ ...bom, components: [{ ...first, licenses: [{ license: { id: 'MIT License' } }] }] }),
    ).not.toEqual([])
  })
})

test('the product stands at its top, koo among its tools, and everything can be reached from the product', async () => {
  const { bom, components, from } = await bomIn(everything)
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: {
      tools: { components: [{ type: 'application', name: 'koo' }] },
      component: { type: 'application', 'bom-ref': 'harbor-crm@V1.2', name: 'Harbor CRM', version: 'V1.2' },
    },
  })
  expect(components).toBe(bom.components.length)
  expect(from).toEqual([...from].sort())
  expect(unreached(bom)).toEqual([])
})

function unreached({ components, dependencies, metadata }: Bom): readonly string[] {
  const reached = new Set<string>()
  const waiting = [metadata.component['bom-ref']]
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (reached.has(ref)) continue
    reached.add(ref)
    waiting.push(...(dependencies.find((each) => each.ref === ref)?.dependsOn ?? []))
  }
  return components.map(({ purl }) => purl).filter((purl) => !reached.has(purl))
}

test('packages that need each other are reached, though nothing else needs them', async () => {
  const entry = (name: string, other: string) =>
    `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = ["${other}"]\n`
  const { bom } = await bomIn({ 'Cargo.lock': entry('one', 'two') + entry('two', 'one') })
  expect(unreached(bom)).toEqual([])
})

describe('the same files give the same bytes', () => {
  test('in whatever order they come', async () => {
    const paths = Object.keys(everything)
    const expected = await sbomIn(everything)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(paths, { minLength: paths.length }), async (shuffled) => {
        const read = async (path: string) => Buffer.from(everything[path] ?? '')
        expect(await sbomOf({ read, paths: shuffled, product })).toEqual(expected)
      }),
      { numRuns: 10 },
    )
  })

  test('the serial number is of the content', async () => {
    const of = async (contents: Contents) => (await bomIn(contents)).bom.serialNumber
    expect(await of(fixture('cargo'))).toBe(await of(fixture('cargo')))
    expect(await of(fixture('cargo'))).not.toBe(await of(fixture('go')))
    expect(await of(fixture('cargo'))).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  test('there is a time only where one is given', async () => {
    const timed = await sbomIn(fixture('cargo'), { time: new Date(1_700_000_000_000) })
    expect(JSON.parse(timed?.text ?? '').metadata.timestamp).toBe('2023-11-14T22:13:20.000Z')
    expect((await bomIn(fixture('cargo'))).bom.metadata.timestamp).toBeUndefined()
  })
})

test('two files that name one package give one component; where their hashes differ, it has none', async () => {
  const lock = (integrity: string, license: string) =>
    JSON.stringify({ packages: { 'node_modules/left': { version: '1.0.0', integrity, license } } })
  const hash = (digit: string) => `sha512-${Buffer.from(digit.repeat(128), 'hex').toString('base64')}`
  const { bom } = await bomIn({
    'a/package-lock.json': lock(hash('a'), 'MIT'),
    'b/package-lock.json': lock(hash('b'), 'ISC'),
  })
  expect(bom.components).toHaveLength(1)
  expect(bom.components[0]?.hashes).toBeUndefined()
  expect(bom.components[0]?.licenses).toEqual([{ license: { id: 'ISC' } }, { license: { id: 'MIT' } }])
})

test('a package without manifest and lock file has none', async () => {
  expect(await sbomIn({})).toBeUndefined()
  expect(await sbomIn({ 'bin/harbor': 'x', 'lib/harbor.jar': 'x', 'README.md': 'x' })).toBeUndefined()
})

describe('a broken file', () => {
  const lockFiles = Object.keys(everything).filter(
    (path) => !/(package|composer)\.json$|pyproject|-dev\.txt$/.test(path),
  )

  test.each(lockFiles.filter((path) => !path.endsWith('.txt')))('%s is told, and the others count', async (path) => {
    for (const content of ['', '\0\u0001', '{', '[', '<html>', 'null', '"x"', '- a']) {
      const made = await bomIn({ [path]: content, 'fine/go.mod': 'module a\nrequire b.example/c v1.0.0\n' })
      expect(made.bom.components.map(({ purl }) => purl)).toEqual(['pkg:golang/b.example/c@v1.0.0'])
      expect(made.troubles.filter((each) => !each.startsWith(`\`${path}\` could not be read for the SBOM: `))).toEqual(
        [],
      )
    }
  })

  test.each(lockFiles)('%s, cut anywhere, does not stop it', async (path) => {
    const text = Buffer.from(everything[path] ?? '')
    for (let part = 0; part < 40; part += 1) {
      const cut = text.subarray(0, Math.floor((text.length * part) / 40))
      const made = await sbomIn({ [path]: cut })
      if (made !== undefined) expect(errorsIn(JSON.parse(made.text))).toEqual([])
    }
  })

  test('values of the wrong types do not stop it', async () => {
    const odd = { toString: 'x', __proto__: null, constructor: { version: 1, dependencies: [1] }, x: null, y: 'z' }
    for (const key of ['packages', 'dependencies', 'default']) {
      const text = JSON.stringify({ lockfileVersion: 1, [key]: odd })
      for (const name of ['package-lock.json', 'package.json', 'Pipfile.lock', 'composer.lock', 'packages.lock.json']) {
        expect(typeof (await bomIn({ [name]: text, 'go.mod': 'module a' })).text).toBe('string')
      }
    }
  })

  test('beside a lock file is told by its own name', async () => {
    const { 'yarn.lock': lock = '' } = fixture('yarn-classic')
    const { components, troubles } = await bomIn({ 'yarn.lock': lock, 'package.json': '{' })
    expect(components).toBeGreaterThan(20)
    expect(troubles).toEqual([expect.stringMatching(/^`package.json` could not be read/)])
  })

  test('that is larger than 64 MiB is told', async () => {
    const read = async (_: string, most: number) => new Uint8Array(most)
    const made = await sbomOf({ read, paths: ['package-lock.json'], product })
    expect(made?.troubles).toEqual(['`package-lock.json` is larger than 64 MiB and was not read for the SBOM.'])
  })
})

test.each([
  ['MIT', true],
  ['MIT OR Apache-2.0', true],
  ['(MIT AND (BSD-3-Clause OR GPL-2.0+)) OR LicenseRef-own', true],
  ['GPL-2.0-only WITH Classpath-exception-2.0', true],
  ['', false],
  ['MIT Apache-2.0', false],
  ['MIT OR', false],
  ['(MIT OR Apache-2.0', false],
  ['MIT/Apache-2.0', false],
  ['MIT OR proprietary', false],
  ['WITH', false],
])('%s is an SPDX expression: %s', (text, expected) => {
  expect(isExpression(text)).toBe(expected)
})

describe('koo’s own package-lock.json', () => {
  const own: Contents = { 'package-lock.json': readFileSync(join(root, 'package-lock.json')) }

  test('has the packages that npm says it has', async () => {
    // In a folder of its own, because npm looks at node_modules first, and without the network.
    const folder = mkdtempSync(join(tmpdir(), 'koo-sbom-'))
    try {
      for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, name), join(folder, name))
      const said = npmList(folder)
      if (said === undefined) return
      const { components } = (await bomIn(own)).bom
      const found = components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`)
      expect(found.sort()).toEqual(said)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  interface Listed {
    readonly version?: string
    readonly dependencies?: Readonly<Record<string, Listed>>
  }

  /**
   * Undefined where npm cannot tell. Not `npm sbom`, which with `--omit dev` also drops what developers need too, such as
   * ajv and yaml.
   */
  function npmList(cwd: string): readonly string[] | undefined {
    const argv = ['ls', '--all', '--json', '--omit=dev', '--package-lock-only', '--offline']
    const named = ({ dependencies = {} }: Listed): readonly string[] =>
      Object.entries(dependencies).flatMap(([name, each]) => [
        ...(each.version === undefined ? [] : [`${name}@${each.version}`]),
        ...named(each),
      ])
    try {
      const listed: Listed = JSON.parse(execFileSync('npm', argv, { cwd, encoding: 'utf8', stdio: 'pipe' }))
      return [...new Set(named(listed))].sort()
    } catch {
      return undefined
    }
  }

  test('none of its packages is there for developers only', async () => {
    const purls = await purlsIn(own)
    expect(purls).toContainEqual(expect.stringMatching(/^pkg:npm\/smol-toml@/))
    expect(purls.filter((purl) => /\/(jest|typescript|knip)@/.test(purl))).toEqual([])
  })
})

test('2,000 packages take well under a second', async () => {
  const packages = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [
      `node_modules/@scope/part-${index}`,
      {
        version: `1.0.${index}`,
        license: 'MIT',
        integrity: `sha512-${Buffer.alloc(64, index).toString('base64')}`,
        dependencies: Object.fromEntries([1, 2, 3, 4, 5].map((step) => [`@scope/part-${index + step}`, '^1.0.0'])),
      },
    ]),
  )
  const text = JSON.stringify({ lockfileVersion: 3, packages }, null, 2)
  const times: number[] = []
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now()
    const made = await sbomIn({ 'package-lock.json': text })
    times.push(performance.now() - start)
    expect(made?.components).toBe(2000)
  }
  // The fastest, because the machine may have other work.
  expect(Math.min(...times)).toBeLessThan(1000)
})
