/** KooGallery's open API as a command speaks to it: KOO_OPEN_API, the marketplace's own, or the sandbox inside koo. */
import type { Connection, SellerApi, World } from '../ports.ts'
import { chosenUrl, type Embedded, marketplaceOptions, ownServices, startEmbedded } from './market.ts'
import { connector } from './services.ts'

export const sellerApiOptions = { data: marketplaceOptions.data, marketplace: marketplaceOptions.marketplace } as const

interface Choice {
  readonly marketplace?: string | undefined
  readonly data?: string | undefined
  readonly whenStopped?: Connection['whenStopped']
}

/** As it is shown: an address, or `sandbox`. */
export function openApiName({ environment }: Pick<World, 'environment'>, choice: Choice): string {
  const own = ownServices(environment).openApi
  return own === undefined ? (chosenUrl(environment, choice)?.origin ?? 'sandbox') : new URL(own).origin
}

/** Opens the open API, hands it over and closes it, whatever happens. */
export async function withSellerApi<T>(
  world: World,
  choice: Choice,
  use: (api: SellerApi, connection: Connection) => Promise<T>,
): Promise<T> {
  let sandbox: Embedded | undefined
  try {
    const found = await connector(world, choice, async () => {
      sandbox = await startEmbedded(world, choice.data)
      const text = `No marketplace is configured, so the local sandbox is asked (data in ${sandbox.folder}). KOO_OPEN_API names KooGallery’s own open API.`
      world.emit({ is: 'notice', text })
      return sandbox.connection
    })('openApi')
    const connection = { ...found, ...(choice.whenStopped === undefined ? {} : { whenStopped: choice.whenStopped }) }
    const api = await world.sellerApi(connection)
    try {
      return await use(api, connection)
    } finally {
      await api.close()
    }
  } finally {
    await sandbox?.close()
  }
}
