/** `koo verify` names what somebody changed in a bundle that is sound as an archive. */

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { ArchiveEntry } from '../../src/pack/archive-entry.ts'
import { listText } from '../../src/pack/list.ts'
import { publicKeyFile, publicKeyLine, sign } from '../../src/signing/minisign.ts'
import { secretKeyFile, secretKeyOf } from '../../src/signing/secret-key.ts'
import {
  archived,
  fileEntry,
  formats,
  listIn,
  noise,
  type Packed,
  packedAll,
  plant,
  prose,
  stepsOf,
  temporaryFolder,
  verified,
  verifiedBytes,
} from './workshop.ts'

type Whole = readonly [entry: ArchiveEntry, content?: string | Uint8Array]

let home: string
let bundles: readonly Packed[]
const texts: Readonly<Record<string, string | Uint8Array>> = {
  'software/a.txt': 'the first\n',
  'software/b.bin': noise(530_000),
  'software/c.txt': prose(600_000),
  'software/d.txt': '',
  'software/z.txt': 'the last\n',
}
const key = secretKeyOf(Buffer.alloc(32, 1))
const signer = {
  keyId: key.keyId,
  sign: (digest: Uint8Array, comment: string) => sign(key, digest, comment),
}
beforeAll(async () => {
  home = temporaryFolder()
  plant(home, { ...texts, 'software/m': { folder: true }, 'software/n': { link: 'a.txt' } })
  bundles = await packedAll(home, { signer })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** The entries of the bundle, its list last, to be changed and put together again. */
function whole(): Whole[] {
  const [{ entries, ...bundle }] = bundles as readonly [Packed]
  const found = entries.map((entry): Whole => {
    if ('link' in entry) return [{ is: 'link', path: entry.path, target: entry.link }]
    if ('folder' in entry) return [{ is: 'folder', path: entry.path }]
    return fileEntry(entry.path, texts[entry.path] ?? '', entry.mode)
  })
  const list = ownList({ ...bundle, entries })
  return [...found, fileEntry('koo-bundle.json', list)]
}

let kept: string | undefined
function ownList(bundle: Packed): string {
  if (kept !== undefined) return kept
  const { entries, sha256: _, ...head } = listIn(bundle)
  kept = listText(head, entries)
  return kept
}

function at(entries: readonly Whole[], path: string): number {
  return entries.findIndex(([entry]) => entry.path === path)
}

function withOne(path: string, ...others: readonly Whole[]): Whole[] {
  const entries = whole()
  entries.splice(at(entries, path), 1, ...others)
  return entries
}

const { path: last, ...one } = { path: 'software/z.txt', is: 'file' as const, bytes: 9, mode: 0o644 }
const alterations: Readonly<
  Record<
    string,
    readonly [entries: () => readonly Whole[], problems: readonly (readonly [code: string, entry: string])[]]
  >
> = {
  'another content': [() => withOne(last, fileEntry(last, 'the lAst\n')), [['altered', last]]],
  'another size': [() => withOne(last, fileEntry(last, 'the very last\n')), [['altered', last]]],
  'a content in place of none': [
    () => withOne('software/d.txt', fileEntry('software/d.txt', '!')),
    [['altered', 'software/d.txt']],
  ],
  'another mode': [() => withOne(last, fileEntry(last, 'the last\n', 0o755)), [['altered', last]]],
  'a link elsewhere': [
    () => withOne('software/n', [{ is: 'link', path: 'software/n', target: 'z.txt' }]),
    [['altered', 'software/n']],
  ],
  'a file in place of a link': [
    () => withOne('software/n', fileEntry('software/n', 'a.txt')),
    [['altered', 'software/n']],
  ],
  'a link in place of a file': [
    () => withOne(last, [{ is: 'link', path: last, target: 'a.txt' }]),
    [['altered', last]],
  ],
  'one added': [
    () => withOne(last, [{ ...one, path: last }, 'the last\n'], fileEntry('software/zz', 'evil\n')),
    [['added', 'software/zz']],
  ],
  'one removed': [() => withOne('software/b.bin'), [['removed', 'software/b.bin']]],
  'an empty folder removed': [() => withOne('software/m'), [['removed', 'software/m']]],
  'the last removed': [() => withOne(last), [['removed', last]]],
  'one twice': [
    () => withOne(last, fileEntry(last, 'the last\n'), fileEntry(last, 'the last\n')),
    [['repeated', last]],
  ],
  'one renamed': [
    () => withOne(last, fileEntry('software/y.txt', 'the last\n')),
    [
      ['added', 'software/y.txt'],
      ['removed', last],
    ],
  ],
  'two exchanged': [
    () => {
      const entries = whole()
      const [first] = entries.splice(at(entries, 'software/a.txt'), 1)
      if (first !== undefined) entries.splice(at(entries, 'software/c.txt'), 0, first)
      return entries
    },
    [['reordered', 'software/a.txt']],
  ],
  'two altered, the first first': [
    () => {
      const entries = withOne(last, fileEntry(last, 'the lAst\n'))
      entries.splice(at(entries, 'software/a.txt'), 1, fileEntry('software/a.txt', 'the fIrst\n'))
      return entries
    },
    [
      ['altered', 'software/a.txt'],
      ['altered', last],
    ],
  ],
  'one after the list': [() => [...whole(), fileEntry('late', 'x')], [['added', 'late']]],
  'no list': [() => whole().slice(0, -1), [['no-list', '']]],
  'a list of another program': [
    () => withOne('koo-bundle.json', fileEntry('koo-bundle.json', '{}')),
    [['altered', 'koo-bundle.json']],
  ],
  'another mode of the list': [
    () => {
      const [, list = ''] = whole().at(-1) ?? []
      return withOne('koo-bundle.json', fileEntry('koo-bundle.json', list, 0o755))
    },
    [['odd', 'koo-bundle.json']],
  ],
  'a name that leads out': [
    () => withOne(last, [{ ...one, path: last }, 'the last\n'], fileEntry('../../evil', 'x')),
    [['added', '../../evil']],
  ],
  'a name from the root': [
    () => withOne(last, [{ ...one, path: last }, 'the last\n'], fileEntry('/etc/evil', 'x')),
    [['added', '/etc/evil']],
  ],
}

test.each(formats)('a %s put together again as it was is sound', async (format) => {
  const bytes = await archived(stepsOf(whole()), format)
  const original = bundles.find((each) => each.format === format)
  expect(bytes.equals(readFileSync(original?.file ?? ''))).toBe(true)
  expect((await verifiedBytes(bytes, format)).problems).toEqual([])
})

for (const format of formats) {
  test.each(Object.entries(alterations))(`a ${format} with %s`, async (_, [entries, problems]) => {
    const found = await verifiedBytes(await archived(stepsOf(entries()), format), format)
    expect(found.problems.map(({ code, entry = '' }) => [code, entry])).toEqual(problems)
  })
}

test('a name that leads out is told even where the list has it', async () => {
  for (const format of formats) {
    for (const path of ['../evil', '/evil', 'a/../../evil', 'C:/evil', '..\\evil']) {
      const file = {
        path,
        bytes: 1,
        mode: 0o644,
        sha256: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      }
      const head = {
        format: 1 as const,
        koo: '1',
        key: 'k',
        name: 'n',
        version: 'V1',
        time: 315_532_800,
        method: 'license',
      }
      const list = listText(head, [file])
      const steps = stepsOf([fileEntry(path, 'x'), fileEntry('koo-bundle.json', list)])
      const { problems } = await verifiedBytes(await archived(steps, format), format)
      expect(problems.map(({ code, entry }) => [code, entry])).toEqual([['odd', path]])
    }
  }
})

test.each(formats)('another time than the list says, in a %s', async (format) => {
  const { problems } = await verifiedBytes(await archived(stepsOf(whole()), format, 1_000_000_000), format)
  expect(problems.map(({ code, entry }) => [code, entry])).toEqual([['odd', 'koo-bundle.json']])
})

test('signatures: by the right key, another, an unknown one, of another file, and none', async () => {
  const stranger = secretKeyOf(Buffer.alloc(32, 2))
  writeFileSync(join(home, 'seller.pub'), publicKeyFile(key.publicKey))
  const right = { key: join(home, 'seller.pub') }
  for (const { file, path, format } of bundles) {
    expect(await verified(file, right)).toMatchObject({ problems: [], digest: 'same', signature: { is: 'valid' } })
    expect((await verified(file)).signature).toEqual({ is: 'unknown-key', keyId: key.keyId })
    expect((await verified(file)).problems).toEqual([])
    const own = { KOO_SIGNING_KEY: await secretKeyFile(key, undefined, Buffer.alloc(32)) }
    expect((await verified(file, {}, own)).signature).toMatchObject({
      is: 'valid',
      trustedComment: `file:${path.slice(4)}\tkey:harbor-crm\tversion:V1.2\tcontent-sha256:${bundles[0]?.contentSha256}`,
    })
    const other = await verified(file, { key: publicKeyLine(stranger.publicKey) })
    expect(other.problems.map(({ code }) => code)).toEqual(['signature'])
    expect(other.signature).toMatchObject({ is: 'other-key', keyId: key.keyId, wanted: stranger.keyId })
    const moved = join(home, `elsewhere.${format}`)
    copyFileSync(file, moved)
    expect((await verified(moved, right)).problems.map(({ code }) => code)).toEqual(['signature'])
    expect((await verified(moved, { ...right, signature: `${file}.minisig` })).problems).toEqual([])
    const wrong = bundles.find((each) => each.format !== format)
    const { problems, signature } = await verified(moved, { ...right, signature: `${wrong?.file}.minisig` })
    expect([problems.map(({ code }) => code), signature.is]).toEqual([['signature'], 'invalid'])
  }
})
