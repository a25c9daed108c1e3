/** Ready archives, end to end: looked through, listed, signed, verified and sent, or refused. */
import { existsSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { nameArchive, type TarEntry, tarOf } from '../pack/ready-archives.ts'
import { edit, openShop, type Shop } from './koo.ts'

const name = 'plumbline_V2-1.tar.gz'
let shop: Shop
let folder: string
beforeEach(async () => {
  shop = await openShop()
  folder = join(shop.folder, 'ready')
  await cp(join(shop.folder, 'examples/license'), folder, { recursive: true })
  await nameArchive(join(folder, 'koo.yaml'), name)
})
afterEach(() => shop.close())

const sound: readonly TarEntry[] = [
  { name: './', type: 'directory' },
  { name: './bin/plumbline', mode: 0o755, text: '#!/bin/sh\necho plumbline\n' },
  { name: './etc/plumbline.conf', text: 'watch = /etc\n' },
]
const key = `-----BEGIN ${'PRIVATE KEY'}-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(20)}\n`
const archive = async (...entries: readonly TarEntry[]) => {
  const bytes = gzipSync(await tarOf(entries))
  await writeFile(join(folder, name), bytes)
  return bytes
}

describe('a sound one', () => {
  let bytes: Buffer
  beforeEach(async () => {
    bytes = await archive(...sound)
    expect(await shop.koo('validate', 'ready', '--strict')).toMatchObject({ code: 0 })
  })

  test('is signed into another folder, stays as it is, and verifies', async () => {
    await shop.koo('keys', 'generate', '--no-passphrase')
    const run = await shop.koo('pack', 'ready', '--sign', '--scan', 'off')
    expect(run).toMatchObject({ code: 0 })
    expect(run.stdout).toContain(`ready/${name}`)
    expect(run.stdout).toContain(`koo verify ready/${name} --signature dist/${name}.minisig`)
    expect(await readFile(join(folder, name))).toEqual(bytes)
    const signature = await readFile(join(shop.folder, `dist/${name}.minisig`), 'utf8')
    expect(signature).toContain(`trusted comment: file:${name}\tkey:plumbline-fim\tversion:V2.1\n`)
    const verify = ['verify', `ready/${name}`, '--signature', `dist/${name}.minisig`]
    expect(await shop.koo(...verify)).toMatchObject({ code: 0 })
    bytes[bytes.length - 1] = 1
    await writeFile(join(folder, name), bytes)
    expect(await shop.koo(...verify)).toMatchObject({ code: 1 })
  })

  test('beside its own checksum verifies without a signature, and a signature of the seller’s own is left', async () => {
    await writeFile(join(folder, `${name}.minisig`), 'mine')
    const run = await shop.koo('pack', 'ready', '--out', 'ready', '--scan', 'off', '--json')
    expect(JSON.parse(run.stdout)).toMatchObject({
      bundles: [
        {
          ...{ key: 'plumbline-fim', path: `ready/${name}`, ready: true, archive: 'tar.gz', bytes: bytes.length },
          checksum: `ready/${name}.sha256`,
          entries: [
            { path: 'bin/plumbline', kind: 'file', bytes: 25 },
            { path: 'etc/plumbline.conf', kind: 'file', bytes: 13 },
          ],
        },
      ],
      nothing_to_pack: [],
    })
    expect(await readFile(join(folder, `${name}.minisig`), 'utf8')).toBe('mine')
  })

  test('is listed', async () => {
    const run = await shop.koo('pack', 'ready', '--list')
    expect(run.code).toBe(0)
    expect(run.stdout).toContain(`${name} from ready: 2 entries, 38 B`)
    expect(run.stdout).toMatch(/bin\/\n +plumbline\*/)
    expect(JSON.parse((await shop.koo('pack', 'ready', '--list', '--json')).stdout)).toMatchObject({
      products: [{ packed: [{ path: 'bin/plumbline', why: { by: 'archive' } }, {}], left_out: [] }],
    })
  })

  test('is sent', async () => {
    const run = await shop.koo('publish', 'ready', '--scan', 'off', '--json')
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ products: [{ key: 'plumbline-fim', state: 'on-sale' }] })
  })

  test('shares a name with another, so that their checksums would be one file', async () => {
    await cp(folder, join(shop.folder, 'other'), { recursive: true })
    await edit(join(shop.folder, 'other/koo.yaml'), 'key: plumbline-fim', 'key: plumbline-two')
    await edit(join(shop.folder, 'other/koo.yaml'), 'name: Plumbline File', 'name: Plumbline Other File')
    const run = await shop.koo('pack', 'ready', 'other', '--scan', 'off')
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('overwrite each other')
  })
})

test('another type than it has is a contradiction', async () => {
  await archive(...sound)
  for (const more of [['--list'], ['--scan', 'off']]) {
    const run = await shop.koo('pack', 'ready', '--archive', 'zip', '--json', ...more)
    expect(run.code).toBe(2)
    expect(`${run.stdout}${run.stderr}`).toContain('contradiction')
  }
  expect(existsSync(join(shop.folder, 'dist'))).toBe(false)
  expect(await shop.koo('pack', 'ready', '--archive', 'tar.gz', '--scan', 'off')).toMatchObject({ code: 0 })
})

test('what is wrong is told at its place, and nothing is written or sent', async () => {
  await archive(
    ...sound,
    { name: '.env', text: 'A=b' },
    { name: 'k.txt', text: `\n${key}` },
    { name: '../x', text: 'x' },
  )
  const run = await shop.koo('pack', 'ready', '--scan', 'off', '--json')
  expect(run.code).toBe(1)
  const { bundles, diagnostics } = JSON.parse(run.stdout)
  expect(bundles).toEqual([])
  expect(diagnostics).toMatchObject([
    { code: 'package-entry', path: '/delivery/package/archive', message: expect.stringContaining('`../x`') },
    { code: 'package-secret', path: '/delivery/package/archive', message: expect.stringContaining('`.env`') },
    {
      code: 'package-secret',
      message: expect.stringContaining('`k.txt`, line 2, holds a private key'),
      hint: expect.stringMatching(/^Make the archive again without it/),
    },
  ])
  expect(existsSync(join(shop.folder, 'dist'))).toBe(false)
  const published = await shop.koo('publish', 'ready', '--scan', 'off', '--json')
  expect(published.code).toBe(1)
  expect((await shop.koo('list', '--json')).stdout).not.toContain('plumbline-fim')
})

test('secrets that are allowed pass, and a glob that allows nothing is a warning', async () => {
  await archive(...sound, { name: './t/k.txt', text: key })
  await nameArchive(join(folder, 'koo.yaml'), name, "    allowSecrets: ['t/**', 'gone/**']\n")
  const run = await shop.koo('pack', 'ready', '--scan', 'off', '--json')
  expect(run.code).toBe(0)
  expect(JSON.parse(run.stdout)).toMatchObject({
    bundles: [{ ready: true }],
    diagnostics: [{ code: 'package-glob-idle', severity: 'warning', path: '/delivery/package/allowSecrets/1' }],
  })
  // A warning stops nothing.
  expect(await shop.koo('publish', 'ready', '--scan', 'off')).toMatchObject({ code: 0 })
})

test('one that breaks off is a finding, also where it is listed', async () => {
  const bytes = await archive(...sound)
  await writeFile(join(folder, name), bytes.subarray(0, -12))
  for (const flags of [['--scan', 'off'], ['--list']]) {
    const run = await shop.koo('pack', 'ready', ...flags)
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('It breaks off.')
    expect(run.stdout).toContain('package-broken')
  }
})
