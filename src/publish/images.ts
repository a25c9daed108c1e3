/** Looks the images of a product up before anything is sent. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { imageObstacle } from '../model/image-fact.ts'
import { pointer } from '../model/pointer.ts'
import type { Images } from '../ports.ts'
import type { Product } from './product.ts'

/** A diagnostic for each image that cannot be released. */
export async function unusableImages(images: Images, product: Product): Promise<readonly FramedDiagnostic[]> {
  const found: FramedDiagnostic[] = []
  for (const [index, { region, id }] of (product.manifest.delivery.images ?? []).entries()) {
    const image = await images.find(region, id)
    const obstacle = image === undefined ? `is not in ${region}` : imageObstacle(image)
    if (obstacle === undefined) continue
    const path = pointer(['delivery', 'images', index, 'id'])
    found.push(product.place({ code: 'image-unusable', path, message: `The image ${id} ${obstacle}.` }))
  }
  return found
}
