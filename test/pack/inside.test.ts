/** What a bundle says of itself: its list of contents, its digests, its SBOM, and the checksum beside it. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { measure } from '../../src/pack/bundle.ts'
import { packageContents } from '../../src/pack/contents.ts'
import { runs } from '../e2e/programs.ts'
import { fixture } from '../sbom/sbom-of.ts'
import {
  filesIn,
  formats,
  listIn,
  manifestOf,
  packed,
  packedAll,
  plant,
  sha256,
  temporaryFolder,
  verified,
} from './workshop.ts'

let home: string
beforeEach(() => {
  home = temporaryFolder()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('koo-bundle.json says what the product is, and every entry in order', async () => {
  plant(home, {
    'software/z': 'last\n',
    'software/B': { script: '#!/bin/sh\n' },
    'software/a': 'x',
    'software/a-b': { folder: true },
    'software/a.txt': { link: 'a' },
    'docs/eula.pdf': 'eula',
    'docs/guide.pdf': 'guide',
  })
  const manifest = manifestOf({
    documents: { eula: 'docs/eula.pdf', userGuide: 'docs/guide.pdf' },
    authorization: { kind: 'license-file', instructions: 'Ask us.' },
  })
  for (const bundle of await packedAll(home, { manifest, time: 1_600_000_000 })) {
    const list = listIn(bundle)
    expect(list).toEqual({
      format: 1,
      koo: '0.0.0-test',
      key: 'harbor-crm',
      name: 'Harbor CRM',
      version: 'V1.2',
      method: 'license',
      documents: { eula: 'docs/eula.pdf', userGuide: 'docs/guide.pdf' },
      authorization: { kind: 'license-file', instructions: 'Ask us.' },
      time: 1_600_000_000,
      entries: [
        { path: 'docs/eula.pdf', bytes: 4, mode: 0o644, sha256: sha256('eula') },
        { path: 'docs/guide.pdf', bytes: 5, mode: 0o644, sha256: sha256('guide') },
        { path: 'software/B', bytes: 10, mode: 0o755, sha256: sha256('#!/bin/sh\n') },
        { path: 'software/a', bytes: 1, mode: 0o644, sha256: sha256('x') },
        { path: 'software/a-b', folder: true },
        { path: 'software/a.txt', link: 'a' },
        { path: 'software/z', bytes: 5, mode: 0o644, sha256: sha256('last\n') },
      ],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(bundle.entries).toEqual(list.entries)
  }
})

test('the digests are those of the bundle, of its tar, and of its entries', async () => {
  plant(home, { 'software/a': 'x', 'software/b': 'y' })
  const [gzip, zip, tar] = await packedAll(home)
  for (const each of [gzip, zip, tar]) {
    const bytes = readFileSync(each?.file ?? '')
    expect([each?.bytes, each?.sha256]).toEqual([bytes.length, sha256(bytes)])
    expect(each?.contentSha256).toBe(tar?.sha256)
    const lines = (each?.entries ?? []).map((entry) => `${JSON.stringify(entry)}\n`)
    expect(each?.filesSha256).toBe(sha256(lines.join('')))
    expect((await verified(each?.file ?? '')).contentSha256).toBe(tar?.sha256)
  }
  const files = filesIn(home)
  const contents = await packageContents(files, manifestOf({}), '.')
  if (contents === undefined) throw new Error('there are contents')
  const { filesSha256, entries } = await measure(files, { manifest: manifestOf({}), folder: '.' }, contents)
  expect([filesSha256, entries]).toEqual([zip?.filesSha256, zip?.entries])
})

test('sha256sum reads the checksum beside a bundle', async () => {
  plant(home, { 'software/a': 'x' })
  for (const { file } of await packedAll(home)) {
    const { code, stdout } = runs('sha256sum', ['-c', `${file}.sha256`], join(home, 'out'))
    if (code !== null) expect([code, stdout]).toEqual([0, expect.stringMatching(/: OK$/m)])
  }
})

test('an SBOM of the lock files is the last but one, and the same each time', async () => {
  plant(home, { ...fixture('npm-v3', 'software/'), 'software/zz': 'x' })
  const all = []
  for (const format of formats) {
    const bundle = await packed(home, { format })
    const { sbom, entries } = listIn(bundle)
    expect(sbom).toBe('koo-sbom.cdx.json')
    expect(entries.at(-1)?.path).toBe('koo-sbom.cdx.json')
    expect(bundle.sbom).toMatchObject({
      path: 'koo-sbom.cdx.json',
      from: expect.arrayContaining(['software/package-lock.json']),
    })
    expect(bundle.sbom?.components).toBeGreaterThan(0)
    all.push(entries.at(-1))
    expect((await verified(bundle.file)).problems).toEqual([])
  }
  expect(new Set(all.map((entry) => JSON.stringify(entry))).size).toBe(1)
  const plain = await packed(home)
  const timed = await packed(home, { time: 1_700_000_000 })
  expect(timed.filesSha256).toBe(plain.filesSha256)
  expect(plain.filesSha256).toBe(
    sha256(
      plain.entries
        .slice(0, -1)
        .map((entry) => `${JSON.stringify(entry)}\n`)
        .join(''),
    ),
  )
})

test('the seller’s own SBOM is packed in place of one koo would make', async () => {
  plant(home, { ...fixture('npm-v3', 'software/'), 'own.cdx.json': '{}' })
  const bundle = await packed(home, {
    manifest: manifestOf({ package: { files: ['software/**'], sbom: './own.cdx.json' } }),
  })
  expect(bundle.sbom).toEqual({ path: 'own.cdx.json' })
  const { sbom, entries } = listIn(bundle)
  expect(sbom).toBe('own.cdx.json')
  expect(entries.filter(({ path }) => path.endsWith('.cdx.json')).map(({ path }) => path)).toEqual(['own.cdx.json'])
})

test('without lock files there is no SBOM', async () => {
  plant(home, { 'software/a': 'x' })
  const bundle = await packed(home)
  expect([bundle.sbom, listIn(bundle).sbom]).toEqual([undefined, undefined])
})
