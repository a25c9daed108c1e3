/** Writing files for real: what is replaced, and what is written into instead. */
import { execFileSync } from 'node:child_process'
import { lstat, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import type { Files } from '../../src/ports.ts'

let folder: string
let files: Files
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-content-'))
  files = nodeFiles(folder, () => 'x')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const testWithPipes = process.platform === 'win32' ? test.skip : test
const pipe = (name: string) => execFileSync('mkfifo', [join(folder, name)])

testWithPipes('a named pipe is written into, also through a link, and stays one', async () => {
  pipe('pipe')
  await symlink('pipe', join(folder, 'link'))
  for (const name of ['pipe', 'link']) {
    const text = `${name} ${'x'.repeat(200_000)}`
    const [read] = await Promise.all([readFile(join(folder, 'pipe'), 'utf8'), files.write(name, text)])
    expect(read).toBe(text)
  }
  expect((await lstat(join(folder, 'pipe'))).isFIFO()).toBe(true)
  expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true)
  expect((await readdir(folder)).sort()).toEqual(['link', 'pipe'])
})

testWithPipes('a pipe whose reader goes away is a failure', async () => {
  pipe('pipe')
  const reading = open(join(folder, 'pipe')).then((reader) => reader.close())
  const writing = files.write('pipe', 'x'.repeat(1_000_000))
  await expect(writing).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining('reader') })
  await reading
})

test('a folder is refused, a file replaced', async () => {
  await mkdir(join(folder, 'inside'))
  await writeFile(join(folder, 'file'), 'before')
  await expect(files.write('inside', 'text')).rejects.toMatchObject({ code: 'cannot-write' })
  await files.write('file', 'after')
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('after')
  expect((await readdir(folder)).sort()).toEqual(['file', 'inside'])
})
