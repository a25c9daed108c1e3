/** Each ecosystem's lock files, as its own tools write them: which packages, who needs whom, what is left out. */
import { describe, expect, test } from '@jest/globals'
import { bomIn, fixture, needs, purlsIn } from './sbom-of.ts'

const installed = (name: string, version: string, more: object = {}) => JSON.stringify({ name, version, ...more })

describe('npm, Yarn and pnpm agree on one project', () => {
  const modern = [
    'pkg:npm/%40babel/code-frame@7.22.5',
    'pkg:npm/%40babel/helper-validator-identifier@7.29.7',
    'pkg:npm/%40babel/highlight@7.25.9',
    'pkg:npm/ansi-regex@5.0.1',
    'pkg:npm/ansi-styles@3.2.1',
    'pkg:npm/ansi-styles@4.3.0',
    'pkg:npm/chalk@2.4.2',
    'pkg:npm/chalk@4.1.2',
    'pkg:npm/color-convert@1.9.3',
    'pkg:npm/color-convert@2.0.1',
    'pkg:npm/color-name@1.1.3',
    'pkg:npm/color-name@1.1.4',
    'pkg:npm/emoji-regex@8.0.0',
    'pkg:npm/escape-string-regexp@1.0.5',
    'pkg:npm/fsevents@2.3.2',
    'pkg:npm/has-flag@3.0.0',
    'pkg:npm/has-flag@4.0.0',
    'pkg:npm/is-fullwidth-code-point@3.0.0',
    'pkg:npm/js-tokens@4.0.0',
    'pkg:npm/picocolors@1.1.1',
    'pkg:npm/string-width@4.2.3',
    'pkg:npm/strip-ansi@6.0.1',
    'pkg:npm/supports-color@5.5.0',
    'pkg:npm/supports-color@7.2.0',
    'pkg:npm/wrap-ansi@7.0.0',
  ]

  test.each(['npm-v1', 'npm-v2', 'npm-v3', 'yarn-classic', 'yarn-berry', 'pnpm-v6', 'pnpm-v9'])('%s', async (name) => {
    const { bom, troubles } = await bomIn(fixture(name))
    const purls = bom.components.map(({ purl }) => purl)
    expect(troubles).toEqual([])
    // Yarn adds what fsevents is compiled with, and nothing else does.
    if (name === 'yarn-berry') expect(purls).toEqual(expect.arrayContaining(modern))
    else expect(purls).toEqual(modern)
    expect(needs(bom)).toEqual([
      'pkg:npm/%40babel/code-frame@7.22.5',
      'pkg:npm/chalk@4.1.2',
      'pkg:npm/fsevents@2.3.2',
      'pkg:npm/wrap-ansi@7.0.0',
    ])
    // Each finds its own of two versions.
    expect(needs(bom, 'pkg:npm/%40babel/highlight@7.25.9')).toContain('pkg:npm/chalk@2.4.2')
    expect(needs(bom, 'pkg:npm/chalk@2.4.2')).toContain('pkg:npm/supports-color@5.5.0')
    const [frame] = bom.components
    expect(frame).toMatchObject({ group: '@babel', name: 'code-frame', version: '7.22.5' })
    const integrity = Buffer.from(
      'Xmwn266vad+6DAqEB2A6V/CcZVp62BbwVmcOJc2RPuwih1kw02TjQvWVWlcKGbBPd+8/0V5DEkOcizRGYsspYQ==',
      'base64',
    )
    const hashes = [{ alg: 'SHA-512', content: integrity.toString('hex') }]
    expect(frame?.hashes).toEqual(name === 'yarn-berry' ? undefined : hashes)
  })

  test('semver, which only developers need, is in none but a yarn.lock without its package.json', async () => {
    const { 'yarn.lock': lock = '' } = fixture('yarn-classic')
    expect(await purlsIn({ 'yarn.lock': lock })).toContain('pkg:npm/semver@7.5.4')
  })
})

describe('npm', () => {
  test('the members of a workspace are the product’s own, and what they need is found from where they are', async () => {
    const packages = {
      '': { workspaces: ['parts/*'] },
      'node_modules/part': { resolved: 'parts/part', link: true },
      'parts/part': { version: '1.0.0', dependencies: { left: '^1.0.0' } },
      'parts/part/node_modules/left': { version: '1.5.0', license: 'MIT', dependencies: { right: '*' } },
      'node_modules/left': { version: '2.0.0', dev: true },
      'node_modules/right': { version: '3.0.0', license: 'SEE LICENSE IN LICENSE.txt' },
      'node_modules/lost': { license: 'MIT' },
    }
    const { bom, troubles } = await bomIn({
      'app/npm-shrinkwrap.json': JSON.stringify({ lockfileVersion: 3, packages }),
    })
    expect(needs(bom)).toEqual(['pkg:npm/left@1.5.0'])
    expect(needs(bom, 'pkg:npm/left@1.5.0')).toEqual(['pkg:npm/right@3.0.0'])
    expect(bom.components.map(({ licenses }) => licenses)).toEqual([
      [{ license: { id: 'MIT' } }],
      [{ license: { name: 'SEE LICENSE IN LICENSE.txt' } }],
    ])
    expect(troubles).toEqual([
      '`app/npm-shrinkwrap.json` does not tell the exact version of `lost`, missing in the SBOM.',
    ])
  })

  test('what is installed counts in its exact version, and answers a package.json without a lock file', async () => {
    const { bom, from, troubles } = await bomIn({
      'app/package.json': JSON.stringify({
        dependencies: { left: '^1.0.0', pinned: '1.2.3', range: '~4', other: 'npm:@real/name@2.0.0' },
        devDependencies: { tool: '1.0.0' },
      }),
      'app/node_modules/left/package.json': installed('left', '1.5.0', {
        license: '(MIT OR Apache-2.0)',
        dependencies: { '@scope/deep': '*' },
      }),
      'app/node_modules/left/dist/package.json': '{"type":"commonjs"}',
      'app/node_modules/left/package-lock.json': 'not koo’s business',
      'app/node_modules/@scope/deep/package.json': installed('@scope/deep', '3.0.0', { license: { type: 'ISC' } }),
    })
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      'pkg:npm/%40real/name@2.0.0',
      'pkg:npm/%40scope/deep@3.0.0',
      'pkg:npm/left@1.5.0',
      'pkg:npm/pinned@1.2.3',
    ])
    expect(needs(bom)).toEqual(['pkg:npm/%40real/name@2.0.0', 'pkg:npm/left@1.5.0', 'pkg:npm/pinned@1.2.3'])
    expect(needs(bom, 'pkg:npm/left@1.5.0')).toEqual(['pkg:npm/%40scope/deep@3.0.0'])
    expect(bom.components[2]?.licenses).toEqual([{ expression: '(MIT OR Apache-2.0)' }])
    expect(from).toHaveLength(3)
    expect(troubles).toEqual(['`app/package.json` does not tell the exact version of `range`, missing in the SBOM.'])
  })

  test('a member of a pnpm workspace and a package from elsewhere', async () => {
    const { bom, troubles } = await bomIn({
      'pnpm-lock.yaml': [
        "lockfileVersion: '9.0'",
        'importers:',
        '  .: {}',
        '  parts/part:',
        '    dependencies:',
        "      other: { specifier: 'workspace:*', version: 'link:../other' }",
        "      styled: { specifier: ^6.1.0, version: '6.1.0(react@18.3.1)' }",
        '      forked: { specifier: x/forked, version: https://git.example/forked/tar.gz/0f1d }',
        'packages:',
        "  styled@6.1.0: { resolution: { integrity: sha512-x }, peerDependencies: { react: '>=18' } }",
        '  react@18.3.1: { resolution: { integrity: sha512-x } }',
        '  forked@https://git.example/forked/tar.gz/0f1d: { resolution: { tarball: x }, version: 2.0.0 }',
        'snapshots:',
        '  styled@6.1.0(react@18.3.1): { dependencies: { react: 18.3.1 } }',
        '  react@18.3.1: {}',
        '  forked@https://git.example/forked/tar.gz/0f1d: {}',
      ].join('\n'),
    })
    expect(troubles).toEqual([])
    expect(needs(bom)).toEqual(['pkg:npm/forked@2.0.0', 'pkg:npm/styled@6.1.0'])
    expect(needs(bom, 'pkg:npm/styled@6.1.0')).toEqual(['pkg:npm/react@18.3.1'])
  })
})

describe('Python', () => {
  test('requirements.txt: pinned versions, the others told', async () => {
    const { bom, from, troubles } = await bomIn(fixture('pip'))
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      'pkg:pypi/certifi@2024.8.30',
      'pkg:pypi/charset-normalizer@3.3.2',
      'pkg:pypi/django@4.2.16',
      'pkg:pypi/ruamel-yaml@0.18.6',
    ])
    // One hash is of the one file there is; of two nobody knows which was installed.
    expect(bom.components.map(({ hashes = [] }) => hashes.length)).toEqual([1, 0, 0, 0])
    expect(from).toEqual(['requirements.txt'])
    expect(troubles).toEqual([
      '`requirements.txt` does not tell the exact version of `flask`, `harbor-lib`, `numpy`, `requests`, missing in the SBOM.',
    ])
  })

  test('a file that Windows PowerShell wrote', async () => {
    expect(await purlsIn({ 'requirements.txt': Buffer.from('\ufeffidna==3.10\r\n', 'utf16le') })).toEqual([
      'pkg:pypi/idna@3.10',
    ])
  })

  test('Pipfile.lock', async () => {
    const { bom, troubles } = await bomIn(fixture('pipenv'))
    expect(bom.components.map(({ purl }) => purl)).toEqual(['pkg:pypi/click@8.1.7', 'pkg:pypi/markupsafe@2.1.5'])
    expect(troubles).toEqual(['`Pipfile.lock` does not tell the exact version of `harbor-core`, missing in the SBOM.'])
  })

  test('poetry.lock, with pyproject.toml that tells what is for developers', async () => {
    const { bom } = await bomIn(fixture('poetry', 'app/'))
    expect(bom.components.map(({ purl }) => purl)).toEqual(['pkg:pypi/jinja2@3.1.4', 'pkg:pypi/markupsafe@2.1.5'])
    expect(needs(bom)).toEqual(['pkg:pypi/jinja2@3.1.4'])
    expect(needs(bom, 'pkg:pypi/jinja2@3.1.4')).toEqual(['pkg:pypi/markupsafe@2.1.5'])
    const { 'poetry.lock': lock = '' } = fixture('poetry')
    expect(await purlsIn({ 'poetry.lock': lock })).toContain('pkg:pypi/pytest@8.3.3')
  })

  test('poetry.lock of Poetry 2 has the groups itself', async () => {
    const entry = (name: string, group: string) =>
      `[[package]]\nname = "${name}"\nversion = "1.0"\ngroups = ["${group}"]\n`
    expect(await purlsIn({ 'poetry.lock': entry('one', 'main') + entry('two', 'dev') })).toEqual(['pkg:pypi/one@1.0'])
  })

  test('uv.lock, with two versions for two versions of Python', async () => {
    const { bom } = await bomIn(fixture('uv'))
    expect(needs(bom)).toEqual(['pkg:pypi/anyio@4.6.0', 'pkg:pypi/numpy@1.26.4', 'pkg:pypi/numpy@2.1.1'])
    expect(needs(bom, 'pkg:pypi/anyio@4.6.0')).toEqual(['pkg:pypi/idna@3.10', 'pkg:pypi/sniffio@1.3.1'])
    expect(bom.components).toHaveLength(5)
  })

  test('pyproject.toml without a lock file', async () => {
    const text = '[project]\nname = "harbor"\ndependencies = ["idna==3.10", "rich>=13"]\n'
    const { bom, troubles } = await bomIn({ 'pyproject.toml': text })
    expect(bom.components.map(({ purl }) => purl)).toEqual(['pkg:pypi/idna@3.10'])
    expect(troubles).toEqual(['`pyproject.toml` does not tell the exact version of `rich`, missing in the SBOM.'])
  })

  test('installed packages', async () => {
    const metadata = (name: string, version: string, ...more: readonly string[]) =>
      `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${more.join('\n')}\n\nName: not this\n`
    const { bom } = await bomIn({
      'lib/site-packages/Flask-3.0.3.dist-info/METADATA': metadata(
        ...([
          'Flask',
          '3.0.3',
          'Classifier: License :: OSI Approved :: BSD License',
          'Requires-Dist: Jinja2>=3.1.2',
        ] as const),
        'Requires-Dist: python-dotenv ; extra == "dotenv"',
      ),
      'lib/site-packages/jinja2-3.1.4.dist-info/METADATA': metadata('Jinja2', '3.1.4', 'License: BSD-3-Clause'),
      'lib/site-packages/jinja2/requirements.txt': 'pytest==1.0',
      'lib/site-packages/wide-1.0.dist-info/METADATA': metadata(
        'wide',
        '1.0',
        'License: Copyright 2024',
        '  All rights',
      ),
    })
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      'pkg:pypi/flask@3.0.3',
      'pkg:pypi/jinja2@3.1.4',
      'pkg:pypi/wide@1.0',
    ])
    expect(needs(bom)).toEqual(['pkg:pypi/flask@3.0.3', 'pkg:pypi/wide@1.0'])
    expect(bom.components.map(({ licenses }) => licenses)).toEqual([
      [{ license: { name: 'BSD License' } }],
      [{ license: { id: 'BSD-3-Clause' } }],
      undefined,
    ])
  })
})

test('Cargo.lock', async () => {
  const { bom } = await bomIn(fixture('cargo'))
  expect(needs(bom)).toEqual(['pkg:cargo/getrandom@0.3.1', 'pkg:cargo/rand_core@0.6.4', 'pkg:cargo/shanty@0.1.0'])
  expect(needs(bom, 'pkg:cargo/rand_core@0.6.4')).toEqual(['pkg:cargo/getrandom@0.2.15'])
  expect(bom.components).toHaveLength(5)
  expect(bom.components[0]?.hashes).toEqual([
    { alg: 'SHA-256', content: 'c4567c8db10ae91089c99af84c68c38da3ec2f087c3f82960bcdbf3656b6f4d7' },
  ])
})

test('go.mod, with its replacements', async () => {
  const { bom } = await bomIn(fixture('go'))
  expect(bom.components.map(({ purl }) => purl)).toEqual([
    'pkg:golang/github.com/docker/docker@v27.3.1+incompatible',
    'pkg:golang/github.com/gorilla/mux@v1.8.1',
    'pkg:golang/golang.org/x/net@v0.30.0',
    'pkg:golang/gopkg.in/yaml.v3@v3.0.1',
  ])
  expect(bom.components[1]?.name).toBe('github.com/gorilla/mux')
})

test('a version that is none', async () => {
  const { bom, troubles } = await bomIn({ 'go.mod': 'module a\nrequire github.com/b/c vNext\n' })
  expect(bom.components).toEqual([])
  expect(troubles).toEqual(['`go.mod` names `c` in a version that cannot be one.'])
})

test('composer.lock, and what Composer installed', async () => {
  const { bom } = await bomIn(fixture('composer'))
  expect(needs(bom)).toEqual(['pkg:composer/monolog/monolog@3.7.0', 'pkg:composer/tecnickcom/tcpdf@6.7.5'])
  expect(needs(bom, 'pkg:composer/monolog/monolog@3.7.0')).toEqual(['pkg:composer/psr/log@3.0.2'])
  expect(bom.components.map(({ licenses }) => licenses)).toEqual([
    [{ license: { id: 'MIT' } }],
    [{ license: { id: 'MIT' } }],
    [{ license: { name: '(GPL-2.0-or-later OR proprietary)' } }],
  ])
  const packages = [{ name: 'Psr/Log', version: '3.0.2' }]
  expect(await purlsIn({ 'vendor/composer/installed.json': JSON.stringify({ packages }) })).toEqual([
    'pkg:composer/psr/log@3.0.2',
  ])
})

test('Gemfile.lock, with platforms and checksums', async () => {
  const { bom } = await bomIn(fixture('ruby'))
  expect(bom.components.map(({ purl, hashes = [] }) => `${purl} ${hashes.length}`)).toEqual([
    'pkg:gem/nokogiri@1.16.7?platform=x86_64-linux 1',
    'pkg:gem/racc@1.8.1 1',
    'pkg:gem/rack@3.1.7 0',
    'pkg:gem/sinatra@4.0.0 0',
  ])
  expect(needs(bom)).toEqual(['pkg:gem/nokogiri@1.16.7?platform=x86_64-linux', 'pkg:gem/sinatra@4.0.0'])
  expect(needs(bom, 'pkg:gem/sinatra@4.0.0')).toEqual(['pkg:gem/rack@3.1.7'])
})

test('packages.lock.json', async () => {
  const { bom } = await bomIn(fixture('nuget'))
  expect(needs(bom)).toEqual(['pkg:nuget/Newtonsoft.Json@13.0.3', 'pkg:nuget/Serilog.Sinks.Console@6.0.0'])
  expect(needs(bom, 'pkg:nuget/Serilog.Sinks.Console@6.0.0')).toEqual(['pkg:nuget/Serilog@4.0.0'])
})

describe('Java', () => {
  test('pom.xml, as far as it needs no Maven', async () => {
    const { bom, troubles } = await bomIn(fixture('maven'))
    expect(bom.components.map(({ purl }) => purl)).toEqual(['pkg:maven/com.google.guava/guava@33.3.1-jre'])
    expect(troubles).toEqual([
      '`pom.xml` does not tell the exact version of `org.slf4j:slf4j-api`, `org.springframework:spring-core`, missing in the SBOM.',
    ])
  })

  test('names of .jar files, unless another file knows their group', async () => {
    const { bom, from, troubles } = await bomIn({
      'lib/guava-33.3.1-jre.jar': '',
      'lib/log4j-1.2-api-2.17.1.jar': '',
      'lib/gson-2.11.0.jar': '',
      'lib/gson-2.11.0-sources.jar': '',
      'lib/harbor.jar': '',
      'classes/META-INF/maven/com.google.code.gson/gson/pom.properties':
        '#Created by Apache Maven\nversion=2.11.0\ngroupId=com.google.code.gson\nartifactId=gson\n',
      'classes/META-INF/maven/com.google.code.gson/gson/pom.xml': 'not koo’s business',
    })
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      'pkg:generic/guava@33.3.1-jre',
      'pkg:maven/com.google.code.gson/gson@2.11.0',
    ])
    expect(from).not.toContain('lib/harbor.jar')
    expect(troubles).toEqual([
      '`lib/log4j-1.2-api-2.17.1.jar` does not tell the exact version of `log4j-1.2-api-2.17.1`, missing in the SBOM.',
    ])
  })
})
