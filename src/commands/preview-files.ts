/** `koo preview --out`: each page as one file that needs nothing else. */
import { indexHtml } from '../listing/preview.tsx'
import { usage } from '../model/failure.ts'
import type { Outcome, WrittenPage } from '../model/outcome.ts'
import type { Files, World } from '../ports.ts'
import type { Studio, Subject } from './preview-studio.ts'

const pageName = /\.html?$/i
const indexName = 'index.html'

export async function writePages({ files }: World, studio: Studio, out: string): Promise<Outcome> {
  const subjects = await studio.subjects()
  const isOne = subjects.length === 1
  const target = await targetOf(files, subjects, out)
  const indexPath = files.join(out, indexName)
  for (const path of [...subjects.map(target), ...(isOne ? [] : [indexPath])]) await refuseForeign(files, path)
  const comparisons = await studio.comparisons(subjects)
  const all = []
  const pages: WrittenPage[] = []
  for (const [index, subject] of subjects.entries()) {
    const previewed = await studio.previewed(subject)
    const comparison = comparisons[index]
    const path = target(subject)
    await files.write(path, await studio.draw(previewed, isOne ? {} : { home: indexName }, comparison))
    const { errors, warnings } = previewed
    pages.push({
      key: subject.key ?? null,
      manifest: subject.file,
      file: files.shown(path),
      ...{ errors, warnings },
      ...(comparison === undefined ? {} : comparedOf(comparison)),
    })
    // Pictures of many products would be many megabytes; the list shows logos only.
    all.push(isOne ? previewed : await studio.previewed(subject, 'logo'))
  }
  if (isOne) return { is: 'previewed', pages }
  await files.write(
    indexPath,
    indexHtml(all, (name) => `${name}.html`, { remote: studio.wishes.remote === true }),
  )
  return { is: 'previewed', pages, index: files.shown(indexPath) }
}

type Compared = NonNullable<Awaited<ReturnType<Studio['comparisons']>>[number]>

/** Nothing is told of what could not be compared; its page says why. */
function comparedOf({ live, changes, files, trouble }: Compared): Pick<WrittenPage, 'live' | 'changes'> {
  if (trouble !== undefined) return {}
  return { live: live?.version ?? null, changes: changes.length + files.length }
}

/** Where the page of each product goes. What is there already is written over only where it is a page. */
async function targetOf(
  files: Files,
  subjects: readonly Subject[],
  out: string,
): Promise<(subject: Subject) => string> {
  const isFolder = await files.isFolder(out)
  if (!isFolder && pageName.test(out)) {
    if (subjects.length === 1) return () => out
    throw usage('bad-flag', `${out} is one file, and there are ${subjects.length} products.`, 'Name a folder.')
  }
  if (!isFolder && (await files.exists(out))) {
    throw usage('bad-flag', `${out} is there, and is neither a folder nor a page.`, 'Name a folder, or FILE.html.')
  }
  return ({ name }) => files.join(out, `${name}.html`)
}

/** koo's pages name it within these, long before anything a manifest says. */
const headBytes = 2048

/** A page of somebody else's is not written over, nor anything else of that name; what is empty is nobody's. */
async function refuseForeign(files: Files, path: string): Promise<void> {
  if (!(await files.exists(path))) return
  if (await files.isFolder(path)) throw usage('file-there', `${files.shown(path)} is a folder, and no page.`, elsewhere)
  const head = Buffer.from(await files.read(path, headBytes)).toString()
  if (head === '' || head.slice(0, head.indexOf('<title>')).includes('<meta name="generator" content="koo"/>')) return
  throw usage('file-there', `${files.shown(path)} is there, and no page of koo’s; it is not overwritten.`, elsewhere)
}

const elsewhere = 'Name another place with --out, or move the file away.'
