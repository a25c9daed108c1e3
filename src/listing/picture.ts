/** What kind of picture some bytes are, and its size in pixels; only kinds that cannot hold a script. */

export interface PictureSize {
  /** As a browser is told. */
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif'
  readonly width: number
  readonly height: number
}

/** Undefined for what is no PNG, JPEG or GIF, or breaks off before it says how large it is. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = png(view) ?? gif(view) ?? jpeg(view)
  return found !== undefined && found.width > 0 && found.height > 0 ? found : undefined
}

const pngMark = [0x89504e47, 0x0d0a1a0a] as const
/** "IHDR", with which a PNG's first part is named. */
const pngHeader = 0x49484452

function png(view: DataView): PictureSize | undefined {
  if (view.byteLength < 24 || pngMark.some((word, index) => view.getUint32(4 * index) !== word)) return undefined
  if (view.getUint32(12) !== pngHeader) return undefined
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** "GIF8", before the year. */
const gifMark = 0x47494638

function gif(view: DataView): PictureSize | undefined {
  if (view.byteLength < 10 || view.getUint32(0) !== gifMark) return undefined
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

/** A JPEG is a row of segments; one of several kinds of frame header has the size. */
function jpeg(view: DataView): PictureSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const mark = view.getUint8(at + 1)
    // Fill bytes before a mark, and marks without a segment.
    if (mark === 0xff) at += 1
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2
    else if (isFrameHeader(mark)) {
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    } else at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return undefined
}

/** SOF0 to SOF15, but for the tables that share their numbers. */
function isFrameHeader(mark: number): boolean {
  return mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc
}
