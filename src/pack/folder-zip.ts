/** Files of a folder as one zip, the same bytes for the same files. */
import type { Files } from '../ports.ts'
import { fileModes } from './archive-entry.ts'
import { defaultTime } from './bundle.ts'
import type { Chunks, Step } from './steps.ts'
import { zipOf } from './zip-archive.ts'

const chunkBytes = 512 * 1024

interface Folder {
  readonly folder: string
  /** The folder in the zip. */
  readonly within: string
  /** Relative to the folder, in the order they have in the zip. */
  readonly paths: readonly string[]
  /** How many blocks are compressed at the same time. */
  readonly width: number
}

/** Large files pass in pieces. */
export function folderZip(files: Files, { folder, within, paths, width }: Folder): Chunks {
  return zipOf(steps(files, folder, within, paths), { time: defaultTime, width, content: () => {} })
}

async function* steps(files: Files, folder: string, within: string, paths: readonly string[]): AsyncGenerator<Step> {
  const chunk = Buffer.allocUnsafe(chunkBytes)
  for (const path of paths) {
    const file = await files.open(files.join(folder, path))
    try {
      const entry = { is: 'file', path: `${within}/${path}`, bytes: file.bytes, mode: fileModes.plain } as const
      yield { is: 'entry', entry }
      for (let read = file.read(chunk, 0, chunkBytes); read > 0; read = file.read(chunk, 0, chunkBytes)) {
        yield { is: 'bytes', bytes: chunk.subarray(0, read) }
      }
    } finally {
      file.close()
    }
  }
}
