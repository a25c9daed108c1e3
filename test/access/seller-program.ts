/** Production interfaces koo did not write, as programs: those of `servers/`, for what of it is installed. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { key } from './trial.ts'

const folder = join(import.meta.dirname, 'servers')

export const programs = {
  node: [process.execPath, 'server.js'],
  python: ['python3', 'server.py'],
  java: ['java', 'Server.java'],
} as const
export type ProgramName = keyof typeof programs

/** Java compiles the file before it runs it, on a machine that may be busy. */
const startTime = 40_000

export function isInstalled(name: ProgramName): boolean {
  const [program] = programs[name]
  return spawnSync(program, ['--version']).status === 0
}

export interface SellerProgram {
  readonly url: string
  stop(): Promise<void>
}

/** @param broken the mistake it makes; left out: none */
export async function startProgram(name: ProgramName, broken?: string): Promise<SellerProgram> {
  const [program, file] = programs[name]
  const child = spawn(program, [join(folder, file), ...(broken === undefined ? [] : ['--broken', broken])], {
    env: { ...process.env, ACCESS_KEY: key },
    // What Java prints of errors nobody caught is part of some mistakes.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(child.stdout, 'data', { signal: AbortSignal.timeout(startTime) }),
    ended.then(() => Promise.reject(new Error(`${file} did not start.`))),
  ])
  return {
    url: `http://localhost:${Number(String(line))}/`,
    async stop() {
      child.kill()
      await ended
    },
  }
}
