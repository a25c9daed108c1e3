/** The message that `koo access sign` and `verify` are given: a body in an argument, a file or standard input; an address. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'

export const bodyOption = {
  body: { flag: '--body <file>', about: 'the file the body is in; - is standard input' },
} as const

/** A call has a few hundred bytes, a usage push some hundred thousand. */
const mostBodyBytes = 4 * 1024 * 1024

export interface GivenBody {
  readonly bytes: Uint8Array
  /** As in "The body" or the name of its file. */
  readonly what: string
}

/**
 * @param text an argument; `-` is standard input
 * @throws {Failure} (usage) where there is none, or two.
 */
export async function givenBody(world: World, text: string | undefined, file: string | undefined): Promise<GivenBody> {
  if (text !== undefined && file !== undefined) {
    throw usage('contradiction', 'The body is given twice: as an argument, and by --body.')
  }
  if (text === '-' || file === '-') return { bytes: await world.input(), what: 'Standard input' }
  if (text !== undefined) return { bytes: new TextEncoder().encode(text), what: 'The body' }
  if (file === undefined) {
    throw usage('no-body', 'There is no body.', 'Give it as an argument, or --body FILE, where - is standard input.')
  }
  const bytes = await world.files.read(file, mostBodyBytes + 1)
  if (bytes.byteLength > mostBodyBytes) {
    throw usage('bad-body', `${file} has more than ${mostBodyBytes / 1024 / 1024} MB.`)
  }
  return { bytes, what: file }
}

/** @throws {Failure} (usage) where several forms are asked for at once. */
export function formOf(given: {
  readonly v1?: true | undefined
  readonly answer?: true | undefined
  readonly usage?: true | undefined
}): 'v2' | 'v1' | 'answer' | 'usage' {
  const [form = 'v2', other] = (['v1', 'answer', 'usage'] as const).filter((each) => given[each] === true)
  if (other === undefined) return form
  throw usage('contradiction', `--${form} and --${other} contradict each other.`)
}

/** Parameters of an address. */
export interface GivenQuery {
  /** The first of each name, decoded. */
  readonly values: Readonly<Record<string, string>>
  /** As they stand in the address. */
  readonly raw: Readonly<Record<string, string>>
  /** Those that are there more than once. */
  readonly repeated: readonly string[]
}

/** @param text an address, or only its query */
export function queryIn(text: string): GivenQuery {
  const query = text.replace(/#.*$/s, '').replace(/^[^?]*\?/s, '')
  const values = new Map<string, string>()
  const raw = new Map<string, string>()
  const repeated = new Set<string>()
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [[name, value] = ['', '']] = new URLSearchParams(pair)
    if (values.has(name)) repeated.add(name)
    else {
      values.set(name, value)
      raw.set(name, pair.slice(pair.indexOf('=') + 1 || pair.length))
    }
  }
  return { values: Object.fromEntries(values), raw: Object.fromEntries(raw), repeated: [...repeated] }
}
