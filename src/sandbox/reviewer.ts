/** The reviewer who rejects: complaints at places the manifest really has. */
import type { Complaint } from '../model/release.ts'

const note = 'This sandbox was told to reject, so that a rejection can be rehearsed.'

export function complaintsOf(manifest: Readonly<Record<string, unknown>>): readonly Complaint[] {
  const code = 'review-complaint'
  const priced = Array.isArray(manifest.specifications) && manifest.specifications.length > 0
  return [
    {
      path: '/product/name',
      code,
      message: `The reviewer could not match this name to the software copyright certificate. ${note}`,
    },
    priced
      ? {
          path: '/specifications/0/price',
          code,
          message: `The reviewer asks what this price includes, and finds no answer. ${note}`,
        }
      : {
          path: '/product/description',
          code,
          message: `The reviewer could not tell from this description what the customer receives. ${note}`,
        },
  ]
}
