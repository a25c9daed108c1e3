/** Runs `bin/koo.js` as a seller does: on a pseudo-terminal read through an emulator, or as a plain process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { spawn as onPty } from '@lydell/node-pty'
import headless from '@xterm/headless'

export const koo = fileURLToPath(new URL('../../bin/koo.js', import.meta.url))

export const keys = { enter: '\r', up: '\x1b[A', down: '\x1b[B', clearLine: '\x15', ctrlC: '\x03' } as const

export type Environment = Readonly<Record<string, string>>

/** A temporary folder to work in, and a clean environment whose home is in it too. */
export interface Place {
  readonly folder: string
  readonly environment: Environment
  remove(): Promise<void>
}

export async function place(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'koo-terminal-'))
  const folder = await mkdtemp(join(root, 'work-'))
  const home = join(root, 'home')
  const environment = {
    PATH: process.env.PATH ?? '',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    HOME: home,
    KOO_DATA: join(home, 'koo'),
    XDG_DATA_HOME: join(home, 'data'),
  }
  return { folder, environment, remove: () => rm(root, { recursive: true, force: true }) }
}

export interface Cell {
  readonly text: string
  /** A cell in any colour but the terminal's own. */
  readonly coloured: boolean
}

export interface Screen {
  /** What the emulator shows with what has scrolled away: a line of text for each row, without the space at its end. */
  rows(): readonly string[]
  text(): string
  cells(row: number): readonly Cell[]
  cursorVisible(): boolean
  /** Everything koo wrote, as it wrote it. */
  raw(): string
  type(...typed: readonly string[]): void
  /** Throws with the screen as it is when the text does not come. */
  see(wanted: string | RegExp): Promise<void>
  /** The exit code. */
  ended(): Promise<number>
  /** Ends what still runs. */
  close(): void
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

const patience = 20_000

export function terminal(
  { folder, environment }: Place,
  args: readonly string[],
  { size = { columns: 100, rows: 40 }, env = {} }: { readonly size?: Size; readonly env?: Environment } = {},
): Screen {
  const { columns: cols, rows } = size
  const emulator = new headless.Terminal({ cols, rows, scrollback: 1000, allowProposedApi: true })
  const pty = onPty(process.execPath, [koo, ...args], {
    name: env.TERM ?? environment.TERM ?? 'xterm-256color',
    cols,
    rows,
    cwd: folder,
    env: { ...environment, ...env },
  })
  const written: string[] = []
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const each of watchers) each()
  }
  let exit: number | undefined
  pty.onData((data) => {
    written.push(data)
    emulator.write(data, changed)
  })
  pty.onExit(({ exitCode }) => {
    // Behind everything that is still to be drawn.
    emulator.write('', () => {
      exit = exitCode
      changed()
    })
  })

  const lines = () => {
    const { active } = emulator.buffer
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '')
  }
  const text = (): string => lines().join('\n').trimEnd()

  function until<T>(what: string, found: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void): void => {
        clearTimeout(timer)
        watchers.delete(look)
        end()
      }
      const look = (): void => {
        const value = found()
        if (value !== undefined) finish(() => resolve(value))
        else if (exit !== undefined) {
          finish(() => reject(new Error(`koo ended with ${exit} before ${what}:\n${text()}`)))
        }
      }
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`${what} did not come:\n${text()}`)))
      }, patience)
      watchers.add(look)
      look()
    })
  }

  return {
    rows: () => text().split('\n'),
    text,
    cells: (row) => cellsOf(emulator, row),
    cursorVisible: () => written.join('').lastIndexOf('\x1b[?25l') <= written.join('').lastIndexOf('\x1b[?25h'),
    raw: () => written.join(''),
    type: (...typed) => {
      for (const each of typed) pty.write(each)
    },
    see: async (wanted) => {
      const seen = (): true | undefined =>
        (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text())) || undefined
      await until(`the text ${String(wanted)}`, seen)
    },
    ended: () => until('the end', () => exit),
    close: () => {
      if (exit === undefined) pty.kill('SIGKILL')
      emulator.dispose()
    },
  }
}

function cellsOf(emulator: InstanceType<typeof headless.Terminal>, row: number): readonly Cell[] {
  const line = emulator.buffer.active.getLine(row)
  return Array.from({ length: line?.length ?? 0 }, (_, column) => {
    const cell = line?.getCell(column)
    return { text: cell?.getChars() ?? '', coloured: cell !== undefined && !cell.isFgDefault() }
  })
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs koo without a terminal and with nothing on stdin. */
export function run(where: Place, args: readonly string[], env: Environment = {}): Promise<Ended> {
  return ended(plain(where, process.execPath, [koo, ...args], env))
}

/** Runs a line of a shell, in which `koo` is koo. */
export function shell(where: Place, line: string, env: Environment = {}): Promise<Ended> {
  const definition = `koo() { "${process.execPath}" "${koo}" "$@"; }`
  return ended(plain(where, 'bash', ['-c', `${definition}\n${line}`], env))
}

function plain({ folder, environment }: Place, program: string, args: readonly string[], env: Environment) {
  return spawn(program, [...args], {
    cwd: folder,
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function ended(child: ReturnType<typeof plain>): Promise<Ended> {
  const out = collected(child.stdout)
  const err = collected(child.stderr)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout: out(), stderr: err() }))
  })
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString()
}

export interface Sandbox {
  readonly url: string
  /** What koo needs to speak to it. */
  readonly environment: Environment
  close(): Promise<void>
}

/** `koo sandbox --port 0 --json` as a second process, in a data folder of its own. */
export async function sandbox(where: Place, ...flags: readonly string[]): Promise<Sandbox> {
  const data = join(where.folder, '..', 'market')
  const args = [koo, 'sandbox', '--port', '0', '--json', '--data', data, ...flags]
  const child = plain(where, process.execPath, args, {})
  const errors = collected(child.stderr)
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error(`The sandbox did not start: ${errors()}`)))
  })
  const { url, access_key, secret_key } = JSON.parse(line) as Readonly<Record<string, string>>
  const environment = { HUAWEICLOUD_SDK_AK: access_key ?? '', HUAWEICLOUD_SDK_SK: secret_key ?? '' }
  return { url: url ?? '', environment, close: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
}
