/** `koo init --from`: a folder for each row of a sheet, once every row has been checked. */
import { judge } from '../check/judge.ts'
import type { DeliveryMethod } from '../model/delivery-methods.ts'
import type { Finding } from '../model/diagnostic.ts'
import { diagnosticCodeRow } from '../model/diagnostic-codes.ts'
import { stopped } from '../model/failure.ts'
import type { FileFact } from '../model/file-fact.ts'
import { manifestNames, mostBytes } from '../model/manifest.ts'
import type { Outcome } from '../model/outcome.ts'
import { schemaName } from '../model/own-names.ts'
import { pointer } from '../model/pointer.ts'
import { productFields } from '../model/product-fields.ts'
import { type FileReference, fileReferences } from '../model/references.ts'
import { manifestSchema } from '../model/schema.ts'
import type { MadeProduct, SheetFinding } from '../model/sheet.ts'
import type { Files, World } from '../ports.ts'
import { titleOf } from '../scaffold/interview.ts'
import { newManifest, placeholdersFor } from '../scaffold/scaffold.ts'
import { productsIn, type SheetProduct } from '../sheet/products.ts'
import { mostSheetBytes, readSheet } from '../sheet/read-sheet.ts'
import { folderOf } from './folder-of.ts'

interface Wanted {
  readonly sheet: string
  /** The folder in which each product gets its own. */
  readonly into: string
  /** Of rows that name none. */
  readonly method: DeliveryMethod | undefined
  /** Makes the good rows although others are not. */
  readonly keepGoing: boolean
}

/** A row that has been checked. */
interface CheckedRow {
  readonly made: MadeProduct
  readonly findings: readonly SheetFinding[]
  /** Only where there is something to write. */
  readonly write?: () => Promise<MadeProduct>
}

/** Each file waits for the disk, which does not mind more of them. */
const atOnce = 16

export async function fromSheet(world: World, wanted: Wanted): Promise<Outcome> {
  const { files, stop } = world
  const { into, keepGoing } = wanted
  const file = files.shown(wanted.sheet)
  const { header, products } = productsIn(
    await readSheet(file, await files.read(wanted.sheet, mostSheetBytes + 1)),
    wanted.method,
  )
  const rows: CheckedRow[] = []
  for (const product of products) rows.push(await checkedRow(files, wanted, product))
  const findings = [...header, ...rows.flatMap((row) => row.findings)]
  const isOn = findings.length === 0 || keepGoing
  const made: MadeProduct[] = []
  if (isOn && rows.some(({ write }) => write !== undefined)) await writeSchema(files, into)
  for (let start = 0; start < rows.length; start += atOnce) {
    if (stop.aborted) throw stopped()
    const part = rows.slice(start, start + atOnce)
    made.push(...(await Promise.all(part.map((row) => (row.write === undefined || !isOn ? row.made : row.write())))))
  }
  return { is: 'made', sheet: file, folder: files.shown(into), products: made, findings }
}

async function checkedRow(files: Files, { sheet, into }: Wanted, product: SheetProduct): Promise<CheckedRow> {
  const { key, method, row } = product
  const untouched = { row, files: [], copied: [], kept: [] }
  const known = { ...untouched, ...(key === undefined ? {} : { key }), ...(method === undefined ? {} : { method }) }
  const refused = (findings: readonly SheetFinding[]) => ({ made: { ...known, outcome: 'refused' as const }, findings })
  if (key === undefined || method === undefined) return refused(product.findings)
  const folder = files.join(into, key)
  const placed = { ...known, folder: files.shown(folder) }
  const isSound = product.findings.length === 0
  if (isSound && (await hasManifest(files, folder, key)))
    return { made: { ...placed, outcome: 'already-there' }, findings: [] }
  const answers = new Map([[namePath, titleOf(key)], ...product.answers])
  const { text, value } = newManifest(method, answers, `../${schemaName}`)
  // By the pointers: what koo fills in comes with a file koo writes.
  const own = fileReferences(value).filter(({ path }) => answers.has(pointer(path)))
  const judged = (await findingsOf(files, folderOf(sheet), { text, value, own })).map(product.place)
  // What could not be read has been told, and stands in the manifest as if the cell were empty.
  const told = new Set(product.findings.map(({ column }) => column))
  const found = [...product.findings, ...judged.filter(({ column }) => !told.has(column))]
  if (found.length > 0) return refused(found.toSorted((a, b) => a.column - b.column))
  const copies = new Set(own.map(({ file }) => file))
  const write = async () => {
    const others = Object.entries(placeholdersFor(method, value)).filter(([name]) => !copies.has(name))
    const result = await writeProduct(files, folder, { text, others, copies, from: folderOf(sheet) })
    return { ...placed, ...result, outcome: 'written' as const }
  }
  return { made: { ...placed, outcome: 'held-back' }, findings: [], write }
}

/** A key that is none names no folder; that is found later. */
async function hasManifest(files: Files, folder: string, key: string): Promise<boolean> {
  if (!new RegExp(productFields.key.form.pattern).test(key)) return false
  for (const name of manifestNames) if (await files.exists(files.join(folder, name))) return true
  return false
}

interface NewProduct {
  readonly text: string
  readonly value: unknown
  /** The seller's files. */
  readonly own: readonly FileReference[]
}

/** What `koo validate` would call errors, and what would not go into a folder of its own; with files as they are beside the sheet. */
async function findingsOf(files: Files, beside: string, { text, value, own }: NewProduct): Promise<readonly Finding[]> {
  const facts = new Map<string, FileFact>()
  for (const { file, role } of own) {
    facts.set(file, await files.fact(beside, file, { measure: role.endsWith('picture') }))
  }
  return [
    ...judge(value, facts).filter(({ code }) => diagnosticCodeRow(code).severity === 'error'),
    ...own.filter(({ file }) => koosOwn.has(file.toLowerCase())).map(({ file, path }) => koosFile(file, path)),
    ...(Buffer.byteLength(text) > mostBytes ? [tooLarge] : []),
  ]
}

const namePath = '/product/name'

const tooLarge: Finding = { code: 'manifest-too-large', path: '', message: 'The manifest would have more than 1 MiB.' }

/** Of any letter case, because some disks do not tell them apart. */
const koosOwn = new Set<string>([...manifestNames, '.gitignore'])

function koosFile(file: string, path: readonly string[]): Finding {
  const message = `koo writes a file \`${file}\` by itself.`
  return { code: 'unknown-value', path: pointer(path), message, hint: 'Give yours another name.' }
}

interface Content {
  readonly text: string
  readonly others: readonly (readonly [string, string | Uint8Array])[]
  /** Paths that are the same below the sheet's folder and below the product's. */
  readonly copies: ReadonlySet<string>
  readonly from: string
}

/** Nothing that is there is overwritten; the manifest comes last, so that a folder with one is whole. */
async function writeProduct(files: Files, folder: string, { text, others, copies, from }: Content) {
  const written: string[] = []
  const copied: string[] = []
  const kept: string[] = []
  const unlessThere = async (name: string, list: string[], write: (target: string) => Promise<void>) => {
    const target = files.join(folder, name)
    if (await files.exists(target)) return void kept.push(name)
    list.push(name)
    await write(target)
  }
  await Promise.all([
    ...others.map(([name, content]) =>
      unlessThere(name, written, (target) => files.write(target, content, { spare: true })),
    ),
    ...[...copies].map((name) =>
      unlessThere(name, copied, (target) => files.writeAll(target, files.stream(files.join(from, name)))),
    ),
  ])
  await files.write(files.join(folder, 'koo.yaml'), text)
  return { files: ['koo.yaml', ...written, ...copied], copied, kept }
}

/** One for all of them, because it is the same for all methods; it is koo's own, so a newer koo writes it anew. */
async function writeSchema(files: Files, into: string): Promise<void> {
  await files.write(files.join(into, schemaName), `${JSON.stringify(manifestSchema(), null, 2)}\n`)
}
