/** The version in package.json, put here by the build. */
declare const KOO_VERSION: string
/** A digest of the sources koo was built of. */
declare const KOO_BUILD: string

export const version: string = KOO_VERSION
export const build: string = KOO_BUILD
