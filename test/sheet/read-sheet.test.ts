/** Sheets as spreadsheet programs of the world save them, and files that are none. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { mostRows, placeOf, type Sheet } from '../../src/sheet/cells.ts'
import { readSheet } from '../../src/sheet/read-sheet.ts'

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const workbook = (name: string) => readFileSync(join(import.meta.dirname, 'files', name))

/** Each row with its number and what its cells say, by column. */
function told({ rows }: Sheet) {
  return rows.map(({ number, cells }) => ({
    number,
    cells: Object.fromEntries(
      [...cells].map(([column, cell]) => [
        column,
        cell.is === 'text' ? cell.text : cell.is === 'number' ? cell.number : cell.what,
      ]),
    ),
  }))
}

const two = [
  { number: 1, cells: { 1: 'product.key', 2: 'product.name' } },
  { number: 2, cells: { 1: 'harbor-crm', 2: 'Harbor CRM' } },
]

test.each([
  ['commas', 'product.key,product.name\nharbor-crm,Harbor CRM\n'],
  ['a byte order mark', '\ufeffproduct.key,product.name\nharbor-crm,Harbor CRM'],
  ['semicolons and Windows line ends', 'product.key;product.name\r\nharbor-crm;Harbor CRM\r\n'],
  ['tabs', 'product.key\tproduct.name\nharbor-crm\tHarbor CRM\n'],
  ['the delimiter named', 'sep=|\r\nproduct.key|product.name\r\nharbor-crm|Harbor CRM\r\n'],
  ['lines of an old Macintosh', 'product.key,product.name\rharbor-crm,Harbor CRM\r'],
  ['empty rows and columns at the end', 'product.key,product.name,,\n harbor-crm , Harbor CRM ,,\n,,,\n\n\n'],
  ['quotes around all', '"product.key";"product.name"\r\n"harbor-crm";"Harbor CRM"\r\n'],
])('%s', async (_, text) => {
  expect(told(await readSheet('products.csv', Buffer.from(text)))).toEqual(two)
})

test('UTF-16 is decoded, from either end', async () => {
  const bytes = utf16('product.key\tproduct.name\r\nharbor-crm\tHarbor CRM\r\n')
  expect(told(await readSheet('products.txt', bytes))).toEqual(two)
  expect(told(await readSheet('products.txt', Buffer.from(bytes).swap16()))).toEqual(two)
})

test('a quoted cell keeps its line breaks, and rows are counted as a spreadsheet program does', async () => {
  const sheet = await readSheet('p.csv', Buffer.from('a,b\n"one ""two""\nthree",x\n\ny,z\n'))
  expect(told(sheet)).toEqual([
    { number: 1, cells: { 1: 'a', 2: 'b' } },
    { number: 2, cells: { 1: 'one "two"\nthree', 2: 'x' } },
    { number: 4, cells: { 1: 'y', 2: 'z' } },
  ])
  expect(placeOf(sheet, 4, 2)).toBe('p.csv:4:2')
})

const zipOfNothing = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')
const broken = workbook('autumn.xlsx').subarray(0, 4000)
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')

test.each([
  ['GBK', 'products.csv', Buffer.from('b2fac6b72c6b6579', 'hex'), 'is not UTF-8; it may be GBK'],
  ['a quote left open', 'products.csv', Buffer.from('a,b\n1,"two\n3,4\n'), 'has a quote that is not closed near line'],
  ['a quote in a word', 'products.csv', Buffer.from('a,b\n1,"two"3\n'), 'has a quote in the wrong place near line 2'],
  ['a picture', 'products.csv', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'is not UTF-8'],
  ['a text with NUL', 'products.csv', Buffer.from('a\0,b\0\n'), 'is not a text file with a sheet'],
  ['a text named as workbook', 'products.xlsx', Buffer.from('a,b\n'), 'is not an Excel workbook'],
  ['a workbook cut short', 'products.xlsx', broken, 'is a damaged workbook'],
  ['a zip named as workbook', 'products.xlsx', zipOfNothing, 'is not an Excel workbook'],
  [
    'Excel of before 2007',
    'products.xls',
    Buffer.concat([compound, Buffer.alloc(512)]),
    'is not an .xlsx but an older format',
  ],
  [
    'a workbook with a password',
    'products.xlsx',
    Buffer.concat([compound, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
    'is protected with a password',
  ],
  ['too many rows', 'products.csv', Buffer.from('a\n'.repeat(mostRows + 2)), `has more than ${mostRows} products`],
  ['too many bytes', 'products.csv', Buffer.alloc(64 * 1024 * 1024 + 1, 'a'), 'has more than 64 MiB'],
])('%s is told as what it is', async (_, file, bytes, why) => {
  await expect(readSheet(file, bytes)).rejects.toMatchObject({
    code: 'sheet-unreadable',
    message: expect.stringContaining(`${file} ${why}`),
    hint: expect.stringMatching(/\w/),
  })
})

test('empty lines are passed over', async () => {
  const sheet = await readSheet('p.csv', Buffer.from(`a\n${'\n'.repeat(1000)}b\n${'\n'.repeat(5_000_000)}`))
  expect(told(sheet).map(({ number }) => number)).toEqual([1, 1002])
})

test('a workbook: the first visible sheet, numbers, results of formulas, formatted texts, no empty rows', async () => {
  const sheet = await readSheet('autumn.xlsx', workbook('autumn.xlsx'))
  const [, crm, advice, ...others] = told(sheet)
  expect(others).toEqual([])
  expect(crm).toEqual({
    number: 2,
    cells: {
      1: 1001,
      2: 'Harbor CRM',
      3: 'saas',
      4: 6561234567,
      5: 'Team',
      6: 'buyout',
      7: 0.3,
      8: 'false',
      9: 'ask Lin',
    },
  })
  expect(advice).toEqual({ number: 4, cells: { 1: 'harbor-advice', 2: 'Harbor Advice', 3: 'consulting' } })
  expect(placeOf(sheet, 2, 28)).toBe("autumn.xlsx:'Autumn prices'!AB2")
})

test('cells no manifest can hold', async () => {
  const [, row] = told(await readSheet('troubles.xlsx', workbook('troubles.xlsx')))
  expect(row?.cells).toMatchObject({
    4: 'The cell holds a date, which no field takes.',
    5: 'The cell shows the error #REF!.',
    6: 'The cell has a formula without a result.',
  })
})
