/** Pictures. Only the China site documents what they must be, so these are warnings for sellers who name it. */
import type { Finding } from '../../model/diagnostic.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { NamedFile } from './files.ts'
import { pictureBytes } from './logo.ts'
import { type ContentType, contentType } from './signatures.ts'
import { isFor } from './sites.ts'

interface Demands {
  readonly types: readonly ContentType[]
  readonly says: string
  readonly fits: (width: number, height: number) => boolean
  readonly size: string
  readonly mostBytes?: number
}

const mainPicture: Demands = {
  types: ['png', 'jpeg', 'gif'],
  says: 'PNG, JPEG or GIF',
  fits: (width, height) => width === 800 && height === 600,
  size: '800 × 600 pixels',
  mostBytes: pictureBytes,
}

const descriptionPicture: Demands = {
  types: ['png', 'jpeg'],
  says: 'PNG or JPEG',
  fits: (width, height) => width >= 900 && width <= 1200 && height >= 800,
  size: '900 to 1200 pixels wide and at least 800 high',
}

const mostDescriptionPictures = 5

export function pictureFindings(named: NamedFile, manifest: Manifest): readonly Finding[] {
  return isFor(manifest, 'china') ? measured(named, mainPicture) : []
}

export function descriptionPictureFindings(named: NamedFile, manifest: Manifest): readonly Finding[] {
  return isFor(manifest, 'china') ? [...measured(named, descriptionPicture), ...surplus(named, manifest)] : []
}

function measured(
  { path, file, fact }: NamedFile,
  { types, says, fits, size, mostBytes }: Demands,
): readonly Finding[] {
  if (!types.includes(contentType(fact.head))) {
    return [{ code: 'picture-format', path, message: `\`${file}\` is not a ${says} picture.` }]
  }
  if (mostBytes !== undefined && fact.bytes > mostBytes) {
    return [{ code: 'picture-bytes', path, message: `\`${file}\` has ${fact.bytes} bytes, more than ${mostBytes}.` }]
  }
  if (fact.picture === undefined || fits(fact.picture.width, fact.picture.height)) return []
  const message = `\`${file}\` measures ${fact.picture.width} × ${fact.picture.height} pixels; it should be ${size}.`
  return [{ code: 'picture-size', path, message }]
}

/** Told once, at the first picture too many. */
function surplus({ path }: NamedFile, { product }: Manifest): readonly Finding[] {
  if (!path.endsWith(`/${mostDescriptionPictures}`)) return []
  const { length } = product.descriptionPictures ?? []
  const message = `There are ${length} description pictures; the China site takes ${mostDescriptionPictures}.`
  return [{ code: 'picture-count', path, message }]
}
