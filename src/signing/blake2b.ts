/** BLAKE2b with a digest of a chosen length, where Node has the longest one only; slow, so for short data. RFC 7693. */

/** SHA-512's initial values, which BLAKE2b takes over (section 2.6). */
const initial = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
] as const

/** Which word of the block each half step takes, a row of hexadecimal digits for each round (section 2.7). */
const sigma = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
  '0123456789abcdef',
  'ea489fd61c02b753',
] as const

/** The words each of the eight steps of a round mixes: the columns, then the diagonals. */
const steps = ['048c', '159d', '26ae', '37bf', '05af', '16bc', '278d', '349e'] as const

const blockBytes = 128

/** Sixty-four-bit words, little-endian. */
interface Words {
  get(index: number): bigint
  set(index: number, value: bigint): void
}

function words(bytes: Uint8Array): Words {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    get: (index) => view.getBigUint64(index * 8, true),
    // Stores the low 64 bits, so sums need no mask.
    set: (index, value) => view.setBigUint64(index * 8, value, true),
  }
}

/** The digest of at most 64 bytes, without a key. */
export function blake2b(data: Uint8Array, digestBytes: number): Uint8Array {
  const state = new Uint8Array(64)
  const hash = words(state)
  for (const [index, word] of initial.entries()) hash.set(index, word)
  hash.set(0, hash.get(0) ^ BigInt(0x01010000 | digestBytes))
  // The last block is padded with zeros; data of no bytes are one block too.
  const blocks = Math.max(1, Math.ceil(data.length / blockBytes))
  for (let block = 0; block < blocks; block++) {
    const padded = new Uint8Array(blockBytes)
    padded.set(data.subarray(block * blockBytes, (block + 1) * blockBytes))
    const isLast = block === blocks - 1
    compress(hash, words(padded), isLast ? data.length : (block + 1) * blockBytes, isLast)
  }
  return state.subarray(0, digestBytes)
}

function compress(hash: Words, block: Words, bytesSoFar: number, isLast: boolean): void {
  const local = words(new Uint8Array(128))
  for (const [index, word] of initial.entries()) {
    local.set(index, hash.get(index))
    local.set(index + 8, word)
  }
  local.set(12, local.get(12) ^ BigInt(bytesSoFar))
  if (isLast) local.set(14, ~local.get(14))
  for (const row of sigma) {
    for (const [step, places] of steps.entries()) {
      const [a = 0, b = 0, c = 0, d = 0] = [...places].map(digit)
      mix(local, [a, b, c, d], block.get(digit(row[2 * step])), block.get(digit(row[2 * step + 1])))
    }
  }
  for (const index of initial.keys()) hash.set(index, hash.get(index) ^ local.get(index) ^ local.get(index + 8))
}

/** The function G (section 3.1). */
function mix(local: Words, [a, b, c, d]: readonly [number, number, number, number], x: bigint, y: bigint): void {
  local.set(a, local.get(a) + local.get(b) + x)
  turn(local, d, a, 32n)
  local.set(c, local.get(c) + local.get(d))
  turn(local, b, c, 24n)
  local.set(a, local.get(a) + local.get(b) + y)
  turn(local, d, a, 16n)
  local.set(c, local.get(c) + local.get(d))
  turn(local, b, c, 63n)
}

/** One word with another added bit by bit, turned to the right. */
function turn(local: Words, target: number, other: number, bits: bigint): void {
  const mixed = local.get(target) ^ local.get(other)
  local.set(target, (mixed >> bits) | (mixed << (64n - bits)))
}

function digit(text: string | undefined): number {
  return Number.parseInt(text ?? '0', 16)
}
