/** Programs that are really run: found on the path only, ended when they must be. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { nodePrograms } from '../../src/adapters/programs.ts'

let folder = ''
const limits = { mostOut: 10_000, mostErrors: 100, patience: 200 }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-programs-'))
  await mkdir(join(folder, 'bin/directory'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program in Node's own language, whatever the shell is. */
async function program(name: string, code: string, interpreter: string = process.execPath): Promise<void> {
  const path = join(folder, 'bin', name)
  await writeFile(path, `#!${interpreter}\n${code}\n`)
  await chmod(path, 0o755)
}

const programs = (path = join(folder, 'bin')) => nodePrograms({ PATH: path }, limits)

test('answers, errors, code and arguments as they are', async () => {
  await program('talk', 'console.log(process.argv.slice(2).join("|")); console.error("so"); process.exitCode = 3')
  const args = ['a b', '$HOME', '"; echo', '']
  expect(await programs().run('talk', args)).toEqual({
    is: 'ended',
    code: 3,
    stdout: 'a b|$HOME|"; echo|\n',
    stderr: 'so\n',
  })
})

test('standard input is what is given, or nothing', async () => {
  await program('echo-in', 'process.stdin.pipe(process.stdout)')
  expect(await programs().run('echo-in', [], { input: 'ümlaut' })).toMatchObject({ code: 0, stdout: 'ümlaut' })
  expect(await programs().run('echo-in', [])).toMatchObject({ code: 0, stdout: '' })
  await program('deaf', 'process.stdin.destroy()')
  expect(await programs().run('deaf', [], { input: 'x'.repeat(1e6) })).toMatchObject({ code: 0 })
})

test('what is not on the path is absent, also where it lies in the current folder', async () => {
  const before = process.cwd()
  process.chdir(join(folder, 'bin'))
  try {
    for (const path of ['', '.', `.${delimiter}`, 'bin', folder]) {
      expect(await programs(path).run('talk', [])).toEqual({ is: 'absent' })
    }
    expect(await programs().run('./talk', [])).toEqual({ is: 'absent' })
    expect(await programs().run(join(folder, 'bin/talk'), [])).toEqual({ is: 'absent' })
  } finally {
    process.chdir(before)
  }
  expect(await programs().run('directory', [])).toEqual({ is: 'absent' })
  await writeFile(join(folder, 'bin/plain'), 'no program')
  expect(await programs().run('plain', [])).toEqual({ is: 'absent' })
  expect(await nodePrograms({}).run('talk', [])).toEqual({ is: 'absent' })
})

test('one that cannot be run says why', async () => {
  await program('broken', '', '/nowhere/interpreter')
  expect(await programs().run('broken', [])).toMatchObject({ code: 126, stderr: expect.stringContaining('ENOENT') })
})

test('one that writes without end is ended, and errors are kept from their end', async () => {
  await program('endless', 'setInterval(() => process.stdout.write("x".repeat(1000)), 1)')
  const ended = await programs().run('endless', [])
  expect(ended).toMatchObject({ code: 143, stderr: 'It wrote more than 10000 bytes, so it was ended.\n' })
  await program('wordy', 'console.error("a".repeat(500) + "end")')
  expect(await programs().run('wordy', [])).toMatchObject({ stderr: expect.stringMatching(/^a{96}end\n$/) })
})

test('is gone when koo is stopped, also where it does not listen', async () => {
  await program('stubborn', 'process.on("SIGTERM", () => {}); console.log("on"); setInterval(() => {}, 1000)')
  const controller = new AbortController()
  const began = Date.now()
  setTimeout(() => controller.abort(), 300)
  await expect(programs().run('stubborn', [], { stop: controller.signal })).rejects.toMatchObject({ code: 'stopped' })
  expect(Date.now() - began).toBeLessThan(5000)
  await expect(programs().run('talk', [], { stop: controller.signal })).rejects.toMatchObject({ code: 'stopped' })
})
