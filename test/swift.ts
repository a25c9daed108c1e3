/** Starts OpenStack Swift for a suite, as a store that speaks S3 and is not of koo's making. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'

export interface Swift {
  readonly endpoint: string
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
  /** Hosts below it name a bucket. */
  readonly domain: string
  stop(): Promise<void>
}

const server = fileURLToPath(new URL('swift-server.py', import.meta.url))

/** `describe` where Swift is installed, else `describe.skip`, which the count of tests shows. */
export const describeWithSwift = spawnSync(server, ['--installed']).status === 0 ? describe : describe.skip

/** Keeps all in the folder. What it starts ends with this process, however that ends. */
export async function startSwift(folder: string): Promise<Swift> {
  const process = spawn(server, [folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => process.once('exit', () => resolve()))
  const told = await new Promise<string>((resolve, reject) => {
    process.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    process.once('error', reject)
    process.once('exit', (code) => reject(new Error(`Swift ended with ${code}.`)))
  })
  return {
    ...(JSON.parse(told) as Omit<Swift, 'stop'>),
    stop() {
      process.stdin.end()
      return ended
    },
  }
}
