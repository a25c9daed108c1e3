/** The files a manifest names: there, not empty, inside the product's folder, and what their role asks for. */
import type { Finding } from '../../model/diagnostic.ts'
import type { FileRole } from '../../model/field.ts'
import type { FileFact, FoundFile } from '../../model/file-fact.ts'
import type { Manifest } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import { type FileReference, fileReferences } from '../../model/references.ts'
import { archiveFindings } from './archive.ts'
import { certificateFindings, documentFindings, templateFindings } from './documents.ts'
import { logoFindings } from './logo.ts'
import { descriptionPictureFindings, pictureFindings } from './pictures.ts'
import type { Rule } from './rule.ts'
import { sbomFindings } from './sbom.ts'

/** What a rule about one file knows of it. */
export interface NamedFile {
  /** JSON Pointer of the place that names it. */
  readonly path: string
  /** As the manifest writes it. */
  readonly file: string
  readonly fact: FoundFile
}

type FileRule = (named: NamedFile, manifest: Manifest) => readonly Finding[]

const byRole: Readonly<Record<FileRole, FileRule>> = {
  logo: logoFindings,
  picture: pictureFindings,
  'description-picture': descriptionPictureFindings,
  document: documentFindings,
  certificate: certificateFindings,
  template: templateFindings,
  archive: archiveFindings,
  sbom: sbomFindings,
  authorization: () => [],
}

export const filesRule: Rule = ({ manifest, files }) =>
  fileReferences(manifest).flatMap((reference) => {
    const fact = files.get(reference.file)
    return fact === undefined ? [] : findingsOf(reference, fact, manifest)
  })

function findingsOf({ path, file, role }: FileReference, fact: FileFact, manifest: Manifest): readonly Finding[] {
  const at = pointer(path)
  switch (fact.is) {
    case 'missing':
      return [{ code: 'file-missing', path: at, message: `There is no file \`${file}\`.`, ...slashHint(file) }]
    case 'unreadable':
      return [
        { code: 'file-missing', path: at, message: `\`${file}\` cannot be read.`, hint: 'Check its permissions.' },
      ]
    case 'folder':
      return [{ code: 'file-missing', path: at, message: `\`${file}\` is a folder, not a file.` }]
    case 'outside':
      return [{ code: 'file-outside', path: at, message: `\`${file}\` leads out of the product’s folder.` }]
    case 'file':
      if (fact.bytes === 0) return [{ code: 'file-empty', path: at, message: `\`${file}\` is empty.` }]
      return byRole[role]({ path: at, file, fact }, manifest)
  }
}

function slashHint(file: string): { readonly hint?: string } {
  return file.includes('\\') ? { hint: 'Write paths with forward slashes.' } : {}
}
