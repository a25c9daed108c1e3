/** Other programs unpack what koo packs, and get back what was there. */
import { createReadStream, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { extract } from 'tar-stream'
import { openPromise } from 'yauzl'
import type { BundleFormat } from '../../src/model/bundle.ts'
import { runs, testWith } from '../e2e/programs.ts'
import { listIn, noise, type Packed, packedAll, plant, prose, sha256, type Tree, temporaryFolder } from './workshop.ts'

const half = 512 * 1024
const wide = 'Ünïcode 名前 🚢'
const deep = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(90)}`
const tree: Tree = {
  'software/bin/harbor': { script: '#!/bin/sh\necho harbor\n' },
  'software/empty': '',
  'software/-rf': 'a leading dash\n',
  'software/two  spaces ': 'and one at the end\n',
  'software/quote\'s "$HOME" * [a] #%?': 'signs\n',
  'software/..hidden..': 'dots\n',
  [`software/${wide}/${wide}.txt`]: 'wide\n',
  'software/combining e\u0301': 'two code points\n',
  [`software/${'n'.repeat(91)}`]: '100 bytes of name\n',
  [`software/${'n'.repeat(92)}`]: '101 bytes of name\n',
  [`software/${'l'.repeat(200)}`]: 'one long component\n',
  [`software/${'名'.repeat(80)}`]: 'one long wide component\n',
  [`software/${deep}/long.txt`]: 'more than a prefix holds\n',
  [`software/${deep}/${'g'.repeat(120)}`]: 'more than both hold\n',
  'software/nothing': { folder: true },
  [`software/${wide}/nothing`]: { folder: true },
  'software/link': { link: 'bin/harbor' },
  'software/folder-link': { link: 'bin' },
  'software/wide-link': { link: `${wide}/${wide}.txt` },
  'software/long-link': { link: `${deep}/long.txt` },
  'software/block.bin': noise(half),
  'software/block-less.bin': noise(half - 1, 2),
  'software/block-more.bin': noise(half + 1, 3),
  'software/block.txt': prose(half),
  'software/block-less.txt': prose(half - 1),
  'software/block-more.txt': prose(half + 1),
  'software/large.bin': noise(3 * half, 4),
  'software/large.txt': prose(3 * half),
}

let home: string
let bundles: readonly Packed[]
beforeAll(async () => {
  home = temporaryFolder()
  plant(home, tree)
  bundles = await packedAll(home)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

function bundle(format: BundleFormat): Packed {
  const found = bundles.find((each) => each.format === format)
  if (found === undefined) throw new Error(`there is no ${format}`)
  return found
}

/** What is below a folder, by path: its mode and digest, where it points, or that it is an empty folder. */
function seen(folder: string, inside = ''): Record<string, string> {
  const names = readdirSync(join(folder, inside))
  const found: Record<string, string> = inside !== '' && names.length === 0 ? { [inside]: 'empty folder' } : {}
  for (const name of names) {
    const path = inside === '' ? name : `${inside}/${name}`
    const facts = lstatSync(join(folder, path))
    if (facts.isDirectory()) Object.assign(found, seen(folder, path))
    else if (facts.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(folder, path))}`
    else found[path] = `${(facts.mode & 0o777).toString(8)} ${sha256(readFileSync(join(folder, path)))}`
  }
  return found
}

function source(): Record<string, string> {
  const of = seen(join(home, 'software'), '')
  return Object.fromEntries(Object.entries(of).map(([path, what]) => [`software/${path}`, what]))
}

function composed(found: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(found).map(([path, what]) => [path.normalize('NFC'), what]))
}

const utf8 = 'C.UTF-8'
const python = (code: string) => ['-c', `import sys, tarfile, zipfile\nfile, to = sys.argv[1:]\n${code}`]

/** By program: its arguments for an archive, run in an empty folder. */
const unpackers: readonly (readonly [
  name: string,
  format: BundleFormat,
  check: readonly string[],
  program: string,
  (file: string) => readonly string[],
])[] = [
  ['GNU tar', 'tar.gz', ['--version'], 'tar', (file) => ['xpzf', file]],
  ['GNU tar', 'tar', ['--version'], 'tar', (file) => ['xpf', file]],
  ['bsdtar', 'tar.gz', ['--version'], 'bsdtar', (file) => ['xpf', file]],
  ['bsdtar', 'tar', ['--version'], 'bsdtar', (file) => ['xpf', file]],
  ['bsdtar', 'zip', ['--version'], 'bsdtar', (file) => ['xpf', file]],
  ['unzip', 'zip', ['-v'], 'unzip', (file) => ['-q', file]],
  ['7z', 'zip', ['i'], '7z', (file) => ['x', '-snl', file]],
  ['Python', 'tar.gz', ['--version'], 'python3', (file) => [...python('tarfile.open(file).extractall(to)'), file, '.']],
]

for (const [name, format, check, program, args] of unpackers) {
  testWith(program, check)(`${name} unpacks a ${format} to what it was made of`, () => {
    const folder = join(home, `${program}-${format}`)
    mkdirSync(folder)
    const { code, stderr } = runs('env', [`LC_ALL=${utf8}`, program, ...args(bundle(format).file)], folder)
    expect([code, stderr]).toEqual([0, ''])
    const { 'koo-bundle.json': list, ...rest } = seen(folder)
    expect(list).toMatch(/^644 /)
    // libarchive composes accents.
    const form = program === 'bsdtar' ? composed : (found: Record<string, string>) => found
    expect(form(rest)).toEqual(form(source()))
  })
}

const testers: readonly (readonly [
  program: string,
  format: BundleFormat,
  check: readonly string[],
  args: readonly string[],
])[] = [
  ['gzip', 'tar.gz', ['--version'], ['-t']],
  ['unzip', 'zip', ['-v'], ['-tq']],
  ['7z', 'zip', ['i'], ['t']],
  ['7z', 'tar', ['i'], ['t']],
  ['7z', 'tar.gz', ['i'], ['t']],
  [
    'python3',
    'zip',
    ['--version'],
    ['-c', 'import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)'],
  ],
]

for (const [program, format, check, args] of testers) {
  testWith(program, check)(`${program} finds nothing wrong with a ${format}`, () => {
    const { code, stdout, stderr } = runs(program, [...args, bundle(format).file], home)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).not.toMatch(/warning/i)
  })
}

testWith('zipinfo', ['-v'])('zipinfo finds modes, and no warning', () => {
  const { code, stdout } = runs('zipinfo', ['-l', bundle('zip').file], home)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^-rwxr-xr-x .* software\/bin\/harbor$/m)
  expect(stdout).toMatch(/^lrwxrwxrwx .* software\/link$/m)
  expect(stdout).toMatch(/^drwxr-xr-x .* software\/nothing\/$/m)
})

test('tar-stream finds what the list of contents says, by nobody and of one time', async () => {
  for (const format of ['tar', 'tar.gz'] as const) {
    const { file, entries } = bundle(format)
    const bytes = createReadStream(file)
    const tar = (format === 'tar' ? bytes : bytes.pipe(createGunzip())).pipe(extract())
    const found = []
    for await (const entry of tar) {
      const { name, mode, uid, gid, mtime, type, size, linkname } = entry.header
      const chunks: Uint8Array[] = []
      for await (const chunk of entry) chunks.push(chunk as Uint8Array)
      expect([uid, gid, mtime?.getTime()]).toEqual([0, 0, 315_532_800_000])
      if (type === 'directory') found.push({ path: name.replace(/\/$/, ''), folder: true })
      else if (type === 'symlink') found.push({ path: name, link: linkname })
      else found.push({ path: name, bytes: size, mode, sha256: sha256(Buffer.concat(chunks)) })
    }
    expect(found.pop()?.path).toBe('koo-bundle.json')
    expect(found).toEqual(entries)
    expect(found).toEqual(listIn({ file, format }).entries)
  }
})

test('yauzl finds what the list of contents says', async () => {
  const { file, entries } = bundle('zip')
  const zip = await openPromise(file, { strictFileNames: true })
  const found = []
  for await (const entry of zip.eachEntry()) {
    const mode = entry.externalFileAttributes >>> 16
    const chunks: Uint8Array[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array)
    const content = Buffer.concat(chunks)
    expect(entry.getLastModDate({ timezone: 'UTC' }).toISOString()).toBe('1980-01-01T00:00:00.000Z')
    const kind = mode & 0o170000
    if (kind === 0o040000) found.push({ path: entry.fileName.replace(/\/$/, ''), folder: true })
    else if (kind === 0o120000) found.push({ path: entry.fileName, link: content.toString() })
    else
      found.push({ path: entry.fileName, bytes: entry.uncompressedSize, mode: mode & 0o777, sha256: sha256(content) })
  }
  expect(found.pop()?.path).toBe('koo-bundle.json')
  expect(found).toEqual(entries)
})
