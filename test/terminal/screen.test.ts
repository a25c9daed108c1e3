/** What a person sees: colours where they can be shown, carets under the right cell. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Environment, type Place, place, run, type Screen, type Size, terminal } from './terminal.ts'

/** What sets colours and weights. */
const styling = new RegExp(`${'\x1b'}\\[[0-9;]*m`)

let here: Place
const opened: Screen[] = []

beforeEach(async () => {
  here = await place()
})
afterEach(async () => {
  for (const each of opened.splice(0)) each.close()
  await here.remove()
})

async function shown(args: readonly string[], options: { readonly size?: Size; readonly env?: Environment } = {}) {
  const screen = terminal(here, args, options)
  opened.push(screen)
  await screen.ended()
  return screen
}

async function manifest(text: string): Promise<void> {
  await mkdir(join(here.folder, 'shop'), { recursive: true })
  await writeFile(join(here.folder, 'shop', 'koo.yaml'), text)
}

const mistaken = 'koo: 1\nproduct: { key: Shop, name: Shop }\ndelivery: { method: consulting }\n'

test('colours on a terminal', async () => {
  await manifest(mistaken)
  const screen = await shown(['validate', 'shop'])
  const row = screen.rows().findIndex((each) => /^ +\| +\^+$/.test(each))
  const carets = screen.cells(row).filter((each) => each.text === '^')
  expect(carets.length).toBeGreaterThan(0)
  expect(carets.every((each) => each.coloured)).toBe(true)
})

test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('no colours with %j', async (env: Environment) => {
  await manifest(mistaken)
  const screen = await shown(['validate', 'shop'], { env })
  expect(screen.text()).toContain('1 manifest: ')
  expect(screen.raw()).not.toMatch(styling)
})

test('NO_COLOR tames questions too', async () => {
  const screen = terminal(here, ['init', 'shop'], { env: { NO_COLOR: '1' } })
  opened.push(screen)
  await screen.see('❯ SaaS')
  const coloured = screen.rows().flatMap((_, row) => screen.cells(row).filter((each) => each.coloured))
  expect(coloured).toEqual([])
})

test('no colours in a pipe, unless they are forced', async () => {
  await manifest(mistaken)
  const { stdout, stderr } = await run(here, ['validate', 'shop'])
  expect(stdout).toContain('1 manifest: ')
  expect(stdout + stderr).not.toMatch(styling)
  expect((await run(here, ['validate', 'shop'], { FORCE_COLOR: '1' })).stdout).toMatch(styling)
})

/** The row and the column where a text starts, in cells; a wide character has two, the second of them empty. */
function whereIs(screen: Screen, wanted: string): { readonly row: number; readonly column: number } {
  for (const row of screen.rows().keys()) {
    const cells = screen.cells(row)
    for (const column of cells.keys()) {
      const rest = cells.slice(column).map((each) => each.text || '')
      if (rest.join('').startsWith(wanted) && cells[column]?.text !== '') return { row, column }
    }
  }
  throw new Error(`The screen does not show ${wanted}:\n${screen.text()}`)
}

/** A sound manifest but for one mistake, at the end of a line that begins with a name. */
async function mistakeBehind(name: string): Promise<void> {
  await run(here, ['init', 'shop', '--method', 'hardware', '--yes'])
  const path = join(here.folder, 'shop', 'koo.yaml')
  const [head] = (await readFile(path, 'utf8')).split('specifications:')
  await writeFile(path, `${head}specifications: [{ name: "${name}", price: 400, billing: "BAD" }]\n`)
}

/** The cells of the caret's row; the frame is the only one, and it ends with the caret. */
function carets(screen: Screen): readonly string[] {
  const row = screen.rows().findLastIndex((each) => each.includes('^'))
  return screen.cells(row).map((each) => each.text || ' ')
}

test.each([
  ['Latin letters', 'Harbor'],
  ['Chinese characters', '海港客户管理'],
  ['full-width letters', 'Ｈａｒｂｏｒ'],
  ['letters with marks put on them', 'Cafe\u0301 Ha\u0308fen'],
])('the caret stands under the mistake behind %s', async (_, name) => {
  await mistakeBehind(name)
  const screen = await shown(['validate', 'shop'])
  const { row, column } = whereIs(screen, '"BAD"')
  expect(screen.rows()[row + 1]?.trimEnd()).toMatch(/ \^{5}$/)
  expect(carets(screen).indexOf('^')).toBe(column)
})

test.each([
  ['a short line', '海港'],
  // No character lies across the edge, where terminals shift the rest of the line by a cell.
  ['a line that goes on below', 'A海港客户管理系统'],
])('40 columns, wide characters and %s', async (_, name) => {
  await mistakeBehind(name)
  const screen = await shown(['validate', 'shop'], { size: { columns: 40, rows: 60 } })
  expect(carets(screen).indexOf('^')).toBe(whereIs(screen, 'AD"').column - 2)
})

test('questions fit in 40 columns', async () => {
  const screen = terminal(here, ['init', 'shop'], { size: { columns: 40, rows: 30 } })
  opened.push(screen)
  await screen.see('❯ SaaS')
  screen.type('\x1b[B')
  await screen.see('❯ License')
  screen.type('\r')
  await screen.see('Product key:')
  expect(screen.rows().filter((each) => each.includes('delivered?'))).toHaveLength(1)
})
