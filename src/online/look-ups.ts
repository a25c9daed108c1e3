/** What there is to look at for a manifest: its links, its images, its asset. */
import { plainAddress, shownAddress } from '../model/address.ts'
import { rowOf } from '../model/delivery-methods.ts'
import type { Finding } from '../model/diagnostic.ts'
import { imageFinding } from '../model/image-fact.ts'
import type { Delivery, Manifest } from '../model/manifest.ts'
import { pointer } from '../model/pointer.ts'
import { type AddressReference, addressReferences } from '../model/references.ts'
import type { Assets, Images, LinkAnswer, Links } from '../ports.ts'

/** Each is asked for where a manifest needs it, and throws a Failure where it cannot be had. */
export interface OnlinePorts {
  links(): Promise<Links>
  images(): Promise<Images>
  assets(): Promise<Assets>
}

export type Seen =
  | { readonly is: 'fine' }
  | { readonly is: 'wrong'; readonly finding: Finding }
  | { readonly is: 'unreached'; readonly why: string }

export interface LookUp {
  /** As in "image 33ad… in ap-southeast-3". */
  readonly what: string
  readonly look: () => Promise<Seen>
}

/** In the order of the manifest's fields. */
export function lookUps(ports: OnlinePorts, manifest: Manifest): readonly LookUp[] {
  const { delivery } = manifest
  return [
    ...addressReferences(manifest).map((each) => linkLookUp(ports, each)),
    ...(delivery.images ?? []).map((image, index) => ({
      what: `image ${image.id} in ${image.region}`,
      look: async () => {
        const fact = await (await ports.images()).find(image.region, image.id)
        return seen(imageFinding(image, index, fact, { isAsset: delivery.asset !== undefined }))
      },
    })),
    ...assetLookUps(ports, delivery),
  ]
}

function seen(finding: Finding | undefined): Seen {
  return finding === undefined ? { is: 'fine' } : { is: 'wrong', finding }
}

function linkLookUp(ports: OnlinePorts, reference: AddressReference): LookUp {
  const plain = plainAddress(reference.address)
  return {
    what: plain === undefined ? reference.title : shownAddress(plain),
    look: async () => {
      const broken = (message: string): Seen =>
        seen({ code: 'link-broken', path: pointer(reference.path), message: `${reference.title}: ${message}.` })
      if (plain === undefined) return broken('no browser takes this for an address')
      const answer = await (await ports.links()).look(plain)
      if (answer.is === 'unreached') return answer
      return reference.kind === 'page' && isError(answer) ? broken(said(answer, plain)) : { is: 'fine' }
    },
  }
}

/** These prove that something is there, which lets in people it knows, or browsers, or fewer of them. */
const proofs: ReadonlySet<number> = new Set([401, 403, 405, 429])

type Answered = Extract<LinkAnswer, { is: 'answered' }>

function isError({ status }: Answered): boolean {
  return status >= 400 && !proofs.has(status)
}

function said({ status, address }: Answered, asked: string): string {
  return address === asked
    ? `the address answers with status ${status}`
    : `the address redirects to ${shownAddress(address)}, which answers with status ${status}`
}

function assetLookUps(ports: OnlinePorts, { method, asset }: Delivery): readonly LookUp[] {
  const kind = rowOf(method).deliverable?.asset
  if (asset === undefined || kind === undefined) return []
  const { id, version } = asset
  const missing = (field: 'id' | 'version', message: string): Seen =>
    seen({ code: 'asset-missing', path: pointer(['delivery', 'asset', field]), message })
  const look = async (): Promise<Seen> => {
    const assets = await ports.assets()
    const found = await assets.find({ id, kind, ...(version === undefined ? {} : { version }) })
    if (version === undefined ? found.length > 0 : found.includes(version)) return { is: 'fine' }
    // Only now it matters which of the two is wrong.
    const others = version === undefined ? found : await assets.find({ id, kind })
    if (others.length === 0) return missing('id', `The asset center has no released asset ${id} of type ${kind}.`)
    return missing('version', `The asset ${id} is not there in version ${version}, but in ${others.join(', ')}.`)
  }
  return [{ what: `asset ${id}${version === undefined ? '' : ` ${version}`}`, look }]
}
