/** Every rule about one manifest, in the order their findings should be read. */
import { attributesRule } from './attributes.ts'
import { descriptionRule } from './description.ts'
import { filesRule } from './files.ts'
import { imagePriceRule, imageRegionRule } from './images.ts'
import { linkRule } from './link.ts'
import { nameRule } from './name.ts'
import { packageRule } from './package.ts'
import { placeholderRule } from './placeholders.ts'
import { pricesRule } from './prices.ts'
import { quantitiesRule } from './quantities.ts'
import type { Rule } from './rule.ts'
import { extensionParametersRule } from './saas.ts'
import { secretsRule } from './secrets.ts'
import { serviceRule } from './service.ts'
import { siteRule } from './sites.ts'
import { skusRule } from './skus.ts'
import { specificationsRule } from './specifications.ts'
import { subscriptionsRule } from './subscriptions.ts'

export const rules: readonly Rule[] = [
  nameRule,
  descriptionRule,
  filesRule,
  packageRule,
  secretsRule,
  extensionParametersRule,
  imageRegionRule,
  imagePriceRule,
  serviceRule,
  linkRule,
  siteRule,
  attributesRule,
  specificationsRule,
  quantitiesRule,
  skusRule,
  pricesRule,
  subscriptionsRule,
  placeholderRule,
]
