/** Writes the template as an Excel workbook (.xlsx): the products, and a sheet that says what each column is. */
import { crc32, deflateRawSync } from 'node:zlib'
import type { Field } from '../model/field.ts'
import { fileModes } from '../pack/archive-entry.ts'
import { centralHeader, localHeader, type ZipEntry, zipEnd, zipMethods } from '../pack/zip.ts'
import { lettersOf, mostRows } from './cells.ts'
import type { Column } from './columns.ts'
import { explanations } from './explanations.ts'
import type { Template } from './template.ts'

export function workbookOf(template: Template): Uint8Array {
  return zipped({
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook,
    'xl/_rels/workbook.xml.rels': relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['worksheet', 'worksheets/sheet2.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': productsSheet(template),
    'xl/worksheets/sheet2.xml': columnsSheet(template.columns),
  })
}

const office = 'http://schemas.openxmlformats.org'
const main = `xmlns="${office}/spreadsheetml/2006/main"`
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `${declaration}<Types xmlns="${office}/package/2006/content-types">${[
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>`,
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/>`,
  `<Override PartName="/xl/worksheets/sheet2.xml" ContentType="${type}.worksheet+xml"/>`,
  `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>`,
].join('')}</Types>`

function relationships(parts: readonly (readonly [string, string])[]): string {
  const each = parts.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="${office}/package/2006/relationships">${each.join('')}</Relationships>`
}

const workbook = `${declaration}<workbook ${main} xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="Products" sheetId="1" r:id="rId1"/><sheet name="Columns" sheetId="2" r:id="rId2"/></sheets></workbook>`

/** Numbers of the formats below. Text is for cells in which a program must not see a number or a date. */
const formats = { plain: 0, text: 1, header: 2, needed: 3, wrapped: 4 } as const
const textFormat = 49

const styles = `${declaration}<styleSheet ${main}>${[
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  `<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('FFE7E6E6')}${fill('FFFFD966')}</fills>`,
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="5">${[
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    `<xf numFmtId="${textFormat}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
    `<xf numFmtId="${textFormat}" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>`,
    `<xf numFmtId="${textFormat}" fontId="1" fillId="3" borderId="0" xfId="0" applyFont="1" applyFill="1"/>`,
    `<xf numFmtId="${textFormat}" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`,
  ].join('')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
].join('')}</styleSheet>`

function fill(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
}

const frozenHeader =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'

function productsSheet({ columns, rows }: Template): string {
  const isNumber = (column: number) =>
    [...(columns[column]?.fields.values() ?? [])].every(({ kind }) => kind === 'number')
  const widths = columns.map(({ name }, index) =>
    columnXml(index, name.length + 4, isNumber(index) ? formats.plain : formats.text),
  )
  const header = columns.map(({ name, need }) => ({
    value: name,
    format: need === 'row' || need === 'start' ? formats.needed : formats.header,
  }))
  const body = rows.map((row) =>
    row.map((value, column) => ({ value, format: isNumber(column) ? formats.plain : formats.text })),
  )
  return `${declaration}<worksheet ${main}>${frozenHeader}<cols>${widths.join('')}</cols>${dataXml([header, ...body])}${dropDowns(columns)}</worksheet>`
}

function columnsSheet(columns: readonly Column[]): string {
  const { head, rows } = explanations(columns)
  const wide = [44, 30, 60, 60, 36, 44]
  const widths = head.map((_, index) => columnXml(index, wide[index] ?? 30, formats.wrapped))
  const header = head.map((value) => ({ value, format: formats.header }))
  const body = rows.map((row) => row.map((value) => ({ value, format: formats.wrapped })))
  return `${declaration}<worksheet ${main}>${frozenHeader}<cols>${widths.join('')}</cols>${dataXml([header, ...body])}</worksheet>`
}

function columnXml(index: number, width: number, format: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${format}" customWidth="1"/>`
}

interface Written {
  readonly value: string | number | undefined
  readonly format: number
}

function dataXml(rows: readonly (readonly Written[])[]): string {
  const lines = rows.map((cells, row) => {
    const each = cells.map(({ value, format }, column) => cellXml(value, `${lettersOf(column + 1)}${row + 1}`, format))
    return `<row r="${row + 1}">${each.join('')}</row>`
  })
  return `<sheetData>${lines.join('')}</sheetData>`
}

function cellXml(value: string | number | undefined, address: string, format: number): string {
  if (value === undefined) return ''
  const start = `<c r="${address}" s="${format}"`
  if (typeof value === 'number') return `${start}><v>${value}</v></c>`
  return `${start} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

/** More than this Excel does not take, and repairs the workbook by leaving all of them out. */
const longestChoice = 255

function dropDowns(columns: readonly Column[]): string {
  const each = columns.flatMap(({ fields }, index) => {
    const choices = [...new Set([...fields.values()].flatMap(choicesOf))].join(',')
    if (choices === '' || choices.length > longestChoice) return []
    const letters = lettersOf(index + 1)
    const cells = `${letters}2:${letters}${mostRows + 1}`
    const shown = 'allowBlank="1" showErrorMessage="1"'
    return [
      `<dataValidation type="list" ${shown} sqref="${cells}"><formula1>"${escaped(choices)}"</formula1></dataValidation>`,
    ]
  })
  return each.length === 0 ? '' : `<dataValidations count="${each.length}">${each.join('')}</dataValidations>`
}

function choicesOf(field: Field): readonly string[] {
  if (field.kind === 'flag') return ['true', 'false']
  return field.kind === 'choice' ? Object.keys(field.options) : []
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (letter) => names[letter] ?? letter)
}

/** Always the same bytes: no time of day in it. */
function zipped(parts: Readonly<Record<string, string>>): Uint8Array {
  const chunks: Uint8Array[] = []
  const entries: ZipEntry[] = []
  let offset = 0
  for (const [path, text] of Object.entries(parts)) {
    const content = Buffer.from(text)
    const packed = deflateRawSync(content)
    const entry: ZipEntry = {
      entry: { is: 'file', path, bytes: content.length, mode: fileModes.plain },
      ...{ method: zipMethods.deflated, crc32: crc32(content), compressed: packed.length, bytes: content.length },
      ...{ offset, streamed: false },
    }
    const header = localHeader(entry, 0)
    chunks.push(header, packed)
    entries.push(entry)
    offset += header.length + packed.length
  }
  const directory = entries.map((entry) => centralHeader(entry, 0))
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  return Buffer.concat([...chunks, ...directory, zipEnd(entries.length, size, offset)])
}
