/** Documents of the qualification step, and the request templates of services. */
import type { Finding } from '../../model/diagnostic.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { NamedFile } from './files.ts'
import { contentType, expectedType } from './signatures.ts'
import { isFor } from './sites.ts'

const mostBytes = 20 * 1024 * 1024
const certificates = /\.(rar|zip|docx?|pdf|pptx?)$/i
/** With pictures, because papers are often scanned. */
const documents = /\.(pdf|docx?|pptx?|xlsx?|zip|rar|txt|md|html|png|jpe?g)$/i
const templates = /\.(docx?|xlsx?)$/i

/** A file that is not what its name says cannot be opened; the size is a limit of the China site. */
export function documentFindings(named: NamedFile, manifest: Manifest): readonly Finding[] {
  const { path, file, fact } = named
  const expected = expectedType(file)
  if (!documents.test(file)) {
    const message = `\`${file}\` does not have the suffix of a document.`
    return [{ code: 'document-format', path, message, hint: 'Export it as PDF.' }]
  }
  if (expected !== undefined && contentType(fact.head) !== expected) {
    return [{ code: 'document-format', path, message: `\`${file}\` is not what its name says.` }]
  }
  if (fact.bytes <= mostBytes || !isFor(manifest, 'china')) return []
  return [{ code: 'document-bytes', path, message: `\`${file}\` has ${fact.bytes} bytes, more than ${mostBytes}.` }]
}

export function certificateFindings(named: NamedFile, manifest: Manifest): readonly Finding[] {
  const { path, file } = named
  if (certificates.test(file) || !isFor(manifest, 'china')) return documentFindings(named, manifest)
  const message = `\`${file}\` has a suffix the China site does not take.`
  return [{ code: 'document-format', path, message, hint: 'Use .pdf, .doc, .docx, .ppt, .pptx, .zip or .rar.' }]
}

export function templateFindings({ path, file, fact }: NamedFile): readonly Finding[] {
  if (templates.test(file) && contentType(fact.head) === expectedType(file)) return []
  return [{ code: 'template-format', path, message: `\`${file}\` is neither an Excel nor a Word file.` }]
}
