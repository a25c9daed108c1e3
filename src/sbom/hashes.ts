/** Hashes as lock files write them → algorithm and hex digits. */
import type { Hash, HashName } from './package.ts'

const names: Readonly<Record<string, HashName>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/** Hex digits of each, so that a cut or foreign text never passes for a hash. */
const digits: Readonly<Record<HashName, number>> = {
  MD5: 32,
  'SHA-1': 40,
  'SHA-256': 64,
  'SHA-384': 96,
  'SHA-512': 128,
}

/** Subresource integrity, as in `sha512-…` in Base64 (https://www.w3.org/TR/SRI/); several are parted by spaces. */
export function integrityHashes(integrity: string | undefined): readonly Hash[] {
  return (integrity ?? '').split(/\s+/).flatMap((each) => {
    const [, algorithm = '', base64 = ''] = /^(\w+)-([A-Za-z0-9+/]+=*)/.exec(each) ?? []
    return hash(algorithm, Buffer.from(base64, 'base64').toString('hex'))
  })
}

/** `sha256:…` in hex digits. Of several of one algorithm none says which file it is of. */
export function onlyHash(written: readonly string[]): readonly Hash[] {
  const hashes = written.flatMap((each) => hash(...parted(each)))
  return hashes.length === 1 ? hashes : []
}

export function hash(algorithm: string, hex: string | undefined): readonly Hash[] {
  const name = names[algorithm.toLowerCase()]
  const content = (hex ?? '').toLowerCase()
  if (name === undefined || content.length !== digits[name] || !/^[0-9a-f]+$/.test(content)) return []
  return [{ name, content }]
}

function parted(written: string): [algorithm: string, hex: string] {
  const at = written.indexOf(':')
  return [written.slice(0, Math.max(at, 0)), written.slice(at + 1)]
}
