/** What a file is, by its first bytes rather than by its name. */

export type ContentType = 'png' | 'jpeg' | 'gif' | 'pdf' | 'zip' | 'ole' | 'rar' | 'gzip' | 'tar' | 'text' | 'unknown'

const signatures: readonly (readonly [type: ContentType, offset: number, bytes: readonly number[]])[] = [
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['pdf', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['zip', 0, [0x50, 0x4b, 0x05, 0x06]],
  ['ole', 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['rar', 0, [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['gzip', 0, [0x1f, 0x8b]],
  ['tar', 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
]

/** `zip` also stands for .docx, .xlsx and .pptx, `ole` for .doc, .xls and .ppt. */
export function contentType(head: Uint8Array): ContentType {
  for (const [type, offset, bytes] of signatures) {
    // The first byte tells most of them apart.
    if (head[offset] === bytes[0] && bytes.every((byte, index) => head[offset + index] === byte)) return type
  }
  if (isOldTar(head)) return 'tar'
  return head.includes(0) ? 'unknown' : 'text'
}

const headerBytes = 512
const checksum = { from: 148, to: 156 }

/** Archives from before the mark `ustar` are told by the checksum of their first header. */
function isOldTar(head: Uint8Array): boolean {
  if (head.length < headerBytes) return false
  const written = Number.parseInt(String.fromCharCode(...head.subarray(checksum.from, checksum.to)), 8)
  let sum = 0
  for (let index = 0; index < headerBytes; index += 1) {
    // The checksum itself counts as spaces.
    sum += index >= checksum.from && index < checksum.to ? 0x20 : (head[index] ?? 0)
  }
  return sum === written
}

/** What the content of a file must be by its suffix; undefined for a suffix koo does not know. */
export function expectedType(file: string): ContentType | undefined {
  const suffix = /\.(tar\.gz|[^./\\]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ''
  return bySuffix[suffix]
}

const bySuffix: Readonly<Record<string, ContentType>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  gif: 'gif',
  pdf: 'pdf',
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  zip: 'zip',
  doc: 'ole',
  xls: 'ole',
  ppt: 'ole',
  rar: 'rar',
  gz: 'gzip',
  tgz: 'gzip',
  'tar.gz': 'gzip',
  tar: 'tar',
  txt: 'text',
  md: 'text',
  html: 'text',
}
