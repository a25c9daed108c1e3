/** Sizes as people read them. */
import { expect, test } from '@jest/globals'
import { bytesText } from '../../src/model/bytes-text.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [43_123, '43.1 KB'],
  [999_949, '999.9 KB'],
  [999_950, '1.0 MB'],
  [2_000_266_555, '2.0 GB'],
  [20_000_000_000_000, '20000.0 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
