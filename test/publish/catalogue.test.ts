/** What of a catalogue needs a person. */
import { expect, test } from '@jest/globals'
import { reviewTime } from '../../src/model/catalogue.ts'
import type { ProductState } from '../../src/model/release.ts'
import { catalogueEntries, workingTime } from '../../src/publish/catalogue.ts'
import { at, sampleProduct } from '../report/sample-catalogue.ts'

const day = 86_400_000

function needsOf(...sample: Parameters<typeof sampleProduct>) {
  const [product, newest] = sampleProduct(...sample)
  return catalogueEntries([product], [newest], at)[0]?.needs
}

test.each<[ProductState, readonly string[]]>([
  ['rejected', ['rejected']],
  ['draft', ['unsubmitted']],
  ['withdrawn', ['unsubmitted']],
  ['on-sale', []],
  ['discontinued', []],
])('%s', (state, needs) => {
  expect(needsOf(1, state)).toEqual(needs)
})

test('in review, more than three working days are too many', () => {
  // The sample is of a Wednesday, and began the Thursday before.
  expect(needsOf(1, 'in-review', { newest: { submittedAt: at - 6 * day } })).toEqual(['overdue'])
  expect(needsOf(1, 'in-review', { newest: { submittedAt: at - 5 * day } })).toEqual([])
  const { submittedAt: _, ...untold } = sampleProduct(1, 'in-review')[1]
  expect(catalogueEntries([sampleProduct(1, 'in-review')[0]], [untold], at)[0]?.needs).toEqual([])
})

test('a newer release counts although another is on sale, and nothing does of what is discontinued', () => {
  expect(needsOf(1, 'rejected', { product: { state: 'on-sale' } })).toEqual(['rejected'])
  expect(needsOf(1, 'rejected', { product: { state: 'discontinued' } })).toEqual([])
})

test('an edit is told beside the rest, the most pressing first', () => {
  expect(needsOf(1, 'rejected', { newest: { createdDigest: 'other' } })).toEqual(['rejected', 'edited'])
})

test('a release the marketplace does not show is known by its product alone', () => {
  const [product] = sampleProduct(1, 'rejected')
  expect(catalogueEntries([product], [], at)).toEqual([{ product, needs: ['rejected'] }])
})

test('products come in the order of their keys, numbers as people count', () => {
  const products = ['bulk-10', 'bulk-2', 'atlas'].map(
    (key, index) => sampleProduct(index, 'draft', { product: { key } })[0],
  )
  expect(catalogueEntries(products, [], at).map(({ product }) => product.key)).toEqual(['atlas', 'bulk-2', 'bulk-10'])
})

test('Saturdays and Sundays are no working time', () => {
  const friday = Date.UTC(2026, 10, 20, 12)
  expect(workingTime(friday, friday + day / 4)).toBe(day / 4)
  expect(workingTime(friday, friday + 3 * day)).toBe(day)
  expect(workingTime(friday + day, friday + 2 * day)).toBe(0)
  expect(workingTime(friday, friday + 70 * day)).toBe(50 * day)
  expect(workingTime(friday, friday - day)).toBe(0)
})

test('the time of a review is that of what was last handed in', () => {
  const [, newest] = sampleProduct(1, 'on-sale', { newest: { submittedAt: 1000, reviewedAt: 5000 } })
  expect(reviewTime(newest)).toBe(4000)
  expect(reviewTime({ ...newest, submittedAt: 6000 })).toBeUndefined()
})
