/** Runs `bin/koo.js` as a real process, with a home of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

type Environment = Readonly<Record<string, string>>

export interface Shop {
  /** The working directory, with the examples in it. */
  readonly folder: string
  koo(...argv: readonly string[]): Promise<Run>
  /** With more in the environment. */
  kooWith(environment: Environment, ...argv: readonly string[]): Promise<Run>
  /** With a text on standard input. */
  kooReading(text: string, ...argv: readonly string[]): Promise<Run>
  start(environment: Environment, ...argv: readonly string[]): ChildProcess
  close(): Promise<void>
}

/** A seller's machine: an empty home, the examples, no marketplace configured. */
export async function openShop(): Promise<Shop> {
  const home = await mkdtemp(join(tmpdir(), 'koo-'))
  const folder = join(home, 'shop')
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
  const running = new Set<ChildProcess>()
  const launch = (environment: Environment, input: 'ignore' | 'pipe', argv: readonly string[]): ChildProcess => {
    const env = { PATH: process.env.PATH ?? '', HOME: home, XDG_DATA_HOME: join(home, 'data'), ...environment }
    const child = spawn(process.execPath, [join(root, 'bin/koo.js'), ...argv], {
      cwd: folder,
      env,
      stdio: [input, 'pipe', 'pipe'],
    })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }
  const start: Shop['start'] = (environment, ...argv) => launch(environment, 'ignore', argv)
  const kooWith = (environment: Environment, ...argv: readonly string[]) => ended(start(environment, ...argv))
  return {
    folder,
    start,
    kooWith,
    koo: (...argv) => kooWith({}, ...argv),
    kooReading(text, ...argv) {
      const child = launch({}, 'pipe', argv)
      child.stdin?.end(text)
      return ended(child)
    },
    async close() {
      for (const child of running) child.kill('SIGKILL')
      await rm(home, { recursive: true, force: true })
    },
  }
}

export function ended(child: ChildProcess): Promise<Run> {
  return new Promise((resolve) => {
    let stdout = ''
    let stderr = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export interface RunningSandbox {
  readonly url: string
  readonly access_key: string
  readonly secret_key: string
  /** What a second process needs to publish to it. */
  readonly environment: Environment
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** `koo sandbox --port 0 --json` in the foreground, once it has printed its line. */
export async function startSandbox(shop: Shop, ...argv: readonly string[]): Promise<RunningSandbox> {
  const child = shop.start({}, 'sandbox', '--port', '0', '--json', ...argv)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text)
    })
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}: ${text}`)))
  })
  const keys = JSON.parse(line) as Omit<RunningSandbox, 'environment' | 'kill'>
  const { url, access_key, secret_key } = keys
  return {
    ...keys,
    environment: { KOO_MARKETPLACE: url, HUAWEICLOUD_SDK_AK: access_key, HUAWEICLOUD_SDK_SK: secret_key },
    async kill(signal = 'SIGTERM') {
      child.kill(signal)
      await exited
    },
  }
}

/** What stands below a mark such as `<!-- recipe: shell -->` in the README. */
export function recipe(name: string): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const found = new RegExp(`<!-- recipe: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\n\`\`\`\n`).exec(readme)?.[1]
  if (found === undefined) throw new Error(`The README has no recipe ${name}.`)
  return found
}

/** A file with one text put in place of another, which has to be there. */
export async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const { readFile, writeFile } = await import('node:fs/promises')
  const text = await readFile(path, 'utf8')
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`${path} does not contain ${String(from)}`)
  await writeFile(path, changed)
}
