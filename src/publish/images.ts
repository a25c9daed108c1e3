/** Looks the images of a product up before anything is sent. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { imageFinding } from '../model/image-fact.ts'
import type { Images } from '../ports.ts'
import type { Product } from './product.ts'

/** A diagnostic for each image that cannot be released; a doubt about one is no reason not to try. */
export async function unusableImages(images: Images, product: Product): Promise<readonly FramedDiagnostic[]> {
  const found: FramedDiagnostic[] = []
  for (const [index, image] of (product.manifest.delivery.images ?? []).entries()) {
    const finding = imageFinding(image, index, await images.find(image.region, image.id))
    if (finding?.code === 'image-unusable') found.push(product.place(finding))
  }
  return found
}
