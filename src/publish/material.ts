/** Manifest and files → what a release consists of, and the digest that tells whether two releases are the same. */
import { createHash } from 'node:crypto'
import { bundleName } from '../model/bundle.ts'
import { contentText } from '../model/content-digest.ts'
import type { Material } from '../model/plan.ts'
import { fileReferences } from '../model/references.ts'
import type { ReleaseFile } from '../model/release.ts'
import { measure } from '../pack/bundle.ts'
import { packageContents } from '../pack/contents.ts'
import type { Files } from '../ports.ts'
import type { Product } from './product.ts'

/** Reads and hashes everything a release would send; sends and writes nothing. */
export async function materialOf(files: Files, product: Product): Promise<Material> {
  const { manifest, folder } = product
  const { key, name, version } = manifest.product
  const named = new Set(fileReferences(manifest).map(({ file }) => file))
  const sent: ReleaseFile[] = []
  for (const path of named) sent.push({ path, ...(await hashOf(files, files.join(folder, path))) })
  const inPackage = await packageContents(files, manifest, folder)
  const bundle = inPackage && (await measure(files, product, inPackage))
  const bundleFile = bundleName(key, version, manifest.delivery.package?.format)
  const contents = [
    ...sent.map(({ path, sha256 }) => ({ path, sha256 })),
    ...(bundle === undefined ? [] : [{ path: bundleFile, sha256: bundle.filesSha256 }]),
  ]
  return {
    key,
    name,
    method: manifest.delivery.method,
    version,
    contentDigest: createHash('sha256')
      .update(contentText({ ...manifest }, contents))
      .digest('hex'),
    files: sent,
    ...(bundle === undefined
      ? {}
      : {
          bundle: {
            name: bundleFile,
            entries: bundle.entries.length,
            filesSha256: bundle.filesSha256,
          },
        }),
    images: manifest.delivery.images ?? [],
  }
}

/** Size and SHA-256 of a file, read once. */
export async function hashOf(files: Files, path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of files.stream(path)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
