/** The version in package.json, put here by the build. */
declare const KOO_VERSION: string

export const version: string = KOO_VERSION
