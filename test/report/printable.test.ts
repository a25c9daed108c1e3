/** What comes from others is shown, and does nothing to the terminal. */
import { expect, test } from '@jest/globals'
import type { Outcome } from '../../src/model/outcome.ts'
import { rendered } from '../../src/report/rendered.ts'
import { plain } from '../../src/report/style.ts'

const evil = 'ev\u001b[31mil\u001b]0;title\u0007\u009b\u202etxt\rname'

/** Every outcome of packing, with such a name wherever others may choose one. */
const outcomes: readonly Outcome[] = [
  {
    is: 'contents',
    products: [
      {
        key: 'k',
        version: 'V1.0',
        name: 'k.tar.gz',
        folder: '.',
        contents: {
          packed: [{ path: evil, kind: 'link', bytes: 0, executable: false, target: evil, why: { by: 'archive' } }],
          left: [{ path: evil, kind: 'file', bytes: 1, executable: false, why: { by: 'nothing' } }],
          bytes: 0,
          idle: [],
        },
      },
    ],
  },
  {
    is: 'verified',
    bundles: [
      {
        path: evil,
        format: 'zip',
        bytes: 1,
        sha256: 'a',
        signature: { is: 'valid', keyId: 'A', trustedComment: evil },
        digest: 'missing',
        entries: 1,
        product: { key: evil, version: evil, koo: evil },
        problems: [{ code: 'added', entry: evil, message: `\`${evil}\` was added.` }],
      },
    ],
  },
  {
    is: 'packed',
    bundles: [],
    without: [],
    diagnostics: [],
    scans: [{ key: 'k', scanner: 'grype', is: 'failed', why: evil }],
  },
]

test.each(outcomes)('$is: no control character reaches the terminal', async (outcome) => {
  const text = await rendered(outcome, 'text', plain, 80)
  expect(text).toContain('\\u001b')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
})
