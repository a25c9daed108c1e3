/** A new product's folder as data: every file with its content. */
import { parse } from 'yaml'
import { notPlain, parsePlain } from '../check/plain-yaml.ts'
import { type DeliveryMethod, rowOf } from '../model/delivery-methods.ts'
import { fieldAt } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { schemaName } from '../model/own-names.ts'
import { placeholderMark } from '../model/placeholder.ts'
import { fileReferences, packageGlobs } from '../model/references.ts'
import { methodSchema } from '../model/schema.ts'
import { type Answers, manifestText } from './manifest-text.ts'
import { placeholderDocument } from './placeholder-document.ts'
import { placeholderLogo } from './placeholder-logo.ts'

/** A new manifest: its text, and what the text says. `schema` is where its schema is, relative to it. */
export function newManifest(method: DeliveryMethod, answers: Answers, schema = `./${schemaName}`) {
  const text = manifestText(manifestFields(method), answers, [
    `yaml-language-server: $schema=${schema}`,
    '',
    `A product of the delivery method ${rowOf(method).title} for KooGallery.`,
    'Fill in what `koo validate` still calls a placeholder; `koo plan` shows what publishing would do.',
  ])
  return { text, value: valueIn(text) }
}

function valueIn(text: string): unknown {
  const plain = parsePlain(text)
  return plain === notPlain ? parse(text) : plain
}

/** What stands beside a new manifest until the seller puts something better there, by path relative to its folder. */
export function placeholdersFor(
  method: DeliveryMethod,
  manifest: unknown,
): Readonly<Record<string, string | Uint8Array>> {
  const fields = manifestFields(method)
  const files = fileReferences(manifest).map(({ path, file, role }) => {
    const field = fieldAt(fields, path)
    const content = role === 'logo' ? placeholderLogo() : placeholderDocument(field?.title ?? file, field?.about ?? '')
    return [file, content] as const
  })
  return {
    ...Object.fromEntries(files),
    ...packageStub(manifest),
    '.gitignore': '# What `koo pack` writes.\ndist/\n',
  }
}

/** The files of a new product, by path relative to its folder. */
export function scaffold(method: DeliveryMethod, answers: Answers): Readonly<Record<string, string | Uint8Array>> {
  const { text, value } = newManifest(method, answers)
  return { 'koo.yaml': text, [schemaName]: schemaText(method), ...placeholdersFor(method, value) }
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
