/** Reads the numbers and durations of flags. */
import { usage } from '../model/failure.ts'

/** A whole number in a range, or the default where the flag was not given. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  otherwise: number,
  range: readonly [number, number],
): number {
  if (text === undefined) return otherwise
  const [least, most] = range
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw usage('bad-flag', `${flag} takes a whole number from ${least} to ${most}, not \`${text}\`.`)
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of "90", "90s", "10m", "3d" (a bare number counts seconds), or the default. */
export function duration(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text)
  if (parts === null) throw usage('bad-flag', `${flag} takes a duration such as 90s, 10m or 3d, not \`${text}\`.`)
  return Number(parts[1]) * (units[parts[2] ?? 's'] ?? 1000)
}

const sizes: Readonly<Record<string, number>> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }

/** Bytes of "0", "500MB" or "1.5GB", or the default. */
export function size(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const parts = /^(\d+(?:\.\d+)?) ?([KMGT]?B)?$/i.exec(text)
  if (parts === null) throw usage('bad-flag', `${flag} takes a size such as 500MB, 1GB or 0, not \`${text}\`.`)
  return Math.round(Number(parts[1]) * (sizes[(parts[2] ?? 'B').toUpperCase()] ?? 1))
}
