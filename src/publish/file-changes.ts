/** Files of two releases, or of a release and of what is here: what differs, and what sending would undo. */
import { isSignatureName } from '../model/bundle.ts'
import type { FileChange, Material } from '../model/plan.ts'
import type { ReleaseFile } from '../model/release.ts'

type Listed = Pick<ReleaseFile, 'path' | 'sha256' | 'contentSha256'>

/** Hashes by path; that of a bundle under the name it has here, because each version gives it another. */
interface Hashes {
  readonly files: ReadonlyMap<string, string>
  readonly bundle: string | undefined
}

function hashesOf(files: readonly Listed[]): Hashes {
  // A signature is none of the seller's files.
  const own = files.filter(({ path }) => !isSignatureName(path))
  return {
    files: new Map(own.flatMap(({ path, sha256, contentSha256 }) => (contentSha256 ? [] : [[path, sha256]]))),
    bundle: own.find(({ contentSha256 }) => contentSha256 !== undefined)?.contentSha256,
  }
}

function hashesHere({ files, bundle }: Pick<Material, 'files' | 'bundle'>): Hashes {
  return { files: hashesOf(files).files, bundle: bundle?.filesSha256 }
}

/** From a release to what is here. */
export function fileChanges(
  theirs: readonly Listed[],
  material: Pick<Material, 'files' | 'bundle'>,
): readonly FileChange[] {
  const [there, here] = [hashesOf(theirs), hashesHere(material)]
  const paths = [...new Set([...there.files.keys(), ...here.files.keys()])].sort()
  const name = material.bundle?.name ?? theirs.find(({ contentSha256 }) => contentSha256)?.path ?? ''
  return [
    ...paths.flatMap((path) => changeOf(path, there.files.get(path), here.files.get(path))),
    ...changeOf(name, there.bundle, here.bundle),
  ]
}

/**
 * Files that were changed on the marketplace since `base`. A bundle that was changed here, too, is what the seller means to
 * send; of another file, nobody can tell what was merged.
 */
export function lostFiles(
  base: readonly Listed[],
  theirs: readonly Listed[],
  material: Material,
): readonly FileChange[] {
  const [before, there, here] = [hashesOf(base), hashesOf(theirs), hashesHere(material)]
  const paths = [...new Set([...before.files.keys(), ...there.files.keys()])].sort()
  const isBundleLost = here.bundle === before.bundle
  return [
    ...paths.flatMap((path) => {
      const now = there.files.get(path)
      return here.files.get(path) === now ? [] : changeOf(path, before.files.get(path), now)
    }),
    ...(isBundleLost ? changeOf(material.bundle?.name ?? '', before.bundle, there.bundle) : []),
  ]
}

function changeOf(path: string, was: string | undefined, becomes: string | undefined): readonly FileChange[] {
  if (was === becomes) return []
  return [{ path, ...(was === undefined ? {} : { was }), ...(becomes === undefined ? {} : { becomes }) }]
}
