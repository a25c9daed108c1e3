/** Files of releases beside those that are here: what differs, and what sending would undo. */
import { expect, test } from '@jest/globals'
import type { Material } from '../../src/model/plan.ts'
import { fileChanges, lostFiles } from '../../src/publish/file-changes.ts'

const file = (path: string, sha256: string) => ({ path, sha256, bytes: 1 })
const bundle = (path: string, contentSha256: string) => ({ path, sha256: `packed-${contentSha256}`, contentSha256 })

function here(files: Readonly<Record<string, string>>, software?: string): Material {
  return {
    ...{ key: 'plumbline-fim', name: 'Plumbline', method: 'license', version: 'V2.3', contentDigest: 'd', images: [] },
    files: Object.entries(files).map(([path, sha256]) => file(path, sha256)),
    ...(software ? { bundle: { name: 'plumbline-fim_V2-3.tar.gz', entries: 1, filesSha256: software } } : {}),
  }
}

const base = [file('logo.png', 'logo'), file('docs/eula.pdf', 'eula'), bundle('plumbline-fim_V2-1.tar.gz', 'software')]
const theirs = [
  file('logo.png', 'logo'),
  file('docs/eula.pdf', 'their eula'),
  bundle('plumbline-fim_V2-2.tar.gz', 'their software'),
]

test('files differ by their bytes, and a bundle by the files in it, whatever its name', () => {
  const mine = here({ 'logo.png': 'logo', 'docs/eula.pdf': 'eula', 'docs/guide.pdf': 'guide' }, 'software')
  expect(fileChanges(base, mine)).toEqual([{ path: 'docs/guide.pdf', becomes: 'guide' }])
  expect(fileChanges(theirs, mine)).toEqual([
    { path: 'docs/eula.pdf', was: 'their eula', becomes: 'eula' },
    { path: 'docs/guide.pdf', becomes: 'guide' },
    { path: 'plumbline-fim_V2-3.tar.gz', was: 'their software', becomes: 'software' },
  ])
})

test('what a colleague replaced, and was not touched here, would be undone', () => {
  const mine = here({ 'logo.png': 'my logo', 'docs/eula.pdf': 'eula' }, 'software')
  expect(lostFiles(base, theirs, mine)).toEqual([
    { path: 'docs/eula.pdf', was: 'eula', becomes: 'their eula' },
    { path: 'plumbline-fim_V2-3.tar.gz', was: 'software', becomes: 'their software' },
  ])
})

test('what is here as the colleague left it is not undone, nor is software that was built anew', () => {
  expect(lostFiles(base, theirs, here({ 'docs/eula.pdf': 'their eula' }, 'my software'))).toEqual([])
})

test('a document that both replaced is told', () => {
  expect(lostFiles(base, theirs, here({ 'docs/eula.pdf': 'my eula' }, 'my software'))).toHaveLength(1)
})
