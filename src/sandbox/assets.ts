/** The asset center at home: the released assets a seller may refer to, and the open API's look-up over them. */
import type { components } from '../model/marketplace-api.ts'

type Schemas = components['schemas']

/** A version of an asset as the open API describes it. */
export type Asset = Schemas['DeployedObject']

interface AssetFilter {
  readonly asset_id: string
  readonly deployed_type: Asset['deployed_type']
  readonly asset_version?: string
  readonly region?: string
}

const wellFormed = /^[0-9a-f]{32}$/
const firstVersion = 'V1.0'

/** With a list only what it holds exists; without one any well-formed id is that of a released asset. */
export function deployedObjects(assets: readonly Asset[] | undefined, filter: AssetFilter): Schemas['DeployedObjects'] {
  const { asset_id, deployed_type, asset_version, region } = filter
  const data = (assets ?? imagined(filter)).filter(
    (asset) =>
      asset.asset_id === asset_id &&
      asset.deployed_type === deployed_type &&
      (asset_version === undefined || asset.version === asset_version) &&
      (region === undefined || asset.region === region),
  )
  return { error_code: '92020000', error_msg: 'Success', data }
}

function imagined({ asset_id, deployed_type, asset_version, region }: AssetFilter): readonly Asset[] {
  if (!wellFormed.test(asset_id)) return []
  return [
    { asset_id, deployed_type, version: asset_version ?? firstVersion, ...(region === undefined ? {} : { region }) },
  ]
}

/** The assets of a JSON text, a list or the look-up's answer; undefined where it is neither, or lacks an id. */
export function assetsOf(text: string): readonly Asset[] | undefined {
  const value = parsed(text)
  const list = Array.isArray(value) ? value : (value as { readonly data?: unknown } | undefined)?.data
  if (!Array.isArray(list)) return undefined
  const assets = list.map((each: Partial<Asset> | null): Asset | undefined =>
    typeof each?.asset_id === 'string'
      ? { deployed_type: 'software_package', version: firstVersion, ...each, asset_id: each.asset_id }
      : undefined,
  )
  return assets.every((each) => each !== undefined) ? assets : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
