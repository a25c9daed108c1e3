/** Events as progress on stderr: one moving line on a terminal, a plain line a step elsewhere. */
import { bytesText } from '../model/bytes-text.ts'
import type { Event } from '../model/event.ts'
import type { Output } from '../ports.ts'
import { watchedLines } from './state-text.ts'
import { styleOf } from './style.ts'

export interface Progress {
  show(event: Event): void
  /** Clears the moving line, so that other text can be written. */
  clear(): void
}

/** With more products than this, what happens to each is no news any more. */
const many = 12

/** For pipes and CI: what matters, once, and a line at each quarter of what takes long. */
export function plainProgress(stderr: Output): Progress {
  const steps = new Map<string, number>()
  let isBulk = false
  /** True at the first sight of something, and at each quarter of it. */
  const isStep = (what: string, done: number, total: number): boolean => {
    const quarter = Math.floor((4 * done) / Math.max(1, total))
    const before = steps.get(what)
    if (before !== undefined && quarter <= before) return false
    steps.set(what, quarter)
    return true
  }
  const uploading = (event: Extract<Event, { is: 'uploading' }>): string | undefined => {
    const { key, file, sent, total } = event
    const what = `${key} ${file}`
    // What is soon done needs no steps.
    if (steps.has(what))
      return total > longUpload && isStep(what, sent, total) ? `${key}: ${uploadText(event)}` : undefined
    steps.set(what, 0)
    return !isBulk || total > longUpload ? `${key}: uploading ${file} (${bytesText(total)})` : undefined
  }
  const working = (event: Extract<Event, { is: 'working' }>): string | undefined => {
    const { key, doing, done, total } = event
    const isNew = !steps.has(key)
    if (!isStep(key, done, total)) return undefined
    if (isNew) return isBulk ? undefined : `${key}: ${doing} (${bytesText(total)})`
    return total > longWork ? `${key}: ${workText(event)}` : undefined
  }
  const tally = (event: Extract<Event, { is: 'tally' }>): string | undefined => {
    isBulk = event.total > many
    // The first products tell nothing of the pace.
    if (!steps.has('')) steps.set('', 0)
    return isBulk && event.done > 0 && isStep('', event.done, event.total) ? tallyText(event) : undefined
  }
  const states = new Map<string, string>()
  const textOf = (event: Event): string | undefined => {
    switch (event.is) {
      case 'watched':
        return changed(event.status, states)
      case 'notice':
        return event.text
      case 'step':
        return isBulk ? undefined : `${event.key}: ${event.text}`
      case 'uploading':
        return uploading(event)
      case 'working':
        return working(event)
      case 'tally':
        return tally(event)
      default:
        return undefined
    }
  }
  return {
    show(event) {
      const text = textOf(event)
      if (text !== undefined) stderr.write(`${text}\n`)
    },
    clear: () => {},
  }
}

const longUpload = 64e6

function uploadText({ file, sent, total }: Extract<Event, { is: 'uploading' }>): string {
  return `uploading ${file} ${total === 0 ? 100 : Math.floor((sent / total) * 100)} %`
}

/** How far a run is, what became of its products so far, how fast, and how long it will take. */
function tallyText({ done, total, counts, elapsed }: Extract<Event, { is: 'tally' }>): string {
  const share = `${Math.floor((100 * done) / Math.max(1, total))} % (${done} of ${total})`
  const told = Object.entries(counts).map(([outcome, number]) => `${number} ${outcome.replace('-', ' ')}`)
  const pace =
    elapsed < 500 || done === 0 || done === total
      ? []
      : [`${((1000 * done) / elapsed).toFixed(1)}/s`, `${timeText(((total - done) * elapsed) / done)} left`]
  return [share, ...told, ...pace].join(', ')
}

function timeText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A line for each product whose newest release is in another state than it was. */
function changed(
  { products }: Extract<Event, { is: 'watched' }>['status'],
  states: Map<string, string>,
): string | undefined {
  const lines = products.flatMap(({ product, releases: [newest] }) => {
    const line = `${product.key} ${newest?.version}: ${newest?.state.replace('-', ' ')}`
    if (states.get(product.key) === line) return []
    states.set(product.key, line)
    return [line]
  })
  return lines.length === 0 ? undefined : lines.join('\n')
}

const longWork = 256e6

/** How far it is, how fast, and how long it will take; the last two once that can be told. */
function workText({ done, total, elapsed }: Extract<Event, { is: 'working' }>): string {
  const share = `${total === 0 ? 100 : Math.floor((100 * done) / total)} % of ${bytesText(total)}`
  if (elapsed < 500 || done === 0) return share
  return `${share}, ${bytesText((1000 * done) / elapsed)}/s, ${timeText(((total - done) * elapsed) / done)} left`
}

/** Lines of a block that say what is under way. */
const mostShown = 8

/** For a person: a spinner with what is under way; of a run of many products a block, which is gone at the end. */
export async function livelyProgress(stderr: Output, stream: NodeJS.WritableStream): Promise<Progress> {
  const { default: ora } = await import('ora')
  const color = stderr.colours === 0 ? { color: false as const } : {}
  const spinner = ora({ stream: stream as NodeJS.WriteStream, discardStdin: false, ...color })
  const under = new Map<string, string>()
  let tally: Extract<Event, { is: 'tally' }> | undefined
  // Stopping writes control codes, also where nothing spins.
  const rest = (): void => {
    if (spinner.isSpinning) spinner.stop()
  }
  const draw = (): void => {
    const block = tally !== undefined && tally.total > 1 && tally.done < tally.total ? tally : undefined
    if (under.size === 0 && block === undefined) {
      rest()
      return
    }
    spinner.text = block === undefined ? oneLine(under) : blockText(block, under, stderr.columns)
    if (!spinner.isSpinning) spinner.start()
  }
  return {
    show(event) {
      switch (event.is) {
        case 'notice':
          rest()
          stderr.write(`${styleOf(stderr).dim(event.text)}\n`)
          break
        case 'step':
          under.set(event.key, event.text)
          break
        case 'uploading':
          under.set(event.key, uploadText(event))
          break
        case 'tally':
          tally = event
          break
        case 'reached':
          return
        case 'working':
          under.set(event.key, `${event.doing} ${workText(event)}`)
          break
        case 'watched':
          spinner.text = watchedLines(event.status, styleOf(stderr)).join('\n')
          if (!spinner.isSpinning) spinner.start()
          return
        case 'settled':
          under.delete(event.key)
          break
        default:
          rest()
          return
      }
      draw()
    },
    clear: rest,
  }
}

function oneLine(under: ReadonlyMap<string, string>): string {
  const [[key, text] = ['', '']] = under
  return `${key}: ${text}${under.size > 1 ? ` (and ${under.size - 1} more)` : ''}`
}

/** How far the run is, and below it what is under way; what waits for its review is only counted. */
function blockText(
  tally: Extract<Event, { is: 'tally' }>,
  under: ReadonlyMap<string, string>,
  columns: number,
): string {
  const busy = [...under].filter(([, text]) => text !== waiting)
  const shown = busy.slice(0, mostShown).map(([key, text]) => `  ${key}: ${text}`)
  const rest = [
    ...(busy.length > shown.length ? [`${busy.length - shown.length} more at work`] : []),
    ...(under.size > busy.length ? [`${under.size - busy.length} in review`] : []),
  ]
  const lines = [tallyText(tally), ...shown, ...(rest.length > 0 ? [`  ${rest.join(', ')}`] : [])]
  // A line that wraps could not be drawn over.
  return lines.map((line) => [...line].slice(0, Math.max(20, columns - 4)).join('')).join('\n')
}

const waiting = 'in review'
