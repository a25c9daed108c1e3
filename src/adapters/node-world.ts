/** The real world: this process, its streams, its clock and its network. Costly parts are loaded when asked for. */
import { setMaxListeners } from 'node:events'
import { writeSync } from 'node:fs'
import { exitCodes } from '../model/exit-codes.ts'
import { Failure } from '../model/failure.ts'
import type { Clock, Folders, Output, Randomness, World } from '../ports.ts'
import type { PartPool } from './parts.ts'
import type { OpenSigned } from './signed-clients.ts'

/** What main needs beside the World: the two streams that only `report` writes to. */
export interface NodeWorld {
  readonly stdout: Output
  readonly stderr: Output
  /** The stream behind stderr, for a spinner. */
  readonly stream: NodeJS.WritableStream
  readonly nodeVersion: string
  /** The environment asks to show every request. */
  readonly debug: boolean
  /** `emit` is what the reporter makes of it. */
  world(emit: World['emit'], options: { readonly mayAsk: boolean }): Promise<World>
}

export function nodeWorld(process: NodeJS.Process): NodeWorld {
  const { env } = process
  return {
    stdout: output(process, process.stdout),
    stderr: output(process, process.stderr),
    stream: process.stderr,
    nodeVersion: process.version,
    debug: env.KOO_DEBUG === '1',
    async world(emit, { mayAsk }) {
      const { nodeFiles } = await import('./node-files.ts')
      // Loaded when chance is needed, because it takes as long as a whole check.
      const crypto = () => process.getBuiltinModule('node:crypto')
      const randomness: Randomness = {
        uuid: () => crypto().randomUUID(),
        hex: (bytes) => crypto().randomBytes(bytes).toString('hex'),
      }
      const stop = stopSignal(process)
      let clients: Promise<OpenSigned> | undefined
      const openSigned = (): Promise<OpenSigned> => {
        clients ??= import('./signed-clients.ts').then(({ signedClients }) =>
          signedClients({ clock, randomness, stop, environment: env }, emit),
        )
        return clients
      }
      let pool: Promise<PartPool> | undefined
      const openPool = (): Promise<PartPool> => {
        pool ??= import('./parts.ts').then(({ partPool }) => partPool())
        return pool
      }
      return {
        files: nodeFiles(workingDirectory(process), () => randomness.hex(6)),
        clock,
        randomness,
        terminal: {
          // Standard input takes a while to open, and most commands never ask.
          get asks() {
            return mayAsk && !env.CI && process.stderr.isTTY === true && process.stdin.isTTY === true
          },
        },
        environment: env,
        processors: () => {
          const count = process.getBuiltinModule('node:os').availableParallelism()
          // Read when the pool first works, which is not before something is compressed.
          env.UV_THREADPOOL_SIZE ??= String(Math.max(4, count))
          // A long stream of small objects, none of which lives long, would make the young generation grow to 48 MB.
          process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1')
          return count
        },
        folders: () => foldersOf(env),
        async input() {
          const chunks: Uint8Array[] = []
          for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
          return Buffer.concat(chunks)
        },
        stop,
        async prompter() {
          const { inquirerPrompter } = await import('./prompter.ts')
          return inquirerPrompter({ input: process.stdin, output: process.stderr })
        },
        async marketplace(connection) {
          const open = await openSigned()
          const { httpMarketplace } = await import('./http-marketplace.ts')
          const base = new URL(connection.url)
          return httpMarketplace(open({ who: 'The marketplace', base }, connection), base.origin, await openPool())
        },
        async objectStore(address, credentials) {
          const { s3Store } = await import('./s3-store.ts')
          return s3Store({ address, credentials, environment: env, clock, randomness, stop, pool: await openPool() })
        },
        async images(connection) {
          const open = await openSigned()
          const { httpImages } = await import('./http-images.ts')
          const { imageService, projectId } = connection
          const headers: readonly (readonly [string, string])[] = projectId ? [['x-project-id', projectId]] : []
          return httpImages((region) => {
            const base = new URL(imageService.replace('{region}', region))
            return open({ who: 'The image service', base, headers }, connection)
          })
        },
        async assets(connection) {
          const open = await openSigned()
          const { httpAssets } = await import('./http-assets.ts')
          const base = new URL(connection.openApi)
          return httpAssets(() => open({ who: 'The open API', base }, connection))
        },
        async sellerApi(connection) {
          const open = await openSigned()
          const { httpOrders } = await import('./http-orders.ts')
          return httpOrders(open({ who: 'The open API', base: new URL(connection.openApi) }, connection))
        },
        async links() {
          const { httpLinks } = await import('./http-links.ts')
          return httpLinks({ stop })
        },
        programs: {
          async run(...call) {
            const { nodePrograms } = await import('./programs.ts')
            return nodePrograms(env).run(...call)
          },
        },
        async sellerServer(options) {
          const { sellerServer } = await import('./seller-server.ts')
          return sellerServer({ ...options, stop })
        },
        async serve(options) {
          const { serve } = await import('./http-server.ts')
          return serve(options)
        },
        async servePages(options) {
          const { servePages } = await import('./page-server.ts')
          return servePages(options)
        },
        async openInBrowser(url) {
          const { openInBrowser } = await import('./browser.ts')
          return openInBrowser(url, env)
        },
        emit,
      }
    },
  }
}

const longestTimer = 2 ** 31 - 1

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
      signal?.addEventListener('abort', done, { once: true })
      function done(): void {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    }),
}

/** Aborted by the first Ctrl-C, or where the terminal is closed; a second one ends the process at once. */
function stopSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  // As many listen as there are requests in flight.
  setMaxListeners(0, controller.signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130))
      controller.abort()
    })
  }
  return controller.signal
}

function workingDirectory(process: NodeJS.Process): string {
  try {
    return process.cwd()
  } catch (cause) {
    throw new Failure({ code: 'no-directory', exit: 'usage', message: 'The working directory is gone.', cause })
  }
}

async function foldersOf(env: NodeJS.ProcessEnv): Promise<Folders> {
  const { default: envPaths } = await import('env-paths')
  const { data, cache } = envPaths('koo', { suffix: '' })
  return { data: env.KOO_DATA || data, cache }
}

function output(process: NodeJS.Process, stream: NodeJS.WriteStream): Output {
  const { env } = process
  // A reader that has seen enough (`koo list | head`) is no error.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    writeSync(2, `error: The output cannot be written: ${error.message}\n`)
    process.exit(exitCodes.usage.code)
  })
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    moves: stream.isTTY === true && env.TERM !== 'dumb',
    colours: coloursOf(stream, env),
    columns: stream.columns ?? 80,
  }
}

/** https://no-color.org and its counterpart. */
function coloursOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Output['colours'] {
  if (env.NO_COLOR) return 0
  const forced = env.FORCE_COLOR
  if (forced !== undefined && forced !== '0' && forced !== 'false') return 1
  if (forced !== undefined || stream.isTTY !== true || env.TERM === 'dumb') return 0
  return stream.hasColors?.(2 ** 24) ? 3 : stream.hasColors?.(256) ? 2 : 1
}
