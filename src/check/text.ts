/** Bytes → text. */

/** Undefined where the bytes are no UTF-8 text. A byte order mark is no part of the text. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
