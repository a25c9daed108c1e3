/** A run's write-ahead journal: what is about to be sent, on the disk before it is, and what came of it. */
import { createHash } from 'node:crypto'
import type { Event } from '../model/event.ts'
import type { Appended, Clock, Files, Randomness } from '../ports.ts'
import { aside } from './aside.ts'

/** A request that has an effect, before it goes out. */
export interface Intent {
  readonly do: 'create' | 'submit'
  readonly key: string
  readonly digest: string
  readonly token: string
  /** The release it comes after, or that is handed in again. */
  readonly after?: string
  /** Of the product, as planned from. */
  readonly revision: number
}

/** What came of it; `unknown` where no answer came, and nothing could be read back. */
export interface Result {
  readonly token: string
  readonly came: 'made' | 'refused' | 'unknown'
  readonly release?: string
}

export interface Journal {
  /** Resolves once it is on the disk. */
  intend(intent: Intent): Promise<void>
  result(result: Result): Promise<void>
  /** The run is over, whatever became of it. */
  end(): Promise<void>
}

export interface JournalHeader {
  readonly koo: string
  /** As it is shown. */
  readonly marketplace: string
  /** The account's id. */
  readonly account: string
}

/** The name of the folder for what koo keeps of one account of one marketplace. */
export function placeOf(marketplace: string, account: string): string {
  return createHash('sha256').update(`${marketplace}\n${account}`).digest('hex').slice(0, 16)
}

const format = 1

/** A file is made with the first intent, so that a run that sends nothing leaves none. */
export function openJournal(
  { files, clock, randomness }: { readonly files: Files; readonly clock: Clock; readonly randomness: Randomness },
  folder: string,
  header: JournalHeader,
): Journal {
  let opened: Promise<Appended> | undefined
  async function open(): Promise<Appended> {
    const started = new Date(clock.now()).toISOString()
    const name = `${started.replace(/[-:]|\.\d+/g, '')}-${randomness.hex(4)}.jsonl`
    const file = await files.appended(files.join(folder, name))
    await file.append(lineOf({ format, ...header, started }))
    return file
  }
  const write = async (value: object): Promise<void> => {
    opened ??= open()
    await (await opened).append(lineOf(value))
  }
  return {
    intend: (intent) => write({ is: 'intent', ...intent }),
    result: (result) => write({ is: 'result', ...result }),
    async end() {
      if (opened === undefined) return
      const file = await opened
      await file.append(lineOf({ is: 'end' }))
      await file.close()
    },
  }
}

/**
 * A journal of which only intents can fail: what comes after them is no news the marketplace could not tell, and must not
 * take the place of what a run achieved. The first trouble is told.
 */
export function forgiving(journal: Journal, emit: (event: Event) => void): Journal {
  let isTold = false
  const told = (event: Event): void => {
    if (!isTold) emit(event)
    isTold = true
  }
  return {
    intend: journal.intend,
    result: (result) => aside(told, () => journal.result(result)),
    end: () => aside(told, () => journal.end()),
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}

export type ReadJournal =
  | {
      readonly is: 'journal'
      readonly intents: readonly Intent[]
      readonly ended: boolean
    }
  /** Of a later koo. */
  | { readonly is: 'newer' }

/**
 * Reads what is whole of a journal: a line that was torn, or a stretch of zeros where the power went, takes nothing
 * with it but itself.
 */
export function readJournal(text: string): ReadJournal {
  const intents: Intent[] = []
  let ended = false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: zeros are what a power cut leaves.
  for (const line of text.split(/[\n\u0000]+/)) {
    const value = parsed(line)
    if (value === undefined) continue
    if (typeof value.format === 'number' && value.format > format) return { is: 'newer' }
    if (isIntent(value)) intents.push(value)
    if (value.is === 'end') ended = true
  }
  return { is: 'journal', intents, ended }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

function isIntent(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Intent {
  return value.is === 'intent' && typeof value.key === 'string' && typeof value.digest === 'string'
}

const mostKept = 20
/** Nobody goes on with a run that broke off so long ago; milliseconds. */
const longestKept = 30 * 86_400_000

/** What the journals of a folder say was sent, by product key; those nobody needs any more are removed. */
export async function readJournals(
  { files, clock }: { readonly files: Files; readonly clock: Clock },
  folder: string,
  emit: (event: Event) => void,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const sent = new Map<string, Set<string>>()
  const names = (await files.isFolder(folder)) ? await files.glob(folder, ['*.jsonl'], []) : []
  let finished = 0
  // The newest first, which their names begin with.
  for (const name of [...names].sort().reverse()) {
    const path = files.join(folder, name)
    const journal = readJournal(await textOf(files, path))
    if (journal.is === 'newer') {
      emit({ is: 'notice', text: `${files.shown(path)} was written by a later koo and is not read.` })
      continue
    }
    for (const { key, digest } of journal.intents) {
      const digests = sent.get(key)
      if (digests === undefined) sent.set(key, new Set([digest]))
      else digests.add(digest)
    }
    if (journal.ended) finished += 1
    const isOld = journal.ended ? finished > mostKept : timeOf(name) < clock.now() - longestKept
    if (isOld) await aside(emit, () => files.removeFile(path))
  }
  return sent
}

/** A journal that cannot be read tells nothing, which is never needed. */
async function textOf(files: Files, path: string): Promise<string> {
  return files.read(path).then(
    (bytes) => Buffer.from(bytes).toString('utf8'),
    () => '',
  )
}

/** When the run of a journal began; far in the future for a name of another form. */
function timeOf(name: string): number {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)T/.exec(name) ?? []
  return year === undefined ? Number.POSITIVE_INFINITY : Date.UTC(Number(year), Number(month) - 1, Number(day))
}
