/**
 * The Images port over the ListImages call of Huawei Cloud IMS: `GET /v2/cloudimages` of a region's endpoint.
 * Source: Image Management Service API Reference, "Querying Images".
 */
import { Failure } from '../model/failure.ts'
import type { ImageFact } from '../model/image-fact.ts'
import type { Images } from '../ports.ts'
import { errorOf, type SignedHttp } from './signed-http.ts'
import { printable } from './wire.ts'

export function httpImages(open: (region: string) => SignedHttp): Images {
  return {
    async find(region, id) {
      const http = open(region)
      try {
        const query = [
          ['id', id],
          ['limit', '1'],
        ] as const
        const answer = await http.call({ method: 'GET', path: '/v2/cloudimages', query, repeatable: true })
        const images = (answer.json as { readonly images?: unknown } | undefined)?.images
        if (answer.status === 200 && Array.isArray(images)) return factOf(images.find((image) => image?.id === id))
        const { code, message } = errorOf(answer)
        throw new Failure({
          code: 'image-service-refused',
          exit: 'marketplace',
          message: `The image service of ${region} does not answer the look-up: ${message} (${code})`,
        })
      } finally {
        await http.close()
      }
    },
  }
}

function factOf(image: Readonly<Record<string, unknown>> | undefined): ImageFact | undefined {
  if (image === undefined) return undefined
  const market = image.__system_support_market
  return {
    id: String(image.id),
    name: printable(String(image.name ?? '')),
    status: String(image.status ?? 'unknown'),
    type: String(image.__imagetype ?? image.visibility ?? 'unknown'),
    supportsMarket: typeof market === 'boolean' ? market : undefined,
    encrypted: Boolean(image.__system__cmkid),
    environment: typeof image.virtual_env_type === 'string' ? image.virtual_env_type : undefined,
  }
}
