/** Files on a page: pictures by their bytes and within limits, nothing from outside the product's folder. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { listedFiles } from '../../src/listing/embedded-files.ts'
import { pictureSize } from '../../src/listing/picture.ts'
import { folderShelf, releaseShelf } from '../../src/listing/shelves.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-files-'))
  await mkdir(join(folder, 'shop/screens'), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (path: string, bytes: Uint8Array | string) => writeFile(join(folder, path), bytes)
const listed = (product: object, wanted: 'all' | 'logo' = 'all') =>
  listedFiles(
    { product },
    folderShelf(
      nodeFiles(folder, () => 'x'),
      'shop',
    ),
    wanted,
  )

/** The beginning of a PNG, which is enough to tell how large it is. */
function png(width: number, height: number, bytes = 100): Buffer {
  const picture = Buffer.alloc(bytes)
  picture.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  picture.writeUInt32BE(width, 16)
  picture.writeUInt32BE(height, 20)
  return picture
}

const gif = Buffer.from('GIF89a\x20\x00\x10\x00\x00\x00\x00', 'latin1')
/** With a segment before the header of the frame, which is progressive. */
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc2000b080030004001011100', 'hex')

test('the size of a picture is told by its bytes', () => {
  expect(pictureSize(png(120, 121))).toEqual({ type: 'image/png', width: 120, height: 121 })
  expect(pictureSize(gif)).toEqual({ type: 'image/gif', width: 32, height: 16 })
  expect(pictureSize(jpeg)).toEqual({ type: 'image/jpeg', width: 64, height: 48 })
  for (const whole of [png(1, 1, 24), gif, jpeg]) {
    for (let length = 0; length < 10; length += 1) expect(pictureSize(whole.subarray(0, length))).toBeUndefined()
  }
  expect(pictureSize(png(0, 5))).toBeUndefined()
  expect(pictureSize(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined()
})

test('pictures are in the page, whatever their names say; documents are only told', async () => {
  await put('shop/logo.png', png(120, 120))
  await put('shop/screens/a.txt', jpeg)
  await put('shop/script.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  await put('shop/eula.pdf', 'a document')
  const shelf = folderShelf(
    nodeFiles(folder, () => 'x'),
    'shop',
  )
  const product = { logo: 'logo.png', pictures: ['screens/a.txt', 'script.png', 'nothing.png', 'screens'] }
  const files = await listedFiles({ product, documents: { eula: 'eula.pdf' } }, shelf)
  expect(Object.fromEntries(files)).toEqual({
    'logo.png': {
      is: 'picture',
      src: `data:image/png;base64,${png(120, 120).toString('base64')}`,
      ...{ bytes: 100, width: 120, height: 120 },
    },
    'screens/a.txt': expect.objectContaining({ is: 'picture', src: expect.stringMatching(/^data:image\/jpeg/) }),
    'script.png': { is: 'unseen', why: 'it is no PNG, JPEG or GIF' },
    'nothing.png': { is: 'unseen', why: 'there is no such file' },
    screens: { is: 'unseen', why: 'it is a folder' },
    'eula.pdf': { is: 'file', bytes: 10 },
  })
  expect([...(await listed(product, 'logo')).keys()]).toEqual(['logo.png'])
})

test('nothing outside the folder is looked at', async () => {
  await put('secret.png', png(10, 10))
  await symlink('../secret.png', join(folder, 'shop/link.png'))
  await symlink('..', join(folder, 'shop/up'))
  const pictures = ['../secret.png', 'link.png', 'up/secret.png', join(folder, 'secret.png')]
  const files = await listed({ pictures, description: '![a](../secret.png) ![b](link.png)' })
  for (const path of pictures)
    expect(files.get(path)).toEqual({ is: 'unseen', why: 'it leads out of the product’s folder' })
})

test('what would be too much for a browser or an e-mail is not shown', async () => {
  await put('shop/wide.png', png(100_000, 1000))
  await put('shop/heavy.png', png(10, 10, 5 * 1024 * 1024 + 1))
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.png`)
  for (const each of many) await put(`shop/${each}`, png(10, 10, 5 * 1024 * 1024))
  const files = await listed({ pictures: ['wide.png', 'heavy.png', ...many] })
  expect(files.get('wide.png')).toMatchObject({ is: 'unseen', why: expect.stringContaining('100000 × 1000 pixels') })
  expect(files.get('heavy.png')).toMatchObject({ is: 'unseen', why: expect.stringContaining('5.2 MB') })
  expect(many.map((each) => files.get(each)?.is)).toEqual([...many.slice(1).map(() => 'picture'), 'unseen'])
})

test('pictures of texts are found as they are written, those of other servers are not looked for', async () => {
  await put('shop/screens/first one.png', png(10, 10))
  await put('shop/b.png', png(10, 10))
  const description = [
    '![one](screens/first%20one.png "title") and ![two][b]',
    '`![code](code.png)` ![far](https://elsewhere.example/x.png) ![data](data:image/png;base64,AAAA) ![far](//x.example/y.png)',
    '[b]: ./b.png',
  ].join('\n\n')
  const product = { description, cases: [{ title: 'A', text: '![gone](gone.png)' }] }
  const unnamed = await listed(product)
  expect(unnamed.get('b.png')).toEqual({ is: 'unseen', why: expect.stringContaining('`descriptionPictures`') })
  const files = await listed({ ...product, descriptionPictures: ['b.png', 'screens/first one.png'] })
  expect(Object.fromEntries([...files].map(([path, { is }]) => [path, is]))).toEqual({
    'screens/first one.png': 'picture',
    'screens/first%20one.png': 'picture',
    'b.png': 'picture',
    './b.png': 'picture',
    'gone.png': 'unseen',
  })
})

test('of a release, files come from the marketplace, and none from a bucket', async () => {
  const asked: string[] = []
  const market = {
    async *file(_: string, sha256: string) {
      asked.push(sha256)
      yield png(10, 10)
    },
  }
  const object = { bucket: 'shop', region: 'cn-north-4', key: 'k' }
  const shelf = releaseShelf(market, {
    ...{ releaseId: 'r', contentDigest: '', manifest: {} },
    files: [
      { path: 'logo.png', sha256: 'aa', bytes: 100 },
      { path: 'far.png', sha256: 'bb', bytes: 100, object },
    ],
  })
  const files = await listedFiles({ product: { logo: 'logo.png', pictures: ['far.png', 'no.png'] } }, shelf)
  expect(files.get('logo.png')).toMatchObject({ is: 'picture', width: 10 })
  expect(files.get('far.png')).toEqual({ is: 'unseen', why: 'it is in the bucket shop' })
  expect(files.get('no.png')).toEqual({ is: 'unseen', why: 'the marketplace does not have it' })
  expect(asked).toEqual(['aa'])
})
