/** What is generated and kept stands as the tables make it now; and every row of the table has its example. */
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { keptFiles } from '../../src/build/kept-files.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, root), 'utf8')
const kept = await keptFiles(read)

test.each(Object.entries(kept))('%s', async (path, text) => {
  // Without a difference of thousands of lines: the way to mend it is always the same.
  const stands = (await read(path).catch(() => '')) === text
  expect(stands ? '' : `${path} is out of date: run \`npm run generate\`.`).toBe('')
})

test('the schemas are all generated', async () => {
  const found = (await readdir(new URL('schemas', root))).filter((name) => name.endsWith('.schema.json'))
  const made = Object.keys(kept).flatMap((path) => (path.startsWith('schemas/') ? [path.slice('schemas/'.length)] : []))
  expect(found.sort()).toEqual(made.sort())
  expect(made).toHaveLength(deliveryMethodIds.length + 1)
})

test('one example for each row of the table', async () => {
  const found = await readdir(new URL('examples', root), { withFileTypes: true })
  expect(
    found
      .filter((each) => each.isDirectory())
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...deliveryMethodIds].sort())
})

test.each(deliveryMethodIds)('the example of %s is of that method and names its schema', async (method) => {
  const text = await read(`examples/${method}/koo.yaml`)
  expect(text).toMatch(new RegExp(`^# yaml-language-server: \\$schema=../../schemas/${method}.schema.json\\n`))
  expect(text).toMatch(new RegExp(`^delivery:\\n(  .*\\n)*?  method: ${method}$`, 'm'))
})
