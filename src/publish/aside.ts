/** Work that no outcome depends on, such as koo's own records: what goes wrong with it is told, and changes nothing. */
import type { Event } from '../model/event.ts'

export async function aside(emit: (event: Event) => void, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    emit({ is: 'notice', text: error instanceof Error ? error.message : String(error) })
  }
}
