/** What the SaaS release form takes beside the production interface. */
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

const most = 3

export const extensionParametersRule: Rule = ({ manifest }) => {
  const { length } = manifest.delivery.extensionParameters ?? []
  if (length <= most) return []
  const message = `There are ${length} extension parameters; a release takes at most ${most}.`
  return [{ code: 'extension-parameters', path: pointer(['delivery', 'extensionParameters', most]), message }]
}
