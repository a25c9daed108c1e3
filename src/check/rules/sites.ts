/** Which sites a product is for, and what they are not known to release. */

import { rowOf } from '../../model/delivery-methods.ts'
import type { Manifest, Site } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

export function sitesOf({ sites }: Manifest): readonly Site[] {
  return sites ?? ['international']
}

export function isFor(manifest: Manifest, site: Site): boolean {
  return sitesOf(manifest).includes(site)
}

export const siteRule: Rule = ({ manifest }) => {
  const { method, deployment = [] } = manifest.delivery
  const row = rowOf(method)
  const europe = (manifest.sites ?? []).indexOf('europe')
  const noMethod = europe >= 0 && !row.europe
  const onPremises = deployment.indexOf('customer-private-cloud')
  const noPlace = isFor(manifest, 'china') && onPremises >= 0
  return [
    ...(noMethod
      ? [
          {
            code: 'site-method' as const,
            path: pointer(['sites', europe]),
            message: `The European site is not known to release the delivery method ${row.title}.`,
          },
        ]
      : []),
    ...(noPlace
      ? [
          {
            code: 'license-site' as const,
            path: pointer(['delivery', 'deployment', onPremises]),
            message: `The China site releases ${row.title} products that are deployed on Huawei Cloud.`,
          },
        ]
      : []),
  ]
}
