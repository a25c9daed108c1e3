/** Bytes → text, or what they seem to be instead, told at the first byte that does not fit. */

export type Decoded =
  | { readonly is: 'text'; readonly text: string }
  | {
      readonly is: 'trouble'
      readonly message: string
      readonly hint?: string
      /** What can be shown of it; empty where nothing of it is worth showing. */
      readonly shown: string
      /** Where in what is shown. */
      readonly at: number
    }

/** Enough to tell an encoding by. */
const sampleBytes = 4096

/** UTF-8, with its byte order mark where it has one. */
export function decode(bytes: Uint8Array): Decoded {
  if (looksLikeUtf16(bytes)) {
    const message = 'This file looks like UTF-16, not UTF-8.'
    return { is: 'trouble', message, hint: 'Save it again with the encoding UTF-8.', shown: '', at: 0 }
  }
  try {
    return textual(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return notUtf8(bytes)
  }
}

function textual(text: string): Decoded {
  const at = text.indexOf('\0')
  if (at < 0) return { is: 'text', text }
  const message = 'There is a NUL character here, which no text has.'
  return { is: 'trouble', message, hint: 'Remove it, or name the manifest: this may be another file.', shown: text, at }
}

/** A byte order mark says so; without one, every second byte of mostly Latin text is zero. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  const zeros = [0, 0]
  const sample = bytes.subarray(0, sampleBytes)
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = sample.length * 0.3
  return (even > many && odd === 0) || (odd > many && even === 0)
}

function notUtf8(bytes: Uint8Array): Decoded {
  if (bytes.includes(0)) {
    const message = 'This file is not UTF-8 text but binary data.'
    return { is: 'trouble', message, hint: 'Name the manifest.', shown: '', at: 0 }
  }
  const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const again = new TextEncoder().encode(shown)
  const wrong = bytes.findIndex((byte, index) => byte !== again[index])
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, wrong)).replace(/\ufffd$/, '')
  const byte = (bytes[wrong] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  return {
    is: 'trouble',
    message: `This file is not UTF-8 text: the byte ${byte} cannot stand here.`,
    hint: 'Save it again with the encoding UTF-8; it may be Latin-1 or another older one.',
    shown,
    at: before.length,
  }
}
