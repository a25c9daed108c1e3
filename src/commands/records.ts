/** What koo keeps of its work with one marketplace and account: the journals of its runs, and baselines of products. */
import type { World } from '../ports.ts'
import { type Journal, openJournal, placeOf, readJournals } from '../publish/journal.ts'
import { type Memory, openMemory } from '../publish/memory.ts'
import { version } from '../version.ts'
import type { Market } from './market.ts'

export interface Records {
  readonly memory: Memory
  readonly journal: Journal
}

export async function recordsOf(world: World, { name, marketplace }: Market): Promise<Records> {
  const { files, emit } = world
  const { id: account } = await marketplace.account()
  const folder = files.join((await world.folders()).data, 'marketplaces', placeOf(name, account))
  const journals = files.join(folder, 'journal')
  const sent = await readJournals(world, journals, emit)
  return {
    memory: openMemory(files, files.join(folder, 'baselines'), sent),
    journal: openJournal(world, journals, { koo: version, marketplace: name, account }),
  }
}
