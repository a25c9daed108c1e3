/** Events as progress on stderr: one moving line on a terminal, a plain line a step elsewhere. */
import type { Event } from '../model/event.ts'
import type { Output } from '../ports.ts'
import { watchedLines } from './state-text.ts'
import { bytes, styleOf } from './style.ts'

export interface Progress {
  show(event: Event): void
  /** Clears the moving line, so that other text can be written. */
  clear(): void
}

/** For pipes and CI: what matters, once, and no percentages. */
export function plainProgress(stderr: Output): Progress {
  const uploads = new Set<string>()
  const quarters = new Map<string, number>()
  const states = new Map<string, string>()
  return {
    show(event) {
      if (event.is === 'watched') stderr.write(changed(event.status, states))
      if (event.is === 'notice') stderr.write(`${event.text}\n`)
      if (event.is === 'step') stderr.write(`${event.key}: ${event.text}\n`)
      if (event.is === 'uploading' && !uploads.has(`${event.key} ${event.file}`)) {
        uploads.add(`${event.key} ${event.file}`)
        stderr.write(`${event.key}: uploading ${event.file} (${bytes(event.total)})\n`)
      }
      if (event.is === 'working') {
        const quarter = Math.floor((4 * event.done) / Math.max(1, event.total))
        const before = quarters.get(event.key) ?? -1
        quarters.set(event.key, Math.max(before, quarter))
        // What is soon done needs no steps.
        if (before < 0) stderr.write(`${event.key}: ${event.doing} (${bytes(event.total)})\n`)
        else if (quarter > before && event.total > longWork) stderr.write(`${event.key}: ${workText(event)}\n`)
      }
    },
    clear: () => {},
  }
}

/** A line for each product whose newest release is in another state than it was. */
function changed({ products }: Extract<Event, { is: 'watched' }>['status'], states: Map<string, string>): string {
  const lines = products.map(({ product, releases: [newest] }) => {
    const line = `${product.key} ${newest?.version}: ${newest?.state.replace('-', ' ')}\n`
    if (states.get(product.key) === line) return ''
    states.set(product.key, line)
    return line
  })
  return lines.join('')
}

const longWork = 256e6

/** How far it is, how fast, and how long it will take; the last two once that can be told. */
function workText({ done, total, elapsed }: Extract<Event, { is: 'working' }>): string {
  const share = `${total === 0 ? 100 : Math.floor((100 * done) / total)} % of ${bytes(total)}`
  if (elapsed < 500 || done === 0) return share
  const seconds = Math.ceil(((total - done) * elapsed) / done / 1000)
  const left = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${share}, ${bytes((1000 * done) / elapsed)}/s, ${left} left`
}

/** For a person: a spinner with what is under way. */
export async function livelyProgress(stderr: Output, stream: NodeJS.WritableStream): Promise<Progress> {
  const { default: ora } = await import('ora')
  const spinner = ora({ stream: stream as NodeJS.WriteStream, discardStdin: false })
  const under = new Map<string, string>()
  // Stopping writes control codes, also where nothing spins.
  const rest = (): void => {
    if (spinner.isSpinning) spinner.stop()
  }
  const draw = (): void => {
    if (under.size === 0) {
      rest()
      return
    }
    const [[key, text] = ['', '']] = under
    const more = under.size > 1 ? ` (and ${under.size - 1} more)` : ''
    spinner.text = `${key}: ${text}${more}`
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
        case 'uploading': {
          const share = event.total === 0 ? 100 : Math.floor((event.sent / event.total) * 100)
          under.set(event.key, `uploading ${event.file} ${share} %`)
          break
        }
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
