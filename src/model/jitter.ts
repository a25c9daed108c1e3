/** What a pause before a repeat is multiplied with, so that many who failed together do not come back together. */

/** From 0 to 1: full jitter. */
export function jitterOf(chance: { hex(bytes: number): string }): number {
  return Number.parseInt(chance.hex(2), 16) / 0xffff
}
