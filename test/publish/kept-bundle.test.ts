/** Bundles outlive a run that broke off, and are packed again where they are not what is wanted. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { Failure } from '../../src/model/failure.ts'
import { type BundleTools, pruneBundles, withBundle } from '../../src/publish/kept-bundle.ts'
import type { Product } from '../../src/publish/product.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { clock, randomness } from './stall.ts'

let folder: string
let packed: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-kept-'))
  packed = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const name = 'harbor-crm-V1.0.tar.gz'
const planned = { name, entries: 1, filesSha256: 'f'.repeat(64) }
const product = { manifest: { product: { key: 'harbor-crm' } } } as unknown as Product

function tools(basis = 'unsigned', now = clock.now()): BundleTools {
  return {
    files: nodeFiles(folder, () => randomness.hex(6)),
    clock: { ...clock, now: () => now },
    randomness,
    bundles: 'bundles',
    emit: () => {},
    packing: {
      basis: () => basis,
      isSigned: false,
      async pack(_, into) {
        packed.push(into)
        await mkdir(join(folder, into), { recursive: true })
        await writeFile(join(folder, into, name), 'all of it')
        return { bundle: { filesSha256: planned.filesSha256, sha256: sha256Hex('all of it'), bytes: 9 } }
      },
    },
  }
}

/** The folder it is in. */
const bundle = (with_ = tools()) =>
  withBundle(with_, product, planned, async (made) => (made.is === 'made' ? made.folder : made.is))

test('the next run finds it whole and does not pack', async () => {
  const first = await bundle()
  expect(await bundle()).toBe(first)
  expect(packed).toHaveLength(1)
})

test('it is packed again where its bytes are others, or it is to be signed', async () => {
  const where = await bundle()
  await writeFile(join(folder, where, name), 'all of IT')
  await bundle()
  expect(packed).toHaveLength(2)
  await bundle(tools('signed by another key'))
  expect(packed).toHaveLength(3)
})

const gone = new Failure({ code: 'cannot-read', exit: 'usage', message: 'Cannot read it.' })

test('what cannot be read beside it is no reason to pack again, and it stays', async () => {
  for (const _ of [1, 2]) {
    await expect(withBundle(tools(), product, planned, () => Promise.reject(gone))).rejects.toBe(gone)
  }
  expect(packed).toHaveLength(1)
  expect(await readdir(join(folder, 'bundles'))).toHaveLength(1)
})

test('where another run takes it away, it is packed once more, apart, for as long as it is needed', async () => {
  let tries = 0
  const where = await withBundle(tools(), product, planned, async (made) => {
    tries += 1
    if (tries === 1) {
      await rm(join(folder, packed[0] ?? ''), { recursive: true })
      throw gone
    }
    return made.is === 'made' ? made.folder : ''
  })
  expect(packed).toHaveLength(2)
  expect(where).toBe(packed[1])
  expect(where).not.toBe(packed[0])
  expect(await readdir(join(folder, 'bundles'))).toEqual([])
})

test('after a week it is removed', async () => {
  await bundle()
  await pruneBundles(tools())
  expect(await readdir(join(folder, 'bundles'))).toHaveLength(1)
  await pruneBundles(tools('unsigned', clock.now() + 8 * 86_400_000))
  expect(await readdir(join(folder, 'bundles'))).toEqual([])
})
