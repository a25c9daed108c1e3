/** Programs of this machine that a test may find missing: then it is skipped, which the count of tests shows. */
import { spawnSync } from 'node:child_process'
import { test } from '@jest/globals'

export interface Said {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, with a text on its standard input. */
export function runs(program: string, args: readonly string[], cwd: string, input = ''): Said {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, input, encoding: 'utf8' })
  return { code: error === undefined ? status : null, stdout: stdout ?? '', stderr: stderr ?? '' }
}

/** `test` where the program ends well with these arguments, else `test.skip`. */
export function testWith(program: string, args: readonly string[]): typeof test | typeof test.skip {
  return runs(program, args, '.').code === 0 ? test : test.skip
}
