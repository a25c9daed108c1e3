/** A TCP relay between a client and a server, which counts what passes, and damages or cuts it where a test wants. */
import { connect, createServer, type Socket } from 'node:net'

export interface Relay {
  readonly port: number
  /** Bytes the client sent. */
  readonly sent: number
  close(): Promise<void>
}

export interface Meddling {
  /** What becomes of bytes to the server; undefined cuts the connection. `before` of this connection. */
  readonly up?: (chunk: Buffer, before: number) => Buffer | undefined
  readonly down?: (chunk: Buffer, before: number) => Buffer | undefined
}

export async function startRelay(to: number, { up, down }: Meddling = {}): Promise<Relay> {
  const sockets = new Set<Socket>()
  let sent = 0
  const server = createServer((client) => {
    const far = connect(to, '127.0.0.1')
    const cut = () => {
      client.resetAndDestroy()
      far.resetAndDestroy()
    }
    const pass = (from: Socket, into: Socket, meddle: Meddling['up']) => {
      let before = 0
      from.on('data', (chunk: Buffer) => {
        if (from === client) sent += chunk.length
        const passed = meddle === undefined ? chunk : meddle(chunk, before)
        before += chunk.length
        if (passed === undefined) return cut()
        if (!into.write(passed)) {
          from.pause()
          into.once('drain', () => from.resume())
        }
      })
      from.on('error', cut)
      from.on('close', () => into.end())
      sockets.add(from)
    }
    pass(client, far, up)
    pass(far, client, down)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get sent() {
      return sent
    },
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
