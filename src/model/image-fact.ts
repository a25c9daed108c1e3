/**
 * What IMS says of an image, as far as a release depends on it.
 * Source: Image Management Service API, ListImages and its error codes.
 */
export interface ImageFact {
  readonly id: string
  readonly name: string
  readonly status: string
  /** private, shared, market or gold (public). */
  readonly type: string
  /** Undefined where IMS does not say. */
  readonly supportsMarket: boolean | undefined
  readonly encrypted: boolean
  /** FusionCompute for a system-disk image; undefined where IMS does not say. */
  readonly environment: string | undefined
}

/** Why an image cannot be released, as the end of "The image …"; undefined where nothing speaks against it. */
export function imageObstacle(image: ImageFact): string | undefined {
  if (image.status !== 'active') return `is not in a usable state (status ${image.status}, needed active)`
  if (image.type !== 'private') return `is a ${image.type} image; only a private image of your own can be released`
  if (image.supportsMarket === false) return 'may not be released on the marketplace (__system_support_market is false)'
  if (image.encrypted) return 'is encrypted; copy it to an unencrypted one first'
  if (image.environment !== undefined && image.environment !== 'FusionCompute') {
    return `is no system-disk image (virtual_env_type ${image.environment}, needed FusionCompute)`
  }
  return undefined
}
