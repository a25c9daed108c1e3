/** What koo remembers of the products of one marketplace: a help where it is there, and never the only truth. */
import type { ManifestData, ReleaseFile } from '../model/release.ts'
import type { Files } from '../ports.ts'

/** A product as koo last saw or left it: what both sides agreed on. */
export interface Baseline {
  readonly key: string
  readonly productId: string
  readonly revision: number
  readonly releaseId: string
  readonly version: string
  readonly contentDigest: string
  readonly manifest: ManifestData
  readonly files: readonly ReleaseFile[]
}

export interface Memory {
  baseline(key: string): Promise<Baseline | undefined>
  remember(baseline: Baseline): Promise<void>
  /** Content digests that were sent for a product from here, or were about to be. */
  sent(key: string): ReadonlySet<string>
}

/** A file for each product; one that is not there, damaged or of another form is no baseline. */
export function openMemory(
  files: Files,
  folder: string,
  sent: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Memory {
  const pathOf = (key: string): string => files.join(folder, `${encodeURIComponent(key)}.json`)
  return {
    async baseline(key) {
      const text = await files.read(pathOf(key)).catch(() => undefined)
      return text === undefined ? undefined : baselineIn(Buffer.from(text).toString('utf8'), key)
    },
    remember: (baseline) =>
      files.write(pathOf(baseline.key), JSON.stringify({ format, ...baseline }), { secret: true }),
    sent: (key) => sent.get(key) ?? nothing,
  }
}

const format = 1
const nothing: ReadonlySet<string> = new Set()

function baselineIn(text: string, key: string): Baseline | undefined {
  try {
    const { format: its, ...value } = JSON.parse(text) as Baseline & { readonly format: unknown }
    const isWhole =
      its === format &&
      value.key === key &&
      [value.productId, value.releaseId, value.version, value.contentDigest].every(
        (each) => typeof each === 'string',
      ) &&
      typeof value.revision === 'number' &&
      typeof value.manifest === 'object' &&
      value.manifest !== null &&
      Array.isArray(value.files)
    return isWhole ? value : undefined
  } catch {
    return undefined
  }
}
