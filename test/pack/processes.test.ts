/** `koo pack` as real processes: elsewhere, at another time, on fewer processors, the bundle is the same. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runs, testWith } from '../e2e/programs.ts'
import { formats, noise, prose, temporaryFolder } from './workshop.ts'

const root = join(import.meta.dirname, '../..')
let home: string
beforeAll(() => {
  home = temporaryFolder()
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Told {
  readonly code: number | null
  readonly stderr: string
  readonly sha256: string | undefined
}

/** `koo pack`, perhaps started by another program. */
function koo(folder: string, environment: Record<string, string>, start: readonly string[], ...argv: string[]): Told {
  const [program = '', ...rest] = [...start, process.execPath, join(root, 'bin/koo.js'), 'pack', '--json', ...argv]
  const env = { PATH: process.env.PATH ?? '', HOME: home, ...environment }
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd: folder, env, encoding: 'utf8' })
  const { bundles } = JSON.parse(stdout || '{}') as { bundles?: readonly { readonly sha256: string }[] }
  return { code: status, stderr, sha256: bundles?.[0]?.sha256 }
}

function product(name: string, umask: number): string {
  const folder = join(home, name)
  const before = process.umask(umask)
  cpSync(join(root, 'examples/license'), folder, { recursive: true })
  const contents = { 'large.txt': prose(3_000_000), 'large.bin': noise(2_000_000), 'Ünïcode 名.txt': 'wide' }
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, 'software', path)), { recursive: true })
    writeFileSync(join(folder, 'software', path), content)
  }
  writeFileSync(join(folder, 'software/more'), '#!/bin/sh\n', { mode: 0o777 })
  process.umask(before)
  return folder
}

testWith('taskset', ['-c', '0', 'true'])('time zones, languages, umasks, folders and processors do not matter', () => {
  const one = product('one', 0o077)
  const two = product('elsewhere/two', 0o002)
  for (const archive of formats) {
    const there = { TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
    const first = koo(one, there, ['taskset', '-c', '0'], '--archive', archive)
    const second = koo(two, { TZ: 'UTC', LANG: 'C' }, [], '--archive', archive, '--out', '../away')
    expect([first.code, second.code]).toEqual([0, 0])
    expect(second.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(second.sha256).toBe(first.sha256)
  }
})

test('SOURCE_DATE_EPOCH is the time of every entry', () => {
  const folder = product('epoch', 0o022)
  const plain = koo(folder, {}, [], '--archive', 'tar')
  const timed = koo(folder, { SOURCE_DATE_EPOCH: '1700000000' }, [], '--archive', 'tar')
  expect(timed.code).toBe(0)
  expect(timed.sha256).not.toBe(plain.sha256)
  const { stdout } = runs('tar', ['tvf', 'dist/plumbline-fim_V2-1.tar', '--utc', '--full-time'], folder)
  for (const line of stdout.trim().split('\n')) expect(line).toContain('2023-11-14 22:13:20')
  expect(koo(folder, { SOURCE_DATE_EPOCH: '' }, [], '--archive', 'tar').sha256).toBe(plain.sha256)
})

test.each(['yesterday', '4294967296'])('`%s` is no SOURCE_DATE_EPOCH', (text) => {
  const { code, stderr } = koo(join(root, 'examples/license'), { SOURCE_DATE_EPOCH: text }, [], '--out', home)
  expect([code, JSON.parse(stderr)]).toEqual([2, expect.objectContaining({ error: expect.anything() })])
  expect(stderr).toContain('bad-setting')
})
