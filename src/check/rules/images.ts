/** Images: their regions, one for each, and prices that fit. */

import { rowOf } from '../../model/delivery-methods.ts'
import type { Finding } from '../../model/diagnostic.ts'
import { pointer } from '../../model/pointer.ts'
import { imageRegions } from '../../model/regions.ts'
import type { Rule } from './rule.ts'
import { sitesOf } from './sites.ts'

/** Where no site is named: those whose requirements are not China's alone. */
const usualRegions = imageRegions(['international', 'europe'])

/** The documented cities have ids that are inferred, so an unknown region is a warning. */
export const imageRegionRule: Rule = ({ manifest }) => {
  const images = manifest.delivery.images ?? []
  if (images.length === 0) return []
  const known = manifest.sites === undefined ? usualRegions : imageRegions(sitesOf(manifest))
  const seen = new Set<string>()
  return images.flatMap(({ region }, index): readonly Finding[] => {
    const path = pointer(['delivery', 'images', index, 'region'])
    const repeated = seen.has(region)
    seen.add(region)
    if (repeated)
      return [{ code: 'image-region-repeated', path, message: `There is already an image in \`${region}\`.` }]
    if (known.includes(region)) return []
    const message = `Images are not known to be released from \`${region}\`.`
    return [{ code: 'image-region', path, message, hint: `Known: ${known.join(', ')}.` }]
  })
}

/** An image is priced by vCPUs, or free as a whole. */
export const imagePriceRule: Rule = ({ manifest }) => {
  const specifications = manifest.specifications ?? []
  const isImage = rowOf(manifest.delivery.method).deliverable?.koo === 'images'
  const free = specifications.findIndex(({ price }) => price === 0)
  if (!isImage || free < 0 || specifications.every(({ price }) => price === 0)) return []
  const message = 'This specification is free and others are not; an image priced by vCPUs cannot be free.'
  return [{ code: 'image-free-mixed', path: pointer(['specifications', free, 'price']), message }]
}
