/** What goes into a bundle, and why: globs, exclude, `.kooignore`, the defaults, links, and what is no file. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import picomatch from 'picomatch'
import type { Manifest } from '../../src/model/manifest.ts'
import type { PackageContents } from '../../src/model/package-contents.ts'
import { packageContents } from '../../src/pack/contents.ts'
import { runs, testWith } from '../e2e/programs.ts'
import {
  filesIn,
  listIn,
  manifestOf,
  packed,
  plant,
  randomTree,
  seeded,
  type Tree,
  temporaryFolder,
} from './workshop.ts'

let home: string
beforeEach(() => {
  home = temporaryFolder()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function contents(
  tree: Tree,
  files: readonly string[] = ['**'],
  more: { readonly exclude?: readonly string[]; readonly manifest?: Manifest } = {},
): Promise<PackageContents> {
  plant(home, tree)
  const { exclude } = more
  const manifest = more.manifest ?? manifestOf({ package: { files, ...(exclude === undefined ? {} : { exclude }) } })
  const found = await packageContents(filesIn(home), manifest, '.')
  if (found === undefined) throw new Error('there are no globs')
  return found
}

const paths = (entries: PackageContents['packed']) => entries.map(({ path }) => path)
const why = ({ packed: isIn, left }: PackageContents) =>
  Object.fromEntries([...isIn, ...left].map(({ path, why: reason }) => [path, reason]))

test('the first glob that matches takes a file in, exclude leaves out, and each says so', async () => {
  const found = await contents(
    { 'a/x.txt': '1', 'a/x.log': '2', 'b/y.txt': '3', 'c/z': '4' },
    ['a/**', '**/*.txt', 'no/**'],
    {
      exclude: ['**/*.log', 'none/**'],
    },
  )
  expect(why(found)).toEqual({
    'a/x.txt': { by: 'files', glob: 'a/**' },
    'a/x.log': { by: 'exclude', glob: '**/*.log' },
    'b/y.txt': { by: 'files', glob: '**/*.txt' },
    'c/z': { by: 'nothing' },
  })
  expect(found.idle).toEqual(['no/**', 'none/**'])
  expect(found.bytes).toBe(2)
})

test('version control, leavings of desktops and of koo, and .kooignore are left out, unless `!` brings them back', async () => {
  const tree = {
    '.git/config': '',
    'a/.git/config': '',
    'a/.svn/x': '',
    '.hg': '',
    'a/.DS_Store': '',
    'Thumbs.db': '',
    'a/.env': '',
    '.gitignore': '',
    '.koo-pull-20780-1f2e3d4c/files/logo.png': '',
    'a/.koo-pull-20780-1f2e3d4c/x': '',
    'a/logo.png.0123456789ab.tmp': '',
  }
  expect(paths((await contents(tree)).packed)).toEqual(['.gitignore', 'a/.env'])
  const back = await contents({ '.kooignore': '!.DS_Store\n!.git/\n!.kooignore\n' })
  expect(paths(back.packed)).toEqual([
    '.git/config',
    '.gitignore',
    '.kooignore',
    'a/.DS_Store',
    'a/.env',
    'a/.git/config',
  ])
})

test('bundles koo wrote before, what is beside them, and names koo gives are left out', async () => {
  const made = [
    'dist/harbor-crm_V1-2.tar.gz',
    'dist/harbor-crm_V1-1.zip',
    'harbor-crm_V0-9.tar',
    'dist/harbor-crm_V1-2.tar.gz.sha256',
    'dist/harbor-crm_V1-2.tar.gz.minisig',
    'dist/harbor-crm_V1-2.zip.1234.tmp',
    'koo-bundle.json',
    'koo-sbom.cdx.json',
  ]
  const others = ['dist/other_V1-2.tar.gz', 'dist/my-harbor-crm_V1.zip', 'harbor-crm_V1.txt', 'sub/koo-bundle.json']
  const found = await contents(Object.fromEntries([...made, ...others].map((path) => [path, ''])))
  expect(paths(found.packed)).toEqual([...others].sort())
  expect(new Set(found.left.map(({ why: { by } }) => by))).toEqual(new Set(['koo']))
})

test('what the manifest names comes along once, though it is left out, ignored, or a glob has it', async () => {
  const manifest = manifestOf({
    package: { files: ['**'], exclude: ['docs/**'], sbom: './docs/own.cdx.json' },
    documents: { eula: 'docs/eula.pdf', userGuide: './guide.pdf' },
    authorization: { kind: 'license-file', files: ['docs/license.txt'] },
  })
  const tree = {
    'docs/eula.pdf': 'e',
    'guide.pdf': 'g',
    'docs/license.txt': 'l',
    'docs/own.cdx.json': '{}',
    'docs/secret': 's',
    a: 'a',
    '.kooignore': '*.pdf\n',
  }
  const found = await contents(tree, [], { manifest })
  expect(paths(found.packed)).toEqual(['a', 'docs/eula.pdf', 'docs/license.txt', 'docs/own.cdx.json', 'guide.pdf'])
  expect(why(found)['guide.pdf']).toEqual({ by: 'manifest', field: 'documents.userGuide' })
  expect(why(found).docs).toEqual({ by: 'exclude', glob: 'docs/**' })
  const bundle = await packed(home, { manifest })
  expect(listIn(bundle).entries.map(({ path }) => path)).toEqual(paths(found.packed))
})

test('links stay links; where they lead is told', async () => {
  const outside = join(home, '..')
  const found = await contents(
    {
      'a/file': 'x',
      'a/to-file': { link: 'file' },
      'to-folder': { link: 'a' },
      'a/dangling': { link: 'nothing' },
      'a/absolute': { link: '/etc/passwd' },
      'a/inside-absolute': { link: join(home, 'a/file') },
      'a/up': { link: '../../x' },
      hop: { link: outside },
      'a/through': { link: '../hop/koo-never' },
      'a/self': { link: 'self' },
      'a/top': { link: '..' },
    },
    ['**'],
  )
  const leads = Object.fromEntries(
    found.packed.flatMap(({ path, leads: where }) => (where === undefined ? [] : [[path, where]])),
  )
  expect(leads).toEqual({
    'a/absolute': 'outside',
    'a/dangling': 'nowhere',
    'a/inside-absolute': 'outside',
    'a/self': 'nowhere',
    'a/through': 'nowhere',
    'a/to-file': 'inside',
    'a/top': 'inside',
    'a/up': 'outside',
    hop: 'outside',
    'to-folder': 'inside',
  })
  expect(paths(found.packed)).not.toContain('to-folder/file')
})

test('a link through another that leads out, to something there, leads out', async () => {
  const found = await contents({ hop: { link: '..' }, through: { link: `hop/${home.split('/').pop()}/../` } })
  expect(found.packed.map(({ leads }) => leads)).toEqual(['outside', 'outside'])
})

testWith('mkfifo', ['--version'])('pipes and sockets are told as special', async () => {
  plant(home, { 'a/file': 'x' })
  execFileSync('mkfifo', [join(home, 'a/pipe')])
  const server = createServer().listen(join(home, 'a/socket'))
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    const found = await contents({})
    expect(found.packed.map(({ path, kind }) => [path, kind])).toEqual([
      ['a/file', 'file'],
      ['a/pipe', 'special'],
      ['a/socket', 'special'],
    ])
    await expect(packed(home, { contents: found })).rejects.toMatchObject({ name: 'Failure', code: 'file-changed' })
  } finally {
    server.close()
  }
})

test('a glob of one level takes in files and empty folders, and no folder that has something in it', async () => {
  const found = await contents({ 'a/file': 'x', 'a/full/deep': 'y', 'a/empty': { folder: true } }, ['a/*'])
  expect(paths(found.packed)).toEqual(['a/empty', 'a/file'])
})

const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('a name that is no UTF-8 is lost, also a folder’s', async () => {
  plant(home, { 'a/file': 'x' })
  runs(
    'sh',
    ['-c', 'mkdir "$(printf "b\\351")" && echo x > "$(printf "c\\351")" && echo x > "$(printf "b\\351/x")"'],
    home,
  )
  const { packed: found } = await contents({})
  expect(found.map(({ kind }) => kind)).toEqual(['file', 'lost', 'lost'])
})

test('folders that are not entered hold nothing a glob would have matched', async () => {
  const chance = seeded(4)
  const globs = [
    '**',
    '*',
    'a/**',
    'a/*',
    '*/b/*',
    '**/*.txt',
    'a/b/c.txt',
    'a/{b,a}/**',
    '{a,b/a}/*',
    '?/*',
    './a/**',
    'a/+(b)/*',
    'f\\[1\\]/**',
    '**/b/**',
    'a/**/d.log',
    '[ab]/*.txt',
    'g h/*',
  ]
  for (let round = 0; round < 80; round += 1) {
    const folder = join(home, `t${round}`)
    const tree = randomTree(chance)
    plant(folder, tree)
    const files = [0, 1].map(() => globs[chance(globs.length)] ?? '**')
    const found = await packageContents(filesIn(folder), manifestOf({ package: { files } }), '.')
    const matches = files.map((glob) => picomatch(glob, { dot: true }))
    const expected = Object.keys(tree).filter((path) => matches.some((isMatch) => isMatch(path)))
    expect([files, paths(found?.packed ?? [])]).toEqual([files, expected.sort()])
  }
}, 30_000)
