/** Products as they lie on the disk, for tests of what is drawn of them. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { ListedFile, ListedProduct } from '../../src/listing/listed.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'

/** The example of a delivery method, with every file it names. */
export async function example(method: string): Promise<ListedProduct> {
  const folder = new URL(`../../examples/${method}/`, import.meta.url)
  const manifest: ListedProduct['manifest'] = parse(await readFile(new URL('koo.yaml', folder), 'utf8'))
  const paths = [manifest.product?.logo, ...Object.values(manifest.documents ?? {})].filter(
    (path) => path !== undefined,
  )
  const files = await Promise.all(paths.map(async (path) => [path, await listed(new URL(path, folder))] as const))
  return { manifest, files: new Map(files) }
}

export const exampleNames = deliveryMethodIds

async function listed(address: URL): Promise<ListedFile> {
  const content = await readFile(fileURLToPath(address))
  if (!address.pathname.endsWith('.png')) return { is: 'file', bytes: content.length }
  return {
    is: 'picture',
    src: `data:image/png;base64,${content.toString('base64')}`,
    bytes: content.length,
    width: 120,
    height: 120,
  }
}

/** A picture of its own for every word: a coloured ground with the word on it. */
export function drawnPicture(word: string, width: number, height: number): ListedFile {
  const hue = [...word].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue} 45% 55%)"/><text x="50%" y="50%" fill="#fff" font-size="${height / 8}" text-anchor="middle" font-family="sans-serif">${word}</text></svg>`
  return { is: 'picture', src: `data:image/svg+xml,${encodeURIComponent(svg)}`, bytes: svg.length, width, height }
}
