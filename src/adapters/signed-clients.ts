/** Clients of signed services for one run of koo: those of one host share what they learn of it. */
import type { Connection, Environment, World } from '../ports.ts'
import { type HostMemory, hostMemory } from './host-memory.ts'
import { type SignedHttp, signedHttp } from './signed-http.ts'
import { traceText } from './trace.ts'

type Options = Parameters<typeof signedHttp>[0]

/** Opens a client. */
export type OpenSigned = (
  own: Pick<Options, 'who' | 'base' | 'headers'>,
  connection: Pick<Connection, 'credentials' | 'whenStopped'>,
) => SignedHttp

export function signedClients(
  shared: Pick<Options, 'clock' | 'randomness' | 'stop'> & { readonly environment: Environment },
  emit: World['emit'],
): OpenSigned {
  const memories = new Map<string, HostMemory>()
  return (own, { credentials, whenStopped }) => {
    const memory = memories.get(own.base.origin) ?? hostMemory(shared.clock)
    memories.set(own.base.origin, memory)
    return signedHttp({
      ...{ ...shared, ...own, credentials, memory },
      whenStopped: whenStopped ?? 'abort',
      mendClock: shared.environment.KOO_CLOCK !== 'own',
      notice: (text) => emit({ is: 'notice', text }),
      trace: (line) => emit({ is: 'traced', line: traceText(line) }),
    })
  }
}
