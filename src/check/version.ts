/** Versions as sellers write them, in KooGallery's standard form. */

/** `v1`, `1.0` and `version 2.1` as `V1.0`, `V1.0` and `V2.1`; undefined for major version 0, words and suffixes. */
export function standardVersion(written: string): string | undefined {
  const digits = /^(?:version|ver\.?|v)?\s*(\d+(?:\.\d+)*)\.?$/i.exec(written.trim())?.[1]
  if (digits === undefined) return undefined
  const [major = '', ...minor] = digits.split('.')
  const first = major.replace(/^0+/, '')
  // Another major version than 0 would be another statement.
  if (first === '') return undefined
  return `V${[first, ...(minor.length === 0 ? ['0'] : minor)].join('.')}`
}
