/** Texts and files that are still what `koo init` wrote. */
import type { Finding } from '../../model/diagnostic.ts'
import type { NumberField, TextField } from '../../model/field.ts'
import { eachValueAt, fieldPlaces } from '../../model/field-paths.ts'
import type { Manifest } from '../../model/manifest.ts'
import { placeholderMark } from '../../model/placeholder.ts'
import { pointer } from '../../model/pointer.ts'
import { fileReferences } from '../../model/references.ts'
import type { Rule } from './rule.ts'

export const placeholderRule: Rule = ({ manifest, files, inPackage }) => {
  const texts = placeholderTexts(manifest)
  const marked = fileReferences(manifest).filter(({ file }) => {
    const fact = files.get(file)
    return fact?.is === 'file' && holdsMark(fact.head)
  })
  const stub = inPackage?.packed.some(({ path }) => path.includes(placeholderMark))
  const stubMessage = 'The software package still holds the file that `koo init` wrote.'
  return [
    ...texts,
    ...(stub ? [finding(['delivery', 'package', 'files'], stubMessage)] : []),
    ...marked.map(({ path, file }) => finding(path, `\`${file}\` is still the file that \`koo init\` wrote.`)),
  ]
}

/** Without decoding the bytes, which for thousands of files costs more than all other rules together. */
function holdsMark(head: Uint8Array): boolean {
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes(placeholderMark, 0, 'latin1')
}

function finding(path: readonly string[], message: string): Finding {
  return { code: 'placeholder', path: pointer(path), message }
}

type Placeheld = TextField | NumberField

const places = fieldPlaces(
  (field): field is Placeheld => (field.kind === 'text' || field.kind === 'number') && field.placeholder !== undefined,
)

const mostSpaces = 100

/** Spaces around it do not count. */
function isPlaceholder(value: unknown, placeholder: string | number | undefined): boolean {
  if (typeof value !== 'string' || typeof placeholder !== 'string') return value === placeholder
  // A description is long, and mostly the seller's own.
  return value.length < placeholder.length + mostSpaces && value.trim() === placeholder
}

function placeholderTexts(manifest: Manifest): readonly Finding[] {
  const found: Finding[] = []
  for (const { path, field } of places(manifest.delivery.method)) {
    eachValueAt(manifest, path, (value, exact) => {
      if (!isPlaceholder(value, field.placeholder)) return
      found.push(finding(exact(), `“${field.title}” is still the placeholder that \`koo init\` wrote.`))
    })
  }
  return found
}
