/** Reads the first visible sheet of an Excel workbook (.xlsx): a zip of XML parts, of which four matter. */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { Failure } from '../model/failure.ts'
import type { Sheet } from './cells.ts'
import { datesIn } from './date-formats.ts'
import { SharedTexts } from './shared-texts.ts'
import { unreadable } from './unreadable.ts'
import { WorksheetRows } from './worksheet-rows.ts'
import { type Attributes, readXml, type XmlHandler } from './xml.ts'

const saveAgain = 'Open it in a spreadsheet program and save it as .xlsx or CSV UTF-8.'
/** No part of a sheet of 10,000 products has more when it is unpacked; a file made to fill memory does. */
const mostPartBytes = 256 * 1024 * 1024
const mostParts = 10_000

/** @throws {Failure} (findings) where it is no workbook, or a damaged one. */
export async function readWorkbook(file: string, bytes: Uint8Array): Promise<Sheet> {
  const workbook = await opened(file, bytes)
  const { sheets, parts } = await outline(workbook)
  const first = sheets.find(({ isHidden }) => !isHidden)
  const path = first === undefined ? undefined : parts.find(({ id }) => id === first.id)?.path
  if (first === undefined || path === undefined) throw unreadable(file, 'has no visible sheet', saveAgain)
  const pathOf = (kind: string) => parts.find(({ type }) => type.endsWith(`/${kind}`))?.path
  const shared = new SharedTexts()
  await workbook.read(pathOf('sharedStrings'), shared)
  const dates = datesIn()
  await workbook.read(pathOf('styles'), dates.handler)
  const rows = new WorksheetRows(file, shared.texts, dates.isDate)
  await workbook.read(path, rows)
  return { file, tab: first.name, rows: rows.rows }
}

interface Workbook {
  /** Hands the part to the handler; one that is not there has nothing to tell. */
  read(path: string | undefined, handler: XmlHandler): Promise<void>
}

async function opened(file: string, bytes: Uint8Array): Promise<Workbook> {
  const entries = new Map<string, Entry>()
  const zip = await told(file, fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  await told(file, collect(zip, entries))
  if (entries.size > mostParts) throw unreadable(file, 'has too many parts', saveAgain)
  if (!entries.has(mainPart)) throw unreadable(file, notExcel(entries), saveAgain)
  return {
    async read(path, handler) {
      const entry = path === undefined ? undefined : entries.get(path)
      if (entry === undefined) return
      if (entry.uncompressedSize > mostPartBytes) {
        throw unreadable(file, 'has a part of more than 256 MiB', 'Copy the rows into a new sheet, and only those.')
      }
      await told(file, (async () => readXml(await zip.openReadStreamPromise(entry), handler))())
    },
  }
}

async function collect(zip: ZipFile, entries: Map<string, Entry>): Promise<void> {
  for await (const entry of zip.eachEntry()) {
    if (entries.size > mostParts) return
    entries.set(entry.fileName, entry)
  }
}

const mainPart = 'xl/workbook.xml'

function notExcel(entries: ReadonlyMap<string, Entry>): string {
  return entries.has('content.xml')
    ? 'is an OpenDocument file, not an Excel workbook'
    : 'is a zip, but no Excel workbook'
}

/** What zip and XML complain of means one thing to the seller. */
async function told<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unreadable(file, 'is a damaged workbook', saveAgain)
  }
}

interface Part {
  readonly id: string
  readonly type: string
  readonly path: string
}

/** The sheets in their order, and which part is which. */
async function outline(workbook: Workbook) {
  const sheets: { readonly name: string; readonly id: string; readonly isHidden: boolean }[] = []
  const parts: Part[] = []
  await workbook.read(mainPart, {
    open(name, attributes) {
      if (name !== 'sheet') return
      const { state = 'visible' } = attributes
      sheets.push({ name: attributes.name ?? '', id: idOf(attributes), isHidden: state !== 'visible' })
    },
  })
  await workbook.read('xl/_rels/workbook.xml.rels', {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name === 'Relationship') parts.push({ id, type, path: partAt(target) })
    },
  })
  return { sheets, parts }
}

/** `r:id`, whatever the namespace's prefix is; `sheetId` is something else. */
function idOf(attributes: Attributes): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''
}

function partAt(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}
