/** Texts and files that are still what `koo init` wrote. */
import type { Finding } from '../../model/diagnostic.ts'
import type { Field, Fields } from '../../model/field.ts'
import { manifestFields } from '../../model/manifest.ts'
import { placeholderMark } from '../../model/placeholder.ts'
import { pointer, valueAt } from '../../model/pointer.ts'
import { fileReferences } from '../../model/references.ts'
import type { Rule } from './rule.ts'

export const placeholderRule: Rule = ({ manifest, files, packageFiles = [] }) => {
  const texts = placeholderTexts(manifestFields(manifest.delivery.method), manifest, [])
  const marked = fileReferences(manifest).filter(({ file }) => {
    const fact = files.get(file)
    return fact?.is === 'file' && holdsMark(fact.head)
  })
  const stub = packageFiles.some((path) => path.includes(placeholderMark))
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

function placeholderTexts(fields: Fields, value: unknown, path: readonly string[]): readonly Finding[] {
  return Object.entries(fields).flatMap(([key, field]) => ofField(field, valueAt(value, [key]), [...path, key]))
}

function ofField(field: Field, value: unknown, path: readonly string[]): readonly Finding[] {
  if (field.kind === 'group') return placeholderTexts(field.fields, value, path)
  if (field.kind === 'list' && Array.isArray(value)) {
    return value.flatMap((each, index) => ofField(field.item, each, [...path, String(index)]))
  }
  if (field.kind !== 'text' && field.kind !== 'number') return []
  const same =
    field.placeholder !== undefined && field.placeholder === (typeof value === 'string' ? value.trim() : value)
  return same ? [finding(path, `“${field.title}” is still the placeholder that \`koo init\` wrote.`)] : []
}
