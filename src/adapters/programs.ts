/** The Programs port over child processes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants as access, accessSync, statSync } from 'node:fs'
import { constants as system } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { stopped } from '../model/failure.ts'
import type { Environment, ProgramEnd, Programs } from '../ports.ts'

interface Limits {
  /** A report on a large package may have tens of megabytes. */
  readonly mostOut: number
  /** What a program says of itself is kept from its end. */
  readonly mostErrors: number
  /** Milliseconds between asking a program to end and ending it. */
  readonly patience: number
}

const usual: Limits = { mostOut: 256 * 1024 ** 2, mostErrors: 64 * 1024, patience: 3000 }

export function nodePrograms(environment: Environment, limits: Limits = usual): Programs {
  return {
    async run(name, args, { input, stop } = {}) {
      if (stop?.aborted) throw stopped()
      const path = programFile(name, environment)
      if (path === undefined) return { is: 'absent' }
      const child = spawn(path, [...args], {
        // A pipe that is never closed keeps some programs waiting.
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        windowsHide: true,
        env: withoutSecrets(environment),
      })
      const ending = end(child, limits)
      if (input !== undefined) write(child, input)
      stop?.addEventListener('abort', ending.kill, { once: true })
      try {
        const ended = await ending.ended
        if (stop?.aborted) throw stopped()
        return ended
      } finally {
        stop?.removeEventListener('abort', ending.kill)
      }
    },
  }
}

/** Scanners are others' programs, some of which talk to the network: the seller's keys are not theirs. */
export function withoutSecrets(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(KOO_|HUAWEICLOUD_|HW_)/.test(name)))
}

/**
 * The program's file. Only absolute folders are looked into: an empty or relative one on the path is the current folder,
 * which may be anybody's, and so would be Windows' own search.
 */
export function programFile(name: string, environment: Environment): string | undefined {
  if (/[/\\]/.test(name)) return undefined
  const isWindows = delimiter === ';'
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter)
  // Scripts such as .cmd need a shell.
  const names = isWindows ? [`${name}.exe`, `${name}.com`] : [name]
  return folders
    .filter(isAbsolute)
    .flatMap((folder) => names.map((each) => join(folder, each)))
    .find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, access.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** A program may end without reading what it is told, which is its own affair. */
function write(child: ChildProcess, input: string): void {
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
}

function end(child: ChildProcess, limits: Limits): { readonly ended: Promise<ProgramEnd>; kill(): void } {
  const out: Buffer[] = []
  let errors = Buffer.alloc(0)
  let bytes = 0
  let timer: NodeJS.Timeout | undefined
  const kill = (): void => {
    child.kill('SIGTERM')
    timer ??= setTimeout(() => child.kill('SIGKILL'), limits.patience)
  }
  child.stdout?.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= limits.mostOut) out.push(chunk)
    else kill()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = Buffer.concat([errors, chunk]).subarray(-limits.mostErrors)
  })
  const ended = new Promise<ProgramEnd>((resolve) => {
    const settle = (code: number, more = ''): void => {
      clearTimeout(timer)
      const tooMuch = bytes > limits.mostOut ? `It wrote more than ${limits.mostOut} bytes, so it was ended.\n` : ''
      const stderr = `${tooMuch}${errors.toString()}${more}`
      resolve({ is: 'ended', code, stdout: Buffer.concat(out).toString(), stderr })
    }
    // 126 is what a shell says of a file it cannot run, such as one of another machine.
    child.once('error', (error) => settle(126, error.message))
    child.once('close', (code, signal) => settle(code ?? 128 + (system.signals[signal ?? 'SIGKILL'] ?? 0)))
  })
  return { ended, kill }
}
