/** A file that changes while it is packed is an error, and whatever goes wrong leaves nothing behind. */
import { execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Files } from '../../src/ports.ts'
import { ended, openShop, root, type Shop } from '../e2e/koo.ts'
import { runs, testWith } from '../e2e/programs.ts'
import { filesIn, formats, noise, packed, plant, temporaryFolder } from './workshop.ts'

let home: string
beforeEach(() => {
  home = temporaryFolder()
  plant(home, { 'software/a': 'a', 'software/large.bin': noise(2_000_000), 'software/z': 'z' })
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const large = () => join(home, 'software/large.bin')

/** Does something once, when the second part of the large file is about to be read. */
function whileRead(happens: () => void): Files {
  const files = filesIn(home)
  return {
    ...files,
    async open(path) {
      const file = await files.open(path)
      let reads = 0
      const read: typeof file.read = (...where) => {
        reads += 1
        if (reads === 2 && path.endsWith('large.bin')) happens()
        return file.read(...where)
      }
      return { ...file, read }
    },
  }
}

const happenings: Readonly<Record<string, () => void>> = {
  grows: () => appendFileSync(large(), 'more'),
  shrinks: () => truncateSync(large(), 1_900_000),
  'is emptied': () => truncateSync(large(), 0),
  'is rewritten at the same size': () => {
    const { size } = statSync(large())
    writeFileSync(large(), noise(size, 2))
  },
  'is rewritten, and its time put back': () => {
    const { atime, mtime } = statSync(large())
    writeFileSync(large(), noise(2_000_000, 2))
    utimesSync(large(), atime, mtime)
  },
  'is replaced by another': () => {
    writeFileSync(`${large()}.new`, noise(2_000_000))
    renameSync(`${large()}.new`, large())
  },
  'is removed': () => rmSync(large()),
  'becomes a folder': () => {
    rmSync(large())
    plant(large(), { x: '' })
  },
}

test.each(Object.entries(happenings))('a file that %s while it is packed', async (_, happens) => {
  for (const format of formats) {
    plant(home, { 'software/large.bin': noise(2_000_000) })
    const failure = { name: 'Failure', code: 'file-changed', exit: 'findings' }
    await expect(packed(home, { format, files: whileRead(happens) })).rejects.toMatchObject(failure)
    expect(readdirSync(join(home, 'out'))).toEqual([])
    rmSync(large(), { recursive: true, force: true })
  }
})

test.each<readonly [string, string, () => void]>([
  ['is gone', 'cannot-read', () => rmSync(large())],
  [
    'is a folder',
    'cannot-read',
    () => {
      rmSync(large())
      plant(large(), { x: '' })
    },
  ],
  [
    'is a pipe',
    'cannot-read',
    () => {
      rmSync(large())
      execFileSync('mkfifo', [large()])
    },
  ],
])('a file that %s when its turn comes', async (_, code, happens) => {
  const files = filesIn(home)
  const late: Files = {
    ...files,
    open: (path) => {
      if (path.endsWith('/a')) happens()
      return files.open(path)
    },
  }
  await expect(packed(home, { files: late })).rejects.toMatchObject({ name: 'Failure', code })
  expect(readdirSync(join(home, 'out'))).toEqual([])
})

test('a file that grew since it was looked at is an error: scanners saw another', async () => {
  const files = filesIn(home)
  const late: Files = {
    ...files,
    open: (path) => {
      if (path.endsWith('/a')) appendFileSync(large(), 'more')
      return files.open(path)
    },
  }
  await expect(packed(home, { files: late })).rejects.toMatchObject({ name: 'Failure', code: 'file-changed' })
})

test('who does not accept, or stops, is left with nothing', async () => {
  const refused = new Error('refused')
  const accept = () => {
    throw refused
  }
  await expect(packed(home, { accept })).rejects.toBe(refused)
  const controller = new AbortController()
  const progress = () => controller.abort()
  await expect(packed(home, { stop: controller.signal, progress })).rejects.toMatchObject({ code: 'stopped' })
  expect(readdirSync(join(home, 'out'))).toEqual([])
})

test('a bundle that was there stays as it was where packing fails', async () => {
  const before = await packed(home)
  await expect(packed(home, { files: whileRead(() => rmSync(large())) })).rejects.toMatchObject({
    code: 'file-changed',
  })
  expect(readdirSync(join(home, 'out')).sort()).toEqual(['harbor-crm_V1-2.tar.gz', 'harbor-crm_V1-2.tar.gz.sha256'])
  expect(statSync(before.file).size).toBe(before.bytes)
})

let shop: Shop
async function withShop(work: () => Promise<void>): Promise<void> {
  shop = await openShop()
  try {
    await work()
  } finally {
    await shop.close()
  }
}

test('Ctrl-C in the middle of 250 MB leaves nothing behind', () =>
  withShop(async () => {
    const folder = join(shop.folder, 'examples/license')
    const handle = openSync(join(folder, 'software/large.bin'), 'w')
    const part = Buffer.alloc(10_000_000)
    for (let count = 0; count < 25; count += 1) writeSync(handle, randomFillSync(part))
    closeSync(handle)
    const child = shop.start({}, 'pack', 'examples/license', '--out', 'dist')
    const dist = join(shop.folder, 'dist')
    const isUnderWay = () => existsSync(dist) && readdirSync(dist).some((name) => name.endsWith('.tmp'))
    for (let tries = 0; tries < 3000 && !isUnderWay(); tries += 1) await sleep(5)
    expect(isUnderWay()).toBe(true)
    child.kill('SIGINT')
    expect((await ended(child)).code).toBe(130)
    expect(readdirSync(dist)).toEqual([])
  }))

test('a folder that cannot be written to is told, with nothing left', () =>
  withShop(async () => {
    const { code, stderr } = await shop.koo('pack', 'examples/license', '--out', 'examples/license/koo.yaml/dist')
    expect([code, stderr]).toEqual([2, expect.stringContaining('Cannot write')])
  }))

testWith('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=64k none /mnt'])(
  'a full disk is told, with nothing left',
  () =>
    withShop(async () => {
      plant(join(shop.folder, 'examples/license/software'), { 'large.bin': noise(900_000) })
      plant(shop.folder, { dist: { folder: true } })
      const koo = `"${process.execPath}" "${join(root, 'bin/koo.js')}" pack examples/license --out dist`
      const script = `mount -t tmpfs -o size=200k none dist && { ${koo}; echo "ended with $?"; ls -A dist; }`
      const { stdout, stderr } = runs('unshare', ['-rm', 'sh', '-c', script], shop.folder)
      expect(stderr).toContain('the disk is full')
      expect(stdout).toBe('ended with 2\n')
    }),
)
