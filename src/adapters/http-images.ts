/**
 * The Images port over the ListImages call of Huawei Cloud IMS: `GET /v2/cloudimages` of a region's endpoint.
 * Source: Image Management Service API Reference, "Querying Images".
 */
import { Failure } from '../model/failure.ts'
import type { ImageFact } from '../model/image-fact.ts'
import type { Images } from '../ports.ts'
import { errorOf, type SignedHttp } from './signed-http.ts'
import { printable } from './wire.ts'

type Attributes = Readonly<Record<string, unknown>>

export function httpImages(open: (region: string) => SignedHttp): Images {
  return {
    async find(region, id) {
      const http = open(region)
      try {
        const image = await record(http, region, id)
        return image && factOf(image, await originOf(http, region, image))
      } finally {
        await http.close()
      }
    },
  }
}

async function record(http: SignedHttp, region: string, id: string): Promise<Attributes | undefined> {
  const query = [
    ['id', id],
    ['limit', '1'],
  ] as const
  const answer = await http.call({ method: 'GET', path: '/v2/cloudimages', query, repeatable: true })
  const images = (answer.json as { readonly images?: unknown } | undefined)?.images
  if (answer.status === 200 && Array.isArray(images)) return images.find((image) => image?.id === id)
  const { code, message } = errorOf(answer)
  throw new Failure({
    code: 'image-service-refused',
    exit: 'marketplace',
    message: `The image service of ${region} does not answer the look-up: ${message} (${code})`,
    hint: 'Huawei Cloud’s image service wants the id of the region’s project: HUAWEICLOUD_SDK_PROJECT_ID.',
  })
}

/** What somebody else's image this one was made from. Its parent may be gone, so not knowing is no failure. */
async function originOf(http: SignedHttp, region: string, image: Attributes): Promise<ImageFact['madeFrom']> {
  const parentId = textIn(image.__originalimagename)
  if (parentId === undefined || parentId === image.id) return undefined
  try {
    const parent = await record(http, region, parentId)
    const type = parent && typeOf(parent)
    if (type === 'shared') return 'shared'
    return type === 'market' && parent?.owner !== image.owner ? 'market' : undefined
  } catch (error) {
    if (error instanceof Failure && error.exit !== 'stopped') return undefined
    throw error
  }
}

function factOf(image: Attributes, madeFrom: ImageFact['madeFrom']): ImageFact {
  return {
    id: String(image.id),
    name: printable(String(image.name ?? '')),
    status: textIn(image.status) ?? 'unknown',
    type: typeOf(image),
    supportsMarket: truthOf(image.__system_support_market),
    encrypted: Boolean(image.__system__cmkid),
    environment: textIn(image.virtual_env_type),
    productCode: textIn(image.__productcode),
    fromBackup: Boolean(image.__backup_id),
    wholeMachine: truthOf(image.__whole_image) === true,
    bytes: bytesIn(image.__image_size),
    madeFrom,
  }
}

function typeOf(image: Attributes): string {
  return textIn(image.__imagetype) ?? textIn(image.visibility) ?? 'unknown'
}

/** Attributes that do not apply are missing, empty or null. */
function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? printable(value) : undefined
}

/** IMS writes some truth values as texts. */
function truthOf(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : undefined
}

/** A number written as decimal text. */
function bytesIn(value: unknown): number | undefined {
  const text = String(value ?? '')
  return /^\d+$/.test(text) ? Number(text) : undefined
}
