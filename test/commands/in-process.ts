/** Runs koo inside the test: the same `main`, with streams, an environment and a folder of its own; much faster. */
import { Readable, Writable } from 'node:stream'
// Loaded here, because Jest fails now and then when two imports that share a package are under way at once.
import '../../src/adapters/http-marketplace.ts'
import '../../src/adapters/signed-http.ts'
import { nodeWorld } from '../../src/adapters/node-world.ts'
import { main } from '../../src/main.ts'
import type { Run } from '../e2e/koo.ts'

interface Call {
  /** The working directory. */
  readonly folder: string
  /** All there is: nothing of the test's own environment, and no terminal. */
  readonly environment: Readonly<Record<string, string>>
  /** What standard input holds. */
  readonly input?: string
}

export async function runKoo({ folder, environment, input = '' }: Call, ...argv: readonly string[]): Promise<Run> {
  const [stdout, stderr] = [new Kept(), new Kept()]
  const stand = {
    ...{ env: { ...environment }, version: process.version, stdin: Readable.from([Buffer.from(input)]) },
    ...{ stdout, stderr, cwd: () => folder, once: () => stand },
    getBuiltinModule: process.getBuiltinModule.bind(process),
  }
  const code = await main(argv, nodeWorld(stand as unknown as NodeJS.Process))
  return { code, stdout: stdout.text, stderr: stderr.text }
}

class Kept extends Writable {
  text = ''

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}
