/** Sizes as people read them: "43.1 KB", by thousands, as disks and browsers count. */
const units = ['B', 'KB', 'MB', 'GB'] as const

export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  // What rounding would make 1000 of is one of the next.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
