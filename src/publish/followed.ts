/** What became of a product whose release the marketplace has. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { PublishedRow } from '../model/outcome.ts'
import { type Applied, placeComplaints, said } from './apply.ts'
import type { Product } from './product.ts'
import type { Followed, Wait } from './reviews.ts'

export function followed(
  base: Pick<PublishedRow, 'key' | 'version' | 'method' | 'file'>,
  product: Product,
  seen: Followed,
  { wait, isStopped }: { readonly wait: Wait; readonly isStopped: boolean },
): Applied {
  const { release } = seen
  const row = { ...base, releaseId: release.id }
  if (release.state === 'rejected') {
    const { complaints } = release
    const message = complaints.length === 1 ? '1 complaint' : `${complaints.length} complaints`
    return { row: { ...row, outcome: 'rejected', message }, diagnostics: placeComplaints(product, complaints) }
  }
  return { row: { ...row, ...stateOf(seen, wait, isStopped) }, diagnostics: noDiagnostics }
}

const noDiagnostics: readonly FramedDiagnostic[] = []

type State = Pick<PublishedRow, 'outcome' | 'message' | 'exit'>

function stateOf({ release, product, trouble }: Followed, { until }: Wait, isStopped: boolean): State {
  switch (release.state) {
    case 'on-sale':
      // Published is what buyers see, not what one answer says.
      if (product !== undefined) return { outcome: 'on-sale' }
      if (until !== 'on-sale') return { outcome: until === 'reviewed' ? 'approved' : 'accepted' }
      return waiting('The review has passed; the product does not show this release yet.', trouble, isStopped)
    case 'in-review':
      return until === 'accepted' ? { outcome: 'accepted' } : waiting(undefined, trouble, isStopped)
    default:
      return { outcome: 'refused', message: `It is ${said(release.state)} now; somebody else moved it.` }
  }
}

function waiting(message: string | undefined, trouble: Followed['trouble'], isStopped: boolean): State {
  if (isStopped) {
    return { outcome: 'in-review', message: 'Stopped waiting; publishing again waits again.', exit: 'stopped' }
  }
  if (trouble !== undefined) return { outcome: 'in-review', message: trouble.message, exit: trouble.exit }
  return { outcome: 'in-review', ...(message === undefined ? {} : { message }) }
}
