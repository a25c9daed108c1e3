/** From manifests to the pages of `koo preview`: reads and checks them anew each time, so that no page is stale. */

import type { Comparison } from '../listing/comparison.ts'
import { listedFiles, missingInTexts, namedPaths } from '../listing/embedded-files.ts'
import { remarksOf } from '../listing/finding-remarks.ts'
import type { ListedProduct } from '../listing/listed.ts'
import { partly } from '../listing/partly.ts'
import type { Previewed, Setting } from '../listing/preview.tsx'
import { folderShelf } from '../listing/shelves.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { Failure } from '../model/failure.ts'
import { productFields } from '../model/product-fields.ts'
import { leadsOut } from '../model/references.ts'
import { packageContents } from '../pack/contents.ts'
import type { Files, World } from '../ports.ts'
import { findManifests } from './find-manifests.ts'
import { type CheckedManifest, checkNext, identityOf } from './manifests.ts'
import { pageDiagnostics, pagePath, pageTexts } from './page-paths.ts'
import { startRun } from './run.ts'
import { openRulebook } from './workspace.ts'

/** What a user asks of the pages. */
export interface Wishes {
  readonly remote?: true | undefined
  readonly compare?: true | undefined
  readonly marketplace?: string | undefined
  readonly data?: string | undefined
}

/** A manifest that was read, before anything is drawn of it. */
export interface Subject {
  readonly file: string
  readonly folder: string
  /** The product key, where the manifest says one. */
  readonly key: string | undefined
  /** What its page is called: the key, where that can be a name. */
  readonly name: string
  readonly checked: CheckedManifest
}

export interface Studio {
  readonly wishes: Wishes
  /** What the user named; nothing is the working directory. */
  readonly paths: readonly string[]
  /** Every manifest the paths name. */
  subjects(): Promise<readonly Subject[]>
  /** Differs whenever a page may look different, but for what the marketplace has. */
  fingerprint(): Promise<string>
  /** As its page shows it; for a list, of its files only the logo is wanted. */
  previewed(subject: Subject, wanted?: 'all' | 'logo'): Promise<Previewed>
  /** With --compare: what is live of each, in their order. */
  comparisons(subjects: readonly Subject[]): Promise<readonly (Comparison | undefined)[]>
  /** The page of one product. */
  draw(previewed: Previewed, setting: Omit<Setting, 'remote'>, comparison?: Comparison): Promise<string>
}

export function openStudio(world: World, paths: readonly string[], wishes: Wishes): Studio {
  const { files } = world
  /** What was last seen of a manifest that cannot be read for now. */
  const before = new Map<string, ListedProduct>()
  const remote = wishes.remote === true
  let live: Promise<(subjects: readonly Subject[]) => Promise<readonly Comparison[]>> | undefined
  /** Without the folders of this machine. */
  let said = (text: string): string => text
  const subjects = async () => {
    const found = await subjectsAt(files, paths)
    said = pageTexts(found.map(({ file }) => file))
    return found
  }
  return {
    wishes,
    paths,
    subjects,
    async fingerprint() {
      try {
        const found = await subjects()
        const marks = await Promise.all(found.map((each) => markOf(files, each, wishes)))
        return JSON.stringify(marks)
      } catch (error) {
        return failureIn(error).message
      }
    },
    async previewed(subject, wanted = 'all') {
      const { file, name, folder, checked } = subject
      const { value } = checked
      const diagnostics = pageDiagnostics(checked.diagnostics, said)
      const told = { file: pagePath(file), name, ...counts(diagnostics) }
      if (value === undefined) {
        const product = before.get(file)
        return { ...told, ...(product === undefined ? {} : { product }), remarks: [], trouble: diagnostics }
      }
      const manifest = partly(value)
      const product = { manifest, files: await listedFiles(manifest, folderShelf(files, folder), wanted) }
      if (wanted === 'all') before.set(file, product)
      const missingPictures = wanted === 'all' ? missingInTexts(product) : 0
      return { ...told, product, remarks: remarksOf(diagnostics), trouble: [], missingPictures }
    },
    async comparisons(subjects) {
      if (!wishes.compare) return subjects.map(() => undefined)
      live ??= import('./preview-live.ts').then(({ comparer }) => comparer(world, wishes))
      return (await live)(subjects)
    },
    async draw(previewed, setting, comparison) {
      if (comparison === undefined) {
        const { previewHtml } = await import('../listing/preview.tsx')
        return previewHtml(previewed, { ...setting, remote })
      }
      const { compareHtml } = await import('../listing/compare.tsx')
      return compareHtml(previewed, comparison, { ...setting, remote })
    },
  }
}

async function subjectsAt(files: Files, paths: readonly string[]): Promise<readonly Subject[]> {
  const rulebook = await openRulebook(files, undefined)
  const run = startRun(files, rulebook)
  const nameOf = namer()
  const found: Subject[] = []
  for (const path of await findManifests(files, paths, rulebook.isIgnored)) {
    const checked = await checkNext(run, path)
    const { file, folder } = checked
    const { key } = identityOf(file, checked.value)
    found.push({ file, folder, key, name: nameOf(key, folder), checked })
  }
  return found
}

/** What a page depends on: text, findings, and the files that are shown, or compared. */
async function markOf(files: Files, { file, folder, checked }: Subject, { compare }: Wishes): Promise<unknown> {
  const { content, diagnostics, value } = checked
  const shown = namedPaths(partly(value)).filter((path) => !leadsOut(path))
  const stamps = await files.stamps(shown.map((path) => files.join(folder, path)))
  const packed = compare ? await packageContents(files, value, folder) : undefined
  return [file, String(content), diagnostics, stamps, packed?.packed.map(({ path, stamp }) => [path, stamp])]
}

function counts(diagnostics: readonly FramedDiagnostic[]): Pick<Previewed, 'errors' | 'warnings'> {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: diagnostics.length - errors }
}

/** Names that koo's own pages have. */
const taken = ['index', 'state']

/** Gives each product a name that can be a part of an address and of a file, and that no other has. */
function namer(): (key: string | undefined, folder: string) => string {
  const isKey = new RegExp(productFields.key.form.pattern, 'u')
  const names = new Set(taken)
  return (key, folder) => {
    const own = key !== undefined && isKey.test(key) ? key : plainName(folder)
    let name = own
    for (let number = 2; names.has(name); number += 1) name = `${own}-${number}`
    names.add(name)
    return name
  }
}

function plainName(folder: string): string {
  const last = folder.slice(folder.lastIndexOf('/') + 1).toLowerCase()
  return last.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'product'
}

/** What a failure says, for a page; anything else is thrown on. */
export function failureIn(error: unknown): Failure {
  if (error instanceof Failure && error.exit !== 'stopped') return error
  throw error
}
