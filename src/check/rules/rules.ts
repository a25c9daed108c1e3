/** Every rule, in the order their findings should be read. */
import { filesRule, packageRule } from './files.ts'
import { imageRegionRule } from './images.ts'
import { nameRule } from './name.ts'
import { placeholderRule } from './placeholders.ts'
import type { Rule } from './rule.ts'
import { specificationsRule } from './specifications.ts'

export const rules: readonly Rule[] = [
  nameRule,
  filesRule,
  packageRule,
  imageRegionRule,
  specificationsRule,
  placeholderRule,
]
