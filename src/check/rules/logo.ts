/** The logo: a PNG of 120 × 120 pixels, at most 5 MB (page "Releasing a product: requirements"). */
import type { Finding } from '../../model/diagnostic.ts'
import type { NamedFile } from './files.ts'
import { contentType } from './signatures.ts'

const pixels = 120
export const pictureBytes = 5 * 1024 * 1024

export function logoFindings({ path, fact: { bytes, head } }: NamedFile): readonly Finding[] {
  const size = pngSize(head)
  if (size === undefined) return [{ code: 'logo-format', path, message: 'The logo is not a PNG image.' }]
  if (bytes > pictureBytes) {
    return [{ code: 'logo-bytes', path, message: `The logo has ${bytes} bytes, more than ${pictureBytes}.` }]
  }
  if (size.width === pixels && size.height === pixels) return []
  const message = `The logo measures ${size.width} × ${size.height} pixels, not ${pixels} × ${pixels}.`
  return [{ code: 'logo-size', path, message }]
}

const headerEnd = 24

/** Width and height from a PNG's first chunk, or undefined where the bytes are no PNG. */
function pngSize(head: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (head.length < headerEnd || contentType(head) !== 'png') return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
