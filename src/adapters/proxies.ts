/** Connections to a host, through the proxy the environment names for it. */
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { isLoopback } from '../model/address.ts'
import { usage } from '../model/failure.ts'
import type { Environment } from '../ports.ts'

export interface Limits {
  /** Milliseconds for making a connection. */
  readonly connect: number
  /** Milliseconds between the request and the head of its answer. */
  readonly headers: number
  /** Milliseconds between two pieces of a body. */
  readonly body: number
}

/**
 * Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, of which the lower-case form wins; never for this machine itself.
 *
 * @throws {Failure} (usage) where a proxy's address cannot be understood; it is not repeated, since it may hold a password.
 */
export function connectionsTo(
  base: URL,
  options: { readonly environment: Environment; readonly connections: number; readonly limits: Limits },
): Dispatcher {
  const { environment, connections, limits } = options
  const connect = { timeout: limits.connect }
  const agent = { connections, connect, headersTimeout: limits.headers, bodyTimeout: limits.body }
  if (isLoopback(base)) return new Agent(agent)
  return new EnvHttpProxyAgent({
    ...agent,
    proxyTls: connect,
    requestTls: connect,
    // An empty text keeps undici from looking into the environment of the process.
    httpProxy: addressIn(environment, 'HTTP_PROXY'),
    httpsProxy: addressIn(environment, 'HTTPS_PROXY'),
    noProxy: valueIn(environment, 'NO_PROXY'),
  })
}

function valueIn(environment: Environment, name: string): string {
  return environment[name.toLowerCase()] ?? environment[name] ?? ''
}

/** Many write a proxy without `http://`. */
function addressIn(environment: Environment, name: string): string {
  const value = valueIn(environment, name).trim()
  if (value === '') return ''
  const address = value.includes('://') ? value : `http://${value}`
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address
  throw usage('proxy-address', `${name} is not the address of a proxy.`, 'Write http://host:port.')
}
