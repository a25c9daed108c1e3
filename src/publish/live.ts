/** What buyers see of products: their releases on sale with what is in them, else the newest. */
import type { ReleaseContent, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Clock, Marketplace } from '../ports.ts'
import { contentOf, releasesOf, steadily } from './steady.ts'

export interface Live {
  readonly release: RemoteRelease
  readonly content: ReleaseContent
}

interface ReadTools {
  readonly marketplace: Pick<Marketplace, 'productsByKey' | 'releases' | 'content'>
  readonly clock: Clock
  readonly stop: AbortSignal
}

/** By the keys of those products the marketplace has. */
export async function liveReleases(tools: ReadTools, keys: readonly string[]): Promise<ReadonlyMap<string, Live>> {
  const found = new Map<string, Live>()
  if (keys.length === 0) return found
  for (const [key, remote] of await tools.marketplace.productsByKey(keys)) {
    const live = await steadily(tools, remote, (seen) => liveOf(tools, seen))
    if (live !== undefined) found.set(key, live)
  }
  return found
}

async function liveOf({ marketplace }: ReadTools, remote: RemoteProduct): Promise<Live | undefined> {
  const releases = await releasesOf(marketplace, remote)
  const release = releases.find(({ state }) => state === 'on-sale') ?? releases[0]
  return release && { release, content: await contentOf(marketplace, release) }
}
