/** Where the files of a product are: in its folder, or with the marketplace. */
import { Failure } from '../model/failure.ts'
import type { FileFact } from '../model/file-fact.ts'
import type { ReleaseContent } from '../model/release.ts'
import type { Files, Marketplace } from '../ports.ts'

export interface Shelf {
  /** Its size, or why it cannot be seen, as a sentence without its full stop. */
  look(path: string): Promise<number | string>
  /** At most so many bytes of it. */
  read(path: string, most: number): Promise<Uint8Array>
}

const why: Readonly<Record<Exclude<FileFact['is'], 'file'>, string>> = {
  folder: 'it is a folder',
  missing: 'there is no such file',
  unreadable: 'it cannot be read',
  outside: 'it leads out of the product’s folder',
}

/** The product's folder; nothing outside it is looked at, whatever a path or a link says. */
export function folderShelf(files: Files, folder: string): Shelf {
  return {
    async look(path) {
      const fact = await files.fact(folder, path)
      return fact.is === 'file' ? fact.bytes : why[fact.is]
    },
    read: (path, most) => files.read(files.join(folder, path), most),
  }
}

/** A release; what lies in a bucket of the seller's is not fetched. */
export function releaseShelf(marketplace: Pick<Marketplace, 'file'>, { releaseId, files }: ReleaseContent): Shelf {
  const named = (path: string) => files.find((each) => each.path === path)
  return {
    async look(path) {
      const file = named(path)
      if (file === undefined) return 'the marketplace does not have it'
      return file.object === undefined ? file.bytes : `it is in the bucket ${file.object.bucket}`
    },
    async read(path, most) {
      const file = named(path)
      if (file === undefined) throw new TypeError(`The release has no file ${path}.`)
      const chunks: Uint8Array[] = []
      let bytes = 0
      for await (const chunk of marketplace.file(releaseId, file.sha256)) {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes >= most) break
      }
      return Buffer.concat(chunks).subarray(0, most)
    },
  }
}

/** Looked at once, however often it is drawn: the same hash is the same bytes. */
export function remembering(shelf: Shelf, name: (path: string) => string, known: Map<string, Uint8Array>): Shelf {
  return {
    look: (path) => shelf.look(path),
    async read(path, most) {
      const key = name(path)
      const bytes = known.get(key) ?? (await shelf.read(path, most))
      known.set(key, bytes)
      return bytes
    },
  }
}

/** What a failure says, as a sentence without its full stop; other errors, and a user who stops koo, are thrown on. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Failure) || error.exit === 'stopped') throw error
  return `${error.message.slice(0, 1).toLowerCase()}${error.message.slice(1).replace(/\.$/, '')}`
}
