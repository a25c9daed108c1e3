/** A clock whose time passes only while everyone sleeps: hours of pauses in a moment, in the same order each time. */
import type { Clock } from '../../src/ports.ts'

export interface VirtualClock extends Clock {
  /** Lets time pass until the work is done. */
  run<T>(work: Promise<T>): Promise<T>
}

export function virtualClock(start = 1_800_000_000_000): VirtualClock {
  let now = start
  const sleepers: { readonly at: number; readonly wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const wake = (): void => {
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        sleepers.push({ at: now + milliseconds, wake })
        signal?.addEventListener('abort', wake)
      }),
    async run(work) {
      let done = false
      const settled = work.finally(() => {
        done = true
      })
      settled.catch(() => {})
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (done) return settled
        sleepers.sort((a, b) => a.at - b.at)
        const next = sleepers.shift()
        if (next === undefined) continue
        now = Math.max(now, next.at)
        next.wake()
      }
    },
  }
}
