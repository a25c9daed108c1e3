/** `koo preview --compare`: what the marketplace has of products, and how it differs from what is here. */
import type { ComparedChange, Comparison } from '../listing/comparison.ts'
import { listedFiles } from '../listing/embedded-files.ts'
import { partly } from '../listing/partly.ts'
import { releaseShelf, remembering, sentenceOf } from '../listing/shelves.ts'
import { bundleName } from '../model/bundle.ts'
import { isMapping } from '../model/items.ts'
import { productFields } from '../model/product-fields.ts'
import { fileReferences } from '../model/references.ts'
import type { ReleaseContent, ReleaseFile } from '../model/release.ts'
import { measure } from '../pack/bundle.ts'
import { packageContents } from '../pack/contents.ts'
import type { Files, World } from '../ports.ts'
import { differences, pathOn } from '../publish/changes.ts'
import { fileChanges } from '../publish/file-changes.ts'
import { type Live, liveReleases } from '../publish/live.ts'
import { hashOf } from '../publish/material.ts'
import { type Market, withMarket } from './market.ts'
import type { Subject, Wishes } from './preview-studio.ts'

/** Reading more would keep whoever looks waiting. */
const mostCompared = 64 * 1024 * 1024

type Compare = (subjects: readonly Subject[]) => Promise<readonly Comparison[]>

/** A function that asks the marketplace each time it is called; pictures are fetched once. */
export function comparer(world: World, wishes: Wishes): Compare {
  const pictures = new Map<string, Uint8Array>()
  const told = new Set<string>()
  const once: World = {
    ...world,
    // Which marketplace it is, is said once, however often it is asked.
    emit(event) {
      if (event.is === 'notice' && told.has(event.text)) return
      if (event.is === 'notice') told.add(event.text)
      world.emit(event)
    },
  }
  const compare: Compare = (subjects) =>
    withMarket(once, wishes, async (market) => {
      const { clock, stop } = world
      const keys = subjects.map(keyOf).filter((key) => key !== undefined)
      const live = await liveReleases({ marketplace: market.marketplace, clock, stop }, [...new Set(keys)])
      const compared: Comparison[] = []
      for (const each of subjects) {
        compared.push(await comparison(world.files, market, each, live.get(keyOf(each) ?? ''), pictures))
      }
      return compared
    })
  // One after the other: each may open the sandbox.
  let last: Promise<unknown> = Promise.resolve()
  return (subjects) => {
    const next = last.then(() => compare(subjects))
    last = next.catch(() => {})
    return next
  }
}

const isKey = new RegExp(productFields.key.form.pattern, 'u')

/** A key that a product may have. */
function keyOf({ key }: Subject): string | undefined {
  return key !== undefined && isKey.test(key) ? key : undefined
}

async function comparison(
  files: Files,
  { name, marketplace }: Market,
  subject: Subject,
  live: Live | undefined,
  pictures: Map<string, Uint8Array>,
): Promise<Comparison> {
  const { value } = subject.checked
  const none = { marketplace: name, changes: [], files: [], uncompared: [] }
  if (!isMapping(value)) return { ...none, trouble: 'the manifest here cannot be read' }
  if (keyOf(subject) === undefined) return { ...none, trouble: 'the manifest here has no product key to look for' }
  if (live === undefined) return none
  const { release, content } = live
  const manifest = partly(content.manifest)
  const hashOfPath = (path: string) => content.files.find((each) => each.path === path)?.sha256 ?? path
  const shelf = remembering(releaseShelf(marketplace, content), hashOfPath, pictures)
  const product = { manifest, files: await listedFiles(manifest, shelf) }
  return {
    ...none,
    live: { version: release.version, state: release.state, product },
    changes: differences(content.manifest, value).map(({ steps, ...change }): ComparedChange => {
      const [there, here] = [pathOn(content.manifest, steps), pathOn(value, steps)]
      return {
        ...change,
        ...(there === undefined ? {} : { live: there }),
        ...(here === undefined ? {} : { here }),
      }
    }),
    ...(await comparedFiles(files, subject, content)),
  }
}

/** By their hashes; what would take long to read is told instead. */
async function comparedFiles(
  files: Files,
  subject: Subject,
  content: ReleaseContent,
): Promise<Pick<Comparison, 'files' | 'uncompared'>> {
  const { folder, checked } = subject
  const own: ReleaseFile[] = []
  const uncompared: string[] = []
  for (const path of new Set(fileReferences(checked.value).map(({ file }) => file))) {
    const fact = await files.fact(folder, path)
    if (fact.is !== 'file') continue
    if (fact.bytes > mostCompared) uncompared.push(path)
    else own.push({ path, ...(await hashOf(files, files.join(folder, path))) })
  }
  const bundle = await bundleOf(files, subject)
  if (bundle === undefined) uncompared.push('the package')
  const isCompared = ({ path, contentSha256 }: ReleaseFile) =>
    contentSha256 === undefined ? !uncompared.includes(path) : bundle !== undefined
  const theirs = content.files.filter(isCompared)
  return { files: fileChanges(theirs, { files: own, ...bundle }), uncompared }
}

/** Empty where there is nothing to pack; undefined where that was not looked at. */
async function bundleOf(
  files: Files,
  { folder, checked }: Subject,
): Promise<Pick<Parameters<typeof fileChanges>[1], 'bundle'> | undefined> {
  const { manifest, value } = checked
  const inPackage = await packageContents(files, value, folder).catch((error: unknown) => {
    sentenceOf(error)
    return undefined
  })
  if (inPackage === undefined) return {}
  if (manifest === undefined || inPackage.bytes > mostCompared) return undefined
  const { filesSha256, entries } = await measure(files, { manifest, folder }, inPackage)
  const { key, version } = manifest.product
  const name = bundleName(key, version, manifest.delivery.package?.format)
  return { bundle: { name, entries: entries.length, filesSha256 } }
}
