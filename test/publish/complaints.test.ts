/** A reviewer's complaints in the seller's manifest: at their lines, and which part they are about. */
import { expect, test } from '@jest/globals'
import { readSource } from '../../src/check/source.ts'
import { placeComplaints } from '../../src/publish/apply.ts'

const { place, value: manifest } = readSource(
  'koo.yaml',
  Buffer.from('koo: 1\nproduct:\n  key: harbor\n  name: Harbor\n'),
)

test.each([
  ['', 1, 'the whole product'],
  ['/product', 3, 'all of /product'],
  ['/product/name', 4, 'Mend it and publish again.'],
  ['/product/nothing', 2, '/product/nothing, which is not here'],
])('about %j', (path, line, hint) => {
  const [placed] = placeComplaints({ place, manifest }, [{ path, code: 'x', message: 'Wrong.' }])
  expect(placed).toMatchObject({ path, line, message: 'Wrong.' })
  expect(placed?.hint).toContain(hint)
})
