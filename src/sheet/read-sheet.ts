/** Bytes → Sheet, whichever kind of file they are; the content decides, because names are often wrong. */
import type { Sheet } from './cells.ts'
import { unreadable } from './unreadable.ts'

/** A sheet of 10,000 products has a tenth of it. */
export const mostSheetBytes = 64 * 1024 * 1024

const zip = [0x50, 0x4b, 0x03, 0x04]
const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/**
 * @param file as the user named it.
 * @throws {Failure} (findings) where the bytes are no sheet koo can read, with how to save one.
 */
export async function readSheet(file: string, bytes: Uint8Array): Promise<Sheet> {
  if (bytes.length > mostSheetBytes) {
    throw unreadable(file, 'has more than 64 MiB', 'Divide it into several sheets.')
  }
  if (begins(bytes, compound)) throw compoundFailure(file, bytes)
  if (begins(bytes, zip)) return (await import('./workbook-reader.ts')).readWorkbook(file, bytes)
  if (/\.xlsx$/i.test(file)) {
    throw unreadable(file, 'is not an Excel workbook', 'Open it in a spreadsheet program and save it as .xlsx again.')
  }
  return (await import('./text-reader.ts')).readText(file, bytes)
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

/** A workbook with a password is a stream of this name in a compound file, and so is the Excel of before 2007. */
function compoundFailure(file: string, bytes: Uint8Array) {
  const isEncrypted = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))
  if (isEncrypted) {
    return unreadable(file, 'is protected with a password', 'Remove the password, or save the sheet as CSV UTF-8.')
  }
  return unreadable(file, 'is not an .xlsx but an older format', 'Save it as .xlsx or as CSV UTF-8.')
}
