/** Image regions. The documented cities have ids that are inferred, so an unknown region is a warning. */
import { pointer } from '../../model/pointer.ts'
import { imageRegions, isImageRegion } from '../../model/regions.ts'
import type { Rule } from './rule.ts'

export const imageRegionRule: Rule = ({ manifest }) =>
  (manifest.delivery.images ?? []).flatMap(({ region }, index) =>
    isImageRegion(region)
      ? []
      : [
          {
            code: 'image-region' as const,
            path: pointer(['delivery', 'images', index, 'region']),
            message: `Images are not known to be released from \`${region}\`.`,
            hint: `Known: ${Object.keys(imageRegions.ids).join(', ')}.`,
          },
        ],
  )
