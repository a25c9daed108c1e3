/** Package URLs (https://github.com/package-url/purl-spec), by which packages are one and the same. */
import { PackageURL } from 'packageurl-js'
import type { Package } from './package.ts'

/** Undefined for a name or version that cannot be one, such as a Go version that is none. */
export function purlOf({ type, namespace, name, version, qualifiers }: Package): string | undefined {
  try {
    return new PackageURL(type, namespace, name, version, qualifiers).toString()
  } catch {
    return undefined
  }
}
