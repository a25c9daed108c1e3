/** Looks the images of a product up before anything is sent. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { imageFinding } from '../model/image-fact.ts'
import type { Images } from '../ports.ts'
import type { Product } from './product.ts'

/** What is to be said of the images: an error where one cannot be released, a warning where that cannot be told. */
export async function imageDiagnostics(images: Images, product: Product): Promise<readonly FramedDiagnostic[]> {
  const { delivery } = product.manifest
  const isAsset = delivery.asset !== undefined
  const found: FramedDiagnostic[] = []
  for (const [index, image] of (delivery.images ?? []).entries()) {
    const finding = imageFinding(image, index, await images.find(image.region, image.id), { isAsset })
    if (finding !== undefined) found.push(product.place(finding))
  }
  return found
}
