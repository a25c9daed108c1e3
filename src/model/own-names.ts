/** Names that are koo's own in a product's folder, and names in it that belong to other programs. */
import { manifestNames } from './manifest.ts'

/** The schema stands beside the manifest: an editor finds it also offline and also when koo is not installed. */
export const schemaName = 'koo.schema.json'
/** What a team takes how seriously, found upwards from the working directory. */
export const workspaceName = 'koo.config.yaml'
/** What is never packed, in gitignore syntax, beside the manifest. */
export const ignoreName = '.kooignore'

/** A folder where a pull puts what it downloads begins so. */
export const stagePrefix = '.koo-pull-'

const ownNames: readonly string[] = [...manifestNames, schemaName, workspaceName, ignoreName]

/** Whether a path is of a file koo itself reads, also on disks that do not tell upper case from lower case. */
export function isOwnFile(path: string): boolean {
  return ownNames.includes(plain(path.split('/').at(-1) ?? ''))
}

/**
 * Whether nothing from elsewhere may be written there: below the folders of version control, which hold what is
 * executed, and of a pull.
 */
export function isGuarded(path: string): boolean {
  return path
    .split('/')
    .some((part) => /^(\.git|git~\d|\.hg|\.svn)$/.test(plain(part)) || plain(part).startsWith(stagePrefix))
}

/** As Windows and macOS read a name: without case, dots and spaces at its end, and a stream's name; nor what is invisible. */
function plain(name: string): string {
  return name
    .replace(/:.*$/, '')
    .replace(/\p{Cf}/gu, '')
    .replace(/[. ]+$/, '')
    .toLowerCase()
}
