/** The image service at home: the images a seller may refer to, and ListImages over them. */
import type { components } from '../model/marketplace-api.ts'
import { isImageRegion } from '../model/regions.ts'

type Image = components['schemas']['Image']

/** An image as the image service describes it, and the region it is in. */
export type ImsImage = Image & { readonly region: string }

export interface ImageFilter {
  readonly id?: string
  readonly name?: string
  readonly status?: string
  readonly __imagetype?: string
  readonly limit?: number
  readonly marker?: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** With a list only what it holds exists; without one any well-formed id is that of a sellable image of the account. */
export function listImages(
  images: readonly ImsImage[] | undefined,
  region: string,
  filter: ImageFilter,
  owner: string,
): readonly Image[] {
  const inRegion = images?.flatMap(({ region: own, ...image }) => (own === region ? [image] : []))
  const found = (inRegion ?? imagined(region, filter.id, owner)).filter(
    (image) =>
      is(image.id, filter.id) &&
      is(image.name, filter.name) &&
      is(image.status, filter.status) &&
      is(image.__imagetype, filter.__imagetype),
  )
  const start = found.findIndex((image) => image.id === filter.marker) + 1
  return found.slice(start, start + (filter.limit ?? found.length))
}

function is(value: string, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted
}

function imagined(region: string, id: string | undefined, owner: string): readonly Image[] {
  return id !== undefined && uuid.test(id) && isImageRegion(region) ? [sellable(id, owner)] : []
}

function sellable(id: string, owner: string): Image {
  return {
    id,
    name: `sandbox-${id.slice(0, 8)}`,
    status: 'active',
    __imagetype: 'private',
    visibility: 'private',
    owner,
    __system_support_market: true,
    __productcode: '',
    virtual_env_type: 'FusionCompute',
    __os_type: 'Linux',
    min_disk: 40,
  }
}

/** The images of a JSON text, a list or ListImages' answer; undefined where it is neither, or lacks a region or an id. */
export function imagesOf(text: string): readonly ImsImage[] | undefined {
  const value = parsed(text)
  const list = Array.isArray(value) ? value : (value as { readonly images?: unknown } | undefined)?.images
  if (!Array.isArray(list)) return undefined
  const images = list.map((each: Partial<ImsImage> | null) => {
    if (typeof each?.id !== 'string' || typeof each.region !== 'string') return undefined
    const known = { ...sellable(each.id, 'listed'), ...each, id: each.id, region: each.region }
    // How a list says that the image service leaves an attribute out.
    return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)) as typeof known
  })
  return images.every((each) => each !== undefined) ? images : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
