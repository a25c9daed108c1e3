/** Finds secrets in the bytes of files as they stream by. What is found never contains the secret itself. */
import { lineFeeds } from './line-count.ts'
import { markersOf } from './markers.ts'
import { isPlaceholder } from './real-secrets.ts'
import { namedKinds, type SecretKind, secretKinds } from './secret-kinds.ts'

export interface FoundSecret {
  readonly path: string
  /** Counted from 1; left out where the file is not read as lines. */
  readonly line?: number
  /** As in "a private key". */
  readonly what: string
}

/** One file's search. */
export interface SecretSearch {
  /** The file's bytes in order, in chunks of any size, whose memory may be used again after the call. */
  look(bytes: Uint8Array): void
  /** The first few findings, in the order of the file. */
  end(): readonly FoundSecret[]
}

/** `path` is what findings say, and tells the files that are of a certain kind by their name. */
export function searchFor(path: string): SecretSearch {
  return new Search(path)
}

/** A NUL among so many bytes makes a file binary, as for git (`buffer_is_binary`, with 8000). */
const sniffed = 4096
/** What a pattern may see around its marker; a search that goes on with the next chunk remembers as much. */
const before = 256
const after = 512
/** Files of a kind told by their name are small; of others with that name the beginning is looked at. */
const mostNamed = 64 * 1024
const mostTold = 5
/** More are looked for than told, so that the first ones do not depend on where chunks end. */
const mostFound = 50

const flat = secretKinds.flatMap((kind, order) => kind.markers.map((marker) => ({ kind, marker, order })))
const nothing = { kind: undefined, order: 0 }
const markers = markersOf(flat.map(({ marker }) => marker))

interface Hit {
  readonly at: number
  readonly line: number
  readonly what: string
  readonly order: number
}

/** Text of the file that is at hand. */
interface Piece {
  readonly bytes: Buffer
  /** Where in the file it begins. */
  readonly start: number
  /** How many line feeds the file has before it. */
  readonly lines: () => number
}

class Search implements SecretSearch {
  readonly #path: string
  readonly #named: typeof namedKinds
  readonly #hits: Hit[] = []
  /** The beginning, until it is known whether the file is text; then undefined. */
  #beginning: Buffer | undefined = Buffer.alloc(0)
  #isOver = false
  #decode: (bytes: Buffer) => Buffer = (bytes) => bytes
  /** The end of what has been looked at. */
  #tail: Buffer = Buffer.alloc(0)
  /** How many bytes, and line feeds in them, there were. */
  #seen = 0
  #lines = 0
  /** Markers that begin before this place have been looked at. */
  #done = 0
  #whole: Buffer = Buffer.alloc(0)

  constructor(path: string) {
    this.#path = path
    this.#named = namedKinds.filter(({ names }) => names.test(path))
  }

  look(chunk: Uint8Array): void {
    if (this.#isOver || chunk.length === 0) return
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    if (this.#beginning === undefined) {
      this.#go(this.#decode(bytes))
    } else if (this.#beginning.length + bytes.length < sniffed) {
      this.#beginning = Buffer.concat([this.#beginning, bytes])
    } else {
      this.#begin(this.#beginning.length === 0 ? bytes : Buffer.concat([this.#beginning, bytes]))
    }
  }

  end(): readonly FoundSecret[] {
    if (this.#beginning !== undefined) this.#begin(this.#beginning)
    if (!this.#isOver) {
      this.#search(this.#piece(this.#tail, 0), this.#done, this.#seen)
      this.#searchNamed()
    }
    this.#isOver = true
    // Of two kinds at one place, the earlier in the table says more.
    return [...this.#hits]
      .sort((a, b) => a.at - b.at || a.order - b.order)
      .filter(({ at }, index, all) => all[index - 1]?.at !== at)
      .slice(0, mostTold)
      .map(({ line, what }) => ({ path: this.#path, line, what }))
  }

  #begin(bytes: Buffer): void {
    this.#beginning = undefined
    const wide = wideOrder(bytes)
    if (wide !== undefined) this.#decode = narrowing(wide)
    this.#isOver = wide === undefined && bytes.subarray(0, sniffed).includes(0)
    if (!this.#isOver) this.#go(this.#decode(bytes))
  }

  #go(bytes: Buffer): void {
    if (this.#named.length > 0 && this.#whole.length < mostNamed) {
      this.#whole = Buffer.concat([this.#whole, bytes]).subarray(0, mostNamed)
    }
    const start = this.#seen
    this.#seen += bytes.length
    const isShort = bytes.length <= before + 2 * after
    const joined = Buffer.concat([this.#tail, isShort ? bytes : bytes.subarray(0, before + after)])
    const known = Math.max(this.#done, this.#seen - after)
    // Around the seam in a copy, and the rest where it is.
    const seam = isShort ? known : start + before
    this.#search(this.#piece(joined, bytes.length), this.#done, seam)
    if (!isShort) this.#search({ bytes, start, lines: () => this.#lines }, seam, known)
    this.#done = known
    this.#lines += lineFeeds(bytes, bytes.length)
    const kept = (isShort ? joined : bytes).subarray(-(before + after))
    this.#tail = Buffer.from(kept)
    if (this.#hits.length >= mostFound) this.#isOver = true
  }

  /** A piece that begins with the tail; `added` bytes are counted as seen, but their lines are not yet. */
  #piece(bytes: Buffer, added: number): Piece {
    const tail = this.#tail
    const start = this.#seen - added - tail.length
    return { bytes, start, lines: () => this.#lines - lineFeeds(tail, tail.length) }
  }

  #search({ bytes, start, lines }: Piece, from: number, to: number): void {
    if (from >= to) return
    markers.each(bytes, from - start, to - start, (index, at) => {
      const { kind, order } = flat[index] ?? nothing
      if (kind === undefined || this.#hits.length >= mostFound || kind.worth?.(bytes, at) === false) return
      const left = Math.max(0, at - before)
      const text = bytes.toString('latin1', left, Math.min(bytes.length, at + after))
      const place = placeOf(kind, text, at - left)
      if (place === undefined) return
      const line = lines() + lineFeeds(bytes, left + place.begin) + 1
      this.#hits.push({ at: start + left + place.secret, line, what: kind.what, order })
    })
  }

  #searchNamed(): void {
    const text = this.#whole.toString('latin1')
    for (const { pattern, what, isReal } of this.#named) {
      for (const match of text.matchAll(pattern)) {
        const { secret, place } = secretOf(match)
        if (isPlaceholder(secret) || isReal?.(secret) === false) continue
        this.#hits.push({ at: place, line: lineFeeds(this.#whole, place) + 1, what, order: secretKinds.length })
      }
    }
  }
}

interface Place {
  /** Where what leads to the secret begins, such as the header of a private key: a finding is on that line. */
  readonly begin: number
  readonly secret: number
}

/** Where in the text the secret is that belongs to the marker at a place of it. */
function placeOf({ pattern, near, isReal }: SecretKind, text: string, marker: number): Place | undefined {
  for (const match of text.matchAll(pattern)) {
    if (match.index > marker) return undefined
    if (match.index + match[0].length <= marker) continue
    const found = near === undefined ? [match] : [...text.matchAll(near)]
    for (const each of found) {
      const { secret, place } = secretOf(each)
      const isExample = isPlaceholder(secret) || (near !== undefined && isPlaceholder(match[0]))
      if (!isExample && isReal?.(secret) !== false) return { begin: each.index, secret: place }
    }
  }
  return undefined
}

function secretOf(match: RegExpExecArray | RegExpMatchArray): { readonly secret: string; readonly place: number } {
  const [whole] = match
  const secret = match.groups?.secret ?? whole
  return { secret, place: (match.index ?? 0) + whole.lastIndexOf(secret) }
}

/** The byte of each pair that holds what is ASCII, in UTF-16 with a mark: PowerShell's `>` writes files so. */
function wideOrder(bytes: Buffer): 0 | 1 | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 0
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 1 : undefined
}

/** Of UTF-16 what is ASCII; all secrets are. */
function narrowing(low: 0 | 1): (bytes: Buffer) => Buffer {
  let place = 0
  return (bytes) => {
    const narrow = Buffer.alloc((bytes.length + 1) >> 1)
    let length = 0
    for (const byte of bytes) {
      if ((place++ & 1) === low) narrow[length++] = byte
    }
    return narrow.subarray(0, length)
  }
}
