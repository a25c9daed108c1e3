/**
 * What the image service says of an image, as far as a release depends on it, and what follows from that.
 * Sources: Image Management Service, ListImages and the error codes of publishing; image asset standards.
 */
import type { Finding } from './diagnostic.ts'
import { pointer } from './pointer.ts'

export interface ImageFact {
  readonly id: string
  readonly name: string
  readonly status: string
  /** private, shared, market or gold (public). */
  readonly type: string
  /** Undefined where IMS does not say. */
  readonly supportsMarket: boolean | undefined
  readonly encrypted: boolean
  /** FusionCompute for a system-disk image; undefined where IMS does not say. */
  readonly environment: string | undefined
  /** The marketplace's code of the product it is published as. */
  readonly productCode: string | undefined
  readonly fromBackup: boolean
  /** Of a whole machine with all its disks. */
  readonly wholeMachine: boolean
  /** Of the image file; undefined where IMS does not say. */
  readonly bytes: number | undefined
  /** What somebody else's image it was made from; undefined also where that cannot be told. */
  readonly madeFrom: 'market' | 'shared' | undefined
}

const gigabyte = 1024 ** 3
const largestImage = 128 * gigabyte

/** What each rule says of an image it forbids, as the end of "The image …", in the order the rules are tried. */
const rules: readonly ((image: ImageFact) => string | false)[] = [
  ({ status }) => status !== 'active' && `is not in a usable state: its status is ${status}, not active (IMG.0046)`,
  ({ type }) =>
    type === 'shared' && 'is shared by somebody else; only a private image of your own can be released (IMG.0052)',
  ({ type }) => type !== 'private' && `is a ${type} image; only a private image of your own can be released (IMG.0047)`,
  ({ productCode }) =>
    productCode !== undefined && `is published already, as ${productCode}, and an image is published once (IMG.0049)`,
  ({ fromBackup }) => fromBackup && 'was made from a backup; make it from a server’s system disk (IMG.0051)',
  ({ encrypted }) => encrypted && 'is encrypted; copy it to an unencrypted one first (IMG.0098)',
  ({ wholeMachine }) =>
    wholeMachine && 'is of a whole machine; only an image of the system disk can be released (IMG.0129)',
  ({ environment }) => environment === 'DataImage' && 'is of a data disk; a system disk is needed (IMG.0124)',
  ({ environment }) =>
    environment !== undefined &&
    environment !== 'FusionCompute' &&
    `is no system-disk image (virtual_env_type ${environment}, needed FusionCompute)`,
  ({ bytes }) =>
    bytes !== undefined &&
    bytes > largestImage &&
    `has ${(bytes / gigabyte).toFixed(1)} GB; at most ${largestImage / gigabyte} GB can be released`,
  ({ madeFrom }) => madeFrom === 'market' && 'was made from a marketplace image of somebody else (IMG.0043)',
  ({ madeFrom }) => madeFrom === 'shared' && 'was made from an image shared by somebody else',
  // The last, because every other rule says more.
  ({ supportsMarket }) =>
    supportsMarket === false && 'may not be released on the marketplace: __system_support_market is false (IMG.0082)',
]

/** Why an image cannot be released, as the end of "The image …"; undefined where nothing speaks against it. */
export function imageObstacle(image: ImageFact): string | undefined {
  for (const rule of rules) {
    const said = rule(image)
    if (said !== false) return said
  }
  return undefined
}

/** Why it cannot be told whether an image can be released, in the same form. */
export function imageDoubt(image: ImageFact): string | undefined {
  return image.supportsMarket === undefined
    ? 'may or may not be released: the image service leaves __system_support_market out'
    : undefined
}

/**
 * What is to be said of an entry of `delivery.images`, looked up in its region; undefined where it is not there. An image
 * that is an asset has been published as one, so that it has a product code already.
 */
export function imageFinding(
  { region, id }: { readonly region: string; readonly id: string },
  index: number,
  image: ImageFact | undefined,
  { isAsset }: { readonly isAsset: boolean },
): Finding | undefined {
  const path = pointer(['delivery', 'images', index, 'id'])
  const obstacle =
    image === undefined ? `is not in ${region} (IMG.0027)` : imageObstacle(isAsset ? withoutCode(image) : image)
  if (obstacle !== undefined) return { code: 'image-unusable', path, message: `The image ${id} ${obstacle}.` }
  const doubt = image && imageDoubt(image)
  return doubt === undefined ? undefined : { code: 'image-uncertain', path, message: `The image ${id} ${doubt}.` }
}

function withoutCode(image: ImageFact): ImageFact {
  return { ...image, productCode: undefined }
}
