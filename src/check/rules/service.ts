/** Service flow, delivery period and request templates of what people deliver. */

import { rowOf } from '../../model/delivery-methods.ts'
import type { Finding } from '../../model/diagnostic.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

/** A year. The documented limit is only that a period must not be "too long". */
const longest = 365

export const serviceRule: Rule = ({ manifest }) => {
  const { method, serviceFlow, days } = manifest.delivery
  const found: Finding[] = []
  if (serviceFlow === undefined && Object.hasOwn(rowOf(method).fields, 'serviceFlow')) {
    const message = '`delivery.serviceFlow` is missing; the release form asks for a service flow template.'
    found.push({ code: 'service-flow-missing', path: pointer(['delivery', 'serviceFlow']), message })
  }
  if (days !== undefined && days > longest) {
    const message = `A delivery period of ${days} days is long; reviewers reject what is too long.`
    found.push({ code: 'delivery-days', path: pointer(['delivery', 'days']), message })
  }
  return found
}
