/** Seeded chance, so that a run can be tried again. */

/** Numbers from 0 up to 1 (Mulberry32). */
export function chances(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    upTo: (most) => next() * most,
    happens: (probability) => next() < probability,
    one: (list) => list[Math.floor(next() * list.length)],
  }
}
