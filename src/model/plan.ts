/** What publishing would do, as a value: printed by `koo plan`, carried out by `koo publish`. */
import type { DeliveryMethod } from './delivery-methods.ts'
import type { ReleaseFile } from './release.ts'

/** What a release needs of the seller's disk. */
export interface Material {
  readonly key: string
  readonly name: string
  readonly method: DeliveryMethod
  readonly version: string
  readonly contentDigest: string
  /** Files sent as they are. */
  readonly files: readonly ReleaseFile[]
  /** The bundle that will be packed; its compressed size is known only then. */
  readonly bundle?: { readonly name: string; readonly entries: number; readonly filesSha256: string }
  readonly images: readonly { readonly region: string; readonly id: string }[]
}

export type Decision =
  /** The product is new. */
  | { readonly do: 'create' }
  /** A new release of a product the marketplace has. */
  | { readonly do: 'release'; readonly replaces?: string; readonly after?: string }
  /** The same content lies there, withdrawn, saved or (on request) rejected: hand it in again. */
  | { readonly do: 'resubmit'; readonly releaseId: string }
  /** Already handed in; only the review is missing. */
  | { readonly do: 'await'; readonly releaseId: string }
  /** Already on sale with this very content. */
  | { readonly do: 'nothing'; readonly releaseId: string }
  /** This very content has been rejected; sending it again would be rejected again. */
  | { readonly do: 'mend'; readonly releaseId: string }
  /** The marketplace holds something this must not overwrite. */
  | { readonly do: 'refuse'; readonly why: string; readonly hint: string }

/** One place where two manifests differ. */
export interface FieldChange {
  /** JSON Pointer; into the newer manifest, or into the older one where the newer has nothing there. */
  readonly path: string
  /** Left out where it is added. */
  readonly was?: unknown
  /** Left out where it is removed. */
  readonly becomes?: unknown
  /** Of the innermost list item the place is in, what tells it from the others, as in "Team". */
  readonly item?: string
  /** Only the order of the list's items differs: `was` and `becomes` name them. */
  readonly order?: true
}

/** A change made on the marketplace that publishing would undo. */
export interface LostChange extends FieldChange {
  /** What the manifest here has instead; left out where it has nothing. */
  readonly here?: unknown
}

/** A file with other bytes, or on one side only, by hash; of a bundle, the hash of the seller's files in it. */
export interface FileChange {
  readonly path: string
  /** Left out where it is added. */
  readonly was?: string
  /** Left out where it is removed. */
  readonly becomes?: string
}

/** What publishing cannot do, or what cannot be undone after it. */
export interface PlanNote {
  /** `final`: it happens, and for good. `fixed`: it cannot happen after the first release. */
  readonly is: 'final' | 'fixed'
  readonly path: string
  readonly text: string
}

export interface ProductPlan {
  /** The manifest, as the user would name it. */
  readonly file: string
  readonly material: Material
  readonly decision: Decision
  /** Of the product when it was planned; 0 where there is none. */
  readonly revision: number
  /** From what buyers see, else from the newest release, to the manifest here; none for a new product. */
  readonly changes: readonly FieldChange[]
  /** Changes made on the marketplace that are not in the manifest here. */
  readonly lost: readonly LostChange[]
  /** The same of files. */
  readonly fileChanges: readonly FileChange[]
  /** Files that were changed on the marketplace and not here. */
  readonly lostFiles: readonly FileChange[]
  readonly notes: readonly PlanNote[]
}

export interface Plan {
  readonly marketplace: string
  /** A person carries it out in Seller Console. */
  readonly byHand?: true
  readonly products: readonly ProductPlan[]
}

/** True where something would be sent. */
export function sends(plan: ProductPlan): boolean {
  return plan.decision.do === 'create' || plan.decision.do === 'release' || plan.decision.do === 'resubmit'
}
