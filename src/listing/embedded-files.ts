/** The files a manifest names, as a page shows them: pictures inside the page, of others their size. */
import MarkdownIt from 'markdown-it'
import type { FileRole, TextField } from '../model/field.ts'
import { eachValueAt, fieldPlaces } from '../model/field-paths.ts'
import type { Manifest } from '../model/manifest.ts'
import { fileReferences, methodOf } from '../model/references.ts'
import type { ListedFile, ListedProduct, Partly } from './listed.ts'
import { pictureSize } from './picture.ts'
import { type Shelf, sentenceOf } from './shelves.ts'

const megabyte = 1e6
/** Of one picture; KooGallery takes no larger ones. */
const mostBytes = 5 * 1024 * 1024
/** Of all pictures of a page together, so that it can still be sent by e-mail or kept with a build. */
const mostTogether = 25 * 1024 * 1024
/** A small file may unpack to gigabytes of pixels in the reader's browser. */
const mostPixels = 40e6

/** The paths of all files that a page shows something of. */
export function namedPaths(manifest: Partly<Manifest>): readonly string[] {
  const named = fileReferences(manifest).map(({ file }) => file)
  return [...new Set([...named, ...picturesInTexts(manifest).map(({ file }) => file)])]
}

/** How many pictures of the product's folder are in a text, but cannot be shown to buyers; no finding tells of them. */
export function missingInTexts({ manifest, files }: ListedProduct): number {
  return picturesInTexts(manifest).filter(({ file }) => files.get(file)?.is !== 'picture').length
}

interface Room {
  left: number
}

/** By the paths the manifest names them by; with `logo`, only that. */
export async function listedFiles(
  manifest: Partly<Manifest>,
  shelf: Shelf,
  wanted: 'all' | 'logo' = 'all',
): Promise<ReadonlyMap<string, ListedFile>> {
  const room: Room = { left: mostTogether }
  const found = new Map<string, ListedFile>()
  for (const { file, role } of fileReferences(manifest)) {
    if (wanted === 'logo' && role !== 'logo') continue
    // What is also named as something else is still a picture.
    if (found.get(file)?.is !== 'picture') found.set(file, await listedFile(file, role, shelf, room))
  }
  if (wanted === 'logo') return found
  for (const { address, file } of picturesInTexts(manifest)) {
    const listed = found.get(file) ?? unseen(await whyNotSent(file, shelf))
    found.set(file, listed)
    found.set(address, listed)
  }
  return found
}

/** A release has the files that fields name, and buyers see those of a release. */
async function whyNotSent(file: string, shelf: Shelf): Promise<string> {
  const bytes = await shelf.look(file).catch(sentenceOf)
  return typeof bytes === 'string' ? bytes : 'it is not sent with a release, unless `descriptionPictures` names it, too'
}

async function listedFile(file: string, role: FileRole, shelf: Shelf, room: Room): Promise<ListedFile> {
  if (role === 'logo' || role.endsWith('picture')) return picture(file, shelf, room)
  const bytes = await shelf.look(file).catch(sentenceOf)
  return typeof bytes === 'number' ? { is: 'file', bytes } : unseen(bytes)
}

async function picture(file: string, shelf: Shelf, room: Room): Promise<ListedFile> {
  const bytes = await shelf.look(file).catch(sentenceOf)
  if (typeof bytes === 'string') return unseen(bytes)
  if (bytes > mostBytes) {
    return unseen(`it has ${(bytes / megabyte).toFixed(1)} MB; pictures of at most 5 MB are shown`)
  }
  if (bytes > room.left) return unseen('all pictures together have more than 25 MB')
  const content = await shelf.read(file, mostBytes + 1).catch(sentenceOf)
  if (typeof content === 'string') return unseen(content)
  return drawn(content, room)
}

function drawn(content: Uint8Array, room: Room): ListedFile {
  // It may have grown since it was looked at.
  if (content.length > Math.min(mostBytes, room.left)) return unseen('it is larger than a picture may be')
  const size = pictureSize(content)
  if (size === undefined) return unseen('it is no PNG, JPEG or GIF')
  const { type, width, height } = size
  if (width * height > mostPixels) return unseen(`it measures ${width} × ${height} pixels, too many to be shown`)
  room.left -= content.length
  const src = `data:${type};base64,${Buffer.from(content).toString('base64')}`
  return { is: 'picture', src, bytes: content.length, width, height }
}

function unseen(why: string): ListedFile {
  return { is: 'unseen', why }
}

const textPlaces = fieldPlaces((field): field is TextField => field.kind === 'text' && field.long === true)
const markdown = new MarkdownIt()

/** Pictures of the product's folder that a text in Markdown shows: the address as it is written, and the file it means. */
export function picturesInTexts(
  manifest: Partly<Manifest>,
): readonly { readonly address: string; readonly file: string }[] {
  const addresses = new Set<string>()
  for (const { path } of textPlaces(methodOf(manifest))) {
    eachValueAt(manifest, path, (text) => {
      if (typeof text !== 'string' || !text.includes('![')) return
      const parts = markdown.parse(text, {}).flatMap(({ children }) => children ?? [])
      for (const part of parts) {
        const address = part.tag === 'img' ? String(part.attrGet('src') ?? '') : ''
        if (isOwn(address)) addresses.add(address)
      }
    })
  }
  return [...addresses].map((address) => ({ address, file: pathOf(address) }))
}

/** Not of another server, and no place on the page. */
function isOwn(address: string): boolean {
  return address !== '' && !/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address)
}

/** Markdown encodes what an address cannot hold. */
function pathOf(address: string): string {
  const path = address.replace(/[?#].*$/, '').replace(/^\.\//, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
