/** A new product's folder as data: every file with its content. */
import { parse } from 'yaml'
import { type DeliveryMethod, rowOf } from '../model/delivery-methods.ts'
import { fieldAt } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { placeholderMark } from '../model/placeholder.ts'
import { fileReferences, packageGlobs } from '../model/references.ts'
import { methodSchema } from '../model/schema.ts'
import { type Answers, manifestText } from './manifest-text.ts'
import { placeholderDocument } from './placeholder-document.ts'
import { placeholderLogo } from './placeholder-logo.ts'

/** An editor finds the schema beside the manifest, also offline and also when koo is not installed. */
export const schemaName = 'koo.schema.json'

/** The files of a new product, by path relative to its folder. */
export function scaffold(method: DeliveryMethod, answers: Answers): Readonly<Record<string, string | Uint8Array>> {
  const { title } = rowOf(method)
  const fields = manifestFields(method)
  const text = manifestText(fields, answers, [
    `yaml-language-server: $schema=./${schemaName}`,
    '',
    `A product of the delivery method ${title} for KooGallery.`,
    'Fill in what `koo validate` still calls a placeholder; `koo plan` shows what publishing would do.',
  ])
  const manifest: unknown = parse(text)
  const files = fileReferences(manifest).map(({ path, file, role }) => {
    const field = fieldAt(fields, path)
    const content = role === 'logo' ? placeholderLogo() : placeholderDocument(field?.title ?? file, field?.about ?? '')
    return [file, content] as const
  })
  return {
    'koo.yaml': text,
    [schemaName]: schemaText(method),
    ...Object.fromEntries(files),
    ...packageStub(manifest),
    '.gitignore': '# What `koo pack` writes.\ndist/\n',
  }
}

export function schemaText(method: DeliveryMethod): string {
  return `${JSON.stringify(methodSchema(method), null, 2)}\n`
}

/** Something for the package's globs to match. */
function packageStub(manifest: unknown): Readonly<Record<string, string>> {
  const [glob] = packageGlobs(manifest)?.files ?? []
  if (glob === undefined) return {}
  const folder = glob.replace(/\/?\*.*$/, '')
  const text = 'Put the software here that your customers receive, and delete this file.\n'
  return { [`${folder}/${placeholderMark}.txt`]: text }
}
