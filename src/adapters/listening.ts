/** Listening on this machine only, and what is wrong where that is not possible. */
import type { Server } from 'node:http'
import { Failure } from '../model/failure.ts'

export const host = '127.0.0.1'

/** @throws {Failure} (usage) where the port is taken. */
export function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portTrouble(error, port) ?? error))
    server.listen(port, host, resolve)
  })
}

function portTrouble(cause: NodeJS.ErrnoException, port: number): Failure | undefined {
  const what = { EADDRINUSE: 'is in use', EACCES: 'is not yours to listen on' }[cause.code ?? '']
  if (what === undefined) return undefined
  const hint = 'Give another port with --port; 0 takes any that is free.'
  return new Failure({ code: 'port-in-use', exit: 'usage', message: `Port ${port} ${what}.`, hint, cause })
}
