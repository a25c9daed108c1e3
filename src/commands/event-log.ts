/** `--events FILE`: what happens to each product, a line of JSON as it happens. */
import type { Event } from '../model/event.ts'
import type { World } from '../ports.ts'
import { aside } from '../publish/aside.ts'

export interface EventLog {
  readonly emit: World['emit']
  /** Waits for what is on its way; tells of what could not be written. */
  close(): Promise<void>
}

/** Hears every event, writes down those of products, and passes all on. */
export async function eventLog({ files, clock, emit }: World, file: string | undefined): Promise<EventLog> {
  if (file === undefined) return { emit, close: async () => {} }
  const { append, close } = await files.appended(file)
  const steps = new Map<string, number>()
  let trouble: unknown
  const write = (line: Line): void => {
    const time = new Date(clock.now()).toISOString()
    append(`${JSON.stringify({ time, ...line })}\n`).catch((error) => {
      trouble ??= error
    })
  }
  return {
    emit(event) {
      for (const line of linesOf(event, steps)) write(line)
      emit(event)
    },
    async close() {
      await aside(emit, async () => {
        await close()
        if (trouble !== undefined) throw trouble
      })
    },
  }
}

type Line = { readonly event: string; readonly key: string } & Readonly<Record<string, unknown>>

function linesOf(event: Event, steps: Map<string, number>): readonly Line[] {
  switch (event.is) {
    case 'reached':
      return reached(event)
    case 'uploading': {
      const { key, file, sent, total } = event
      return stepped(steps, `${key} ${file}`, sent, total) ? [{ event: 'uploading', key, file, sent, total }] : []
    }
    case 'working': {
      const { key, doing, done, total } = event
      if (doing !== 'packing' || !stepped(steps, `${key} packing`, done, total)) return []
      return [{ event: 'packing', key, done, total }]
    }
    default:
      return []
  }
}

function reached({ key, stage, done, file, version, releaseId, message }: Extract<Event, { is: 'reached' }>) {
  const more = {
    ...(file === undefined ? {} : { file }),
    ...(version === undefined ? {} : { version }),
    ...(releaseId === undefined ? {} : { release_id: releaseId }),
    ...(message === undefined ? {} : { message }),
  }
  const line: Line = { event: stage, key, ...more }
  return done ? [line, { event: 'done', key, outcome: stage }] : [line]
}

/** True at every quarter of the way. */
function stepped(steps: Map<string, number>, what: string, done: number, total: number): boolean {
  const quarter = total === 0 ? 4 : Math.floor((4 * done) / total)
  const before = steps.get(what)
  if (before !== undefined && before >= quarter) return false
  if (quarter < 4) steps.set(what, quarter)
  else steps.delete(what)
  return true
}
