/** What must happen to a product, by what the marketplace has; pure. */
import type { Decision, Material } from '../model/plan.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { PlanOptions } from './plan.ts'

type Mine = Pick<Material, 'key' | 'method' | 'version' | 'contentDigest'>

/** Where the newest release is this very content and nothing has to be sent, the product alone tells. */
export function settled(mine: Mine, remote: RemoteProduct, { resubmit }: Pick<PlanOptions, 'resubmit'>) {
  const { id: releaseId, contentDigest, state } = remote.newest
  if (contentDigest !== mine.contentDigest || remote.state === 'discontinued') return undefined
  if (state === 'on-sale') return { do: 'nothing', releaseId } as const
  if (state === 'in-review') return { do: 'await', releaseId } as const
  return state === 'rejected' && !resubmit ? ({ do: 'mend', releaseId } as const) : undefined
}

/**
 * The decision for one product. `releases` are newest first. What was changed on the marketplace, and what can never be
 * changed, is looked at elsewhere.
 */
export function decide(
  mine: Mine,
  remote: RemoteProduct | undefined,
  releases: readonly RemoteRelease[],
  options: Pick<PlanOptions, 'resubmit' | 'overwrite'> & { readonly sameVersion?: true },
): Decision {
  if (remote === undefined) return { do: 'create' }
  const same = releases.filter(({ version }) => version === mine.version)
  const live = same.find((each) => isMine(each, mine) && (each.state === 'on-sale' || each.state === 'in-review'))
  if (live?.state === 'on-sale') return { do: 'nothing', releaseId: live.id }
  const never = refusedForGood(mine, remote)
  if (never !== undefined) return never
  if (live !== undefined) return { do: 'await', releaseId: live.id }
  const held = refusedForNow(mine, releases) ?? (options.sameVersion ? undefined : taken(mine, remote, same, options))
  return held ?? sent(mine, same, releases, options)
}

function isMine({ contentDigest }: RemoteRelease, mine: Mine): boolean {
  return contentDigest === mine.contentDigest
}

export function refusedForGood(mine: Mine, remote: RemoteProduct): Decision | undefined {
  if (remote.state === 'discontinued') {
    return refuse(`${mine.key} was discontinued, which is final.`, 'Release it as a new product, under a new key.')
  }
  if (remote.method === mine.method) return undefined
  return refuse(
    `${mine.key} is a product of the delivery method ${remote.method}, not ${mine.method}.`,
    'A delivery method is not changed after the first release; use a new key.',
  )
}

function refusedForNow(mine: Mine, releases: readonly RemoteRelease[]): Decision | undefined {
  const reviewed = releases.find(({ state }) => state === 'in-review')
  if (reviewed === undefined) return undefined
  const what = reviewed.version === mine.version ? ' with other content' : ''
  return refuse(
    `${reviewed.version} is in review${what}.`,
    `Wait for the review, or take it back: koo withdraw ${mine.key}`,
  )
}

/** The version means something to buyers already. */
function taken(
  mine: Mine,
  remote: RemoteProduct,
  same: readonly RemoteRelease[],
  { overwrite }: Pick<PlanOptions, 'overwrite'>,
): Decision | undefined {
  const onSale = same.find(({ state }) => state === 'on-sale')
  // What was sent and then edited there may be put back.
  if (onSale !== undefined && overwrite && onSale.createdDigest === mine.contentDigest) return undefined
  if (onSale !== undefined) {
    return refuse(
      `${mine.version} is on sale with other content.`,
      'Buyers rely on what a version contains: give the changed product a new version.',
    )
  }
  if (!same.some(({ state }) => state === 'discontinued')) return undefined
  return refuse(`${mine.version} was on sale before ${remote.version} took its place.`, 'Give it a new version.')
}

function sent(
  mine: Mine,
  [last]: readonly RemoteRelease[],
  releases: readonly RemoteRelease[],
  { resubmit }: Pick<PlanOptions, 'resubmit'>,
): Decision {
  if (last !== undefined && isMine(last, mine)) {
    return last.state === 'rejected' && !resubmit
      ? { do: 'mend', releaseId: last.id }
      : { do: 'resubmit', releaseId: last.id }
  }
  const onSale = releases.find(({ state }) => state === 'on-sale')
  const newest = releases[0]
  return {
    do: 'release',
    ...(onSale ? { replaces: onSale.version } : {}),
    ...(newest ? { after: newest.id } : {}),
  }
}

export function refuse(why: string, hint: string): Extract<Decision, { do: 'refuse' }> {
  return { do: 'refuse', why, hint }
}
