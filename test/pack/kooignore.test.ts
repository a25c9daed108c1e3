/** `.kooignore` is read as git would read it. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { packageContents } from '../../src/pack/contents.ts'
import { runs, testWith } from '../e2e/programs.ts'
import { filesIn, manifestOf, plant, randomTree, seeded, type Tree, temporaryFolder } from './workshop.ts'

let home: string
beforeEach(() => {
  home = temporaryFolder()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function packedOf(folder: string, tree: Tree): Promise<readonly string[]> {
  plant(folder, tree)
  const found = await packageContents(filesIn(folder), manifestOf({ package: { files: ['**'] } }), '.')
  return found?.packed.map(({ path }) => path) ?? []
}

test('comments, blank lines, folders, anchors, negation and Windows line ends', async () => {
  const lines = ['\uFEFF# a comment', '', '*.log', '!keep.log', 'build/', '/top', '\\#hash', 'trailing   ']
  const tree = {
    'a.log': '',
    'keep.log': '',
    'sub/keep.log': '',
    'build/x': '',
    'sub/build/x': '',
    'file/build': '',
    top: '',
    'sub/top': '',
    '#hash': '',
    trailing: '',
  }
  const expected = ['file/build', 'keep.log', 'sub/keep.log', 'sub/top']
  expect(await packedOf(home, { ...tree, '.kooignore': lines.join('\r\n') })).toEqual(expected)
})

test('why a file is left out names the line', async () => {
  plant(home, { a: '', 'b/c': '', '.kooignore': '# first\n\na\nb/\n' })
  const found = await packageContents(filesIn(home), manifestOf({ package: { files: ['**'] } }), '.')
  expect(found?.left.map(({ path, why }) => [path, why])).toEqual([
    ['.kooignore', { by: 'default', pattern: '.kooignore' }],
    ['a', { by: 'ignore', pattern: 'a', line: 3 }],
    ['b', { by: 'ignore', pattern: 'b/', line: 4 }],
  ])
  expect(found?.packed).toEqual([])
})

const lines = [
  'a',
  'a/',
  '/a',
  'b/*',
  '*.txt',
  '!*.txt',
  '!a/c.txt',
  '**/b',
  'a/**',
  'a/**/d.log',
  '# a',
  '',
  '  ',
  '\\#x',
  '/b/a/',
  '!b/',
  'f\\[1\\]',
  'g h',
  '[a-b]/c.txt',
  '*',
  '!*/',
  'c.txt ',
  '.e',
  '!/a/b',
  'A',
  '?',
]

testWith('git', ['--version'])('random rules leave out of random trees what git would ignore', async () => {
  const chance = seeded(5)
  const gitDir = join(home, 'git')
  runs('git', ['init', '-q', '--bare', gitDir], home)
  for (let round = 0; round < 60; round += 1) {
    const folder = join(home, `t${round}`)
    const rules = Array.from({ length: 1 + chance(5) }, () => lines[chance(lines.length)])
    const tree = randomTree(chance)
    const all = Object.keys(tree).sort()
    const found = await packedOf(folder, { ...tree, '.kooignore': rules.join(round % 2 === 0 ? '\r\n' : '\n') })
    plant(home, { 'git/info/exclude': `${rules.join('\n')}\n` })
    const where = [`--git-dir=${gitDir}`, `--work-tree=${folder}`]
    const { stdout } = runs('git', [...where, 'check-ignore', '--no-index', '--stdin', '-z'], folder, all.join('\0'))
    const ignored = new Set(stdout.split('\0'))
    const expected = all.filter((path) => !ignored.has(path))
    expect([rules, found.filter((path) => path !== '.kooignore')]).toEqual([rules, expected])
  }
})
