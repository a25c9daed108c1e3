/** The services of Huawei Cloud beside a marketplace: which one is spoken to, where nothing but them may be named. */
import { Failure } from '../model/failure.ts'
import type { Connection, World } from '../ports.ts'
import { chosenUrl, connect, ownServices, type Services } from './market.ts'

interface Choice {
  readonly marketplace?: string | undefined
}

/**
 * Where images and assets are looked up, and orders are asked for. Sellers have no marketplace of koo's contract but
 * Huawei Cloud itself, so its services may be named alone; the sandbox answers only where nothing at all is named.
 *
 * @throws {Failure} (usage) where an address is none.
 */
export function connector(
  { environment }: Pick<World, 'environment'>,
  choice: Choice,
  toSandbox: () => Promise<Connection>,
) {
  const base = chosenUrl(environment, choice)
  const own = ownServices(environment)
  return async (service: keyof Services): Promise<Connection> => {
    if (base !== undefined) return connect(environment, base)
    const address = own[service]
    // The marketplace itself is not spoken to, so any address does for it.
    if (address !== undefined) return connect(environment, new URL(address.replace('{region}', 'region')))
    if (Object.keys(own).length > 0) throw notNamed(service)
    return toSandbox()
  }
}

function notNamed(service: keyof Services): Failure {
  const [what, setting] =
    service === 'imageService' ? ['image service', 'KOO_IMS_ENDPOINT'] : ['open API', 'KOO_OPEN_API']
  const message = `No ${what} is configured; set ${setting}.`
  return new Failure({ code: 'not-configured', exit: 'marketplace', message })
}
