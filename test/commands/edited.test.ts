/** Values put into a manifest and taken out of it, as `koo sandbox edit` does. */
import { expect, test } from '@jest/globals'
import { edited } from '../../src/commands/edited.ts'

const manifest = {
  product: { name: 'Harbor CRM', highlights: ['Fast', 'Safe'] },
  specifications: [{ name: 'Team', price: 400 }],
}

test('values are put in and taken out, and the original stays', () => {
  const before = structuredClone(manifest)
  const sets = [
    { path: '/product/overview', value: 'For freight forwarders.' },
    { path: '/specifications/0/price', value: 450 },
    { path: '/product/highlights/-', value: 'Small' },
  ]
  expect(edited(manifest, sets, ['/product/highlights/0'])).toEqual({
    product: { name: 'Harbor CRM', highlights: ['Safe', 'Small'], overview: 'For freight forwarders.' },
    specifications: [{ name: 'Team', price: 450 }],
  })
  expect(manifest).toEqual(before)
})

test.each([
  '/support/email',
  '/specifications/1/price',
  '/product/highlights/2',
  '/product/highlights/x',
  '/product/name/x',
])('nothing is put at %s', (path) => {
  expect(() => edited(manifest, [{ path, value: 1 }], [])).toThrow(`nothing at ${path}`)
})

test.each(['/product/video', '/specifications/1', '/constructor'])('nothing is taken out at %s', (path) => {
  expect(() => edited(manifest, [], [path])).toThrow(`nothing at ${path}`)
})
