/** `koo preview` without `--out`: pages for the browser, drawn again when something changes, until the user stops it. */
import type { Comparison } from '../listing/comparison.ts'
import { failureHtml, indexHtml } from '../listing/preview.tsx'
import type { Outcome } from '../model/outcome.ts'
import type { PageAnswer, World } from '../ports.ts'
import { failureIn, type Studio, type Subject } from './preview-studio.ts'

export async function servePreview(
  world: World,
  studio: Studio,
  { port, opens }: { readonly port: number; readonly opens: boolean },
): Promise<Outcome> {
  // What cannot be read at first is wrong usage; later, a manifest may be gone for a moment.
  const subjects = await studio.subjects()
  let fail: (error: unknown) => void = () => {}
  const broken = new Promise<never>((_, reject) => {
    fail = reject
  })
  const server = await world.servePages({
    port,
    answer: (path, drawn) => answered(studio, path, drawn),
    // A page that is being drawn when the user stops koo is left.
    failed: (error) => world.stop.aborted || fail(error),
  })
  try {
    // Much happens in a folder that no page shows, and drawing one may be among it: a sandbox may have its data there.
    let known = ''
    const watching = eachChange(world, foldersOf(subjects), async () => {
      const now = await studio.fingerprint()
      if (now !== known) server.changed()
      known = now
    })
    known = await studio.fingerprint()
    world.emit({ is: 'serving', url: server.url })
    if (opens && world.terminal.asks) void openPage(world, server.url)
    await Promise.race([broken, Promise.all([watching, world.clock.sleep(Number.POSITIVE_INFINITY, world.stop)])])
  } finally {
    await server.close()
  }
  return { is: 'closed' }
}

/** A page for each path there is; whatever the manifests look like by now, there is an answer. */
async function answered(studio: Studio, path: string, drawn: string): Promise<PageAnswer> {
  const setting = { drawn, remote: studio.wishes.remote === true }
  try {
    const subjects = await studio.subjects()
    const [only] = subjects
    if (path === '/' && only !== undefined && subjects.length === 1) return await pageOf(studio, only, { drawn })
    if (path === '/') return { status: 200, html: await listOf(studio, subjects, setting) }
    const subject = subjects.find(({ name }) => path === `/${name}/` || path === `/${name}`)
    if (subject !== undefined) return await pageOf(studio, subject, { drawn, home: '/' })
    const html = failureHtml('There is no such product here.', undefined, { ...setting, home: '/' })
    return { status: 404, html }
  } catch (error) {
    const { message, hint } = failureIn(error)
    return { status: 404, html: failureHtml(message, hint, setting) }
  }
}

async function pageOf(
  studio: Studio,
  subject: Subject,
  setting: { readonly drawn: string; readonly home?: string },
): Promise<PageAnswer> {
  const previewed = await studio.previewed(subject)
  const [comparison] = await studio.comparisons([subject]).catch(uncompared)
  return { status: 200, html: await studio.draw(previewed, setting, comparison) }
}

/** A marketplace that does not answer is no reason to show nothing. */
function uncompared(error: unknown): readonly Comparison[] {
  const trouble = failureIn(error).message.replace(/\.$/, '')
  return [{ marketplace: '', changes: [], files: [], uncompared: [], trouble }]
}

async function listOf(
  studio: Studio,
  subjects: readonly Subject[],
  setting: { readonly drawn: string; readonly remote: boolean },
): Promise<string> {
  const all = []
  for (const each of subjects) all.push(await studio.previewed(each, 'logo'))
  return indexHtml(all, (name) => `/${name}/`, setting)
}

/** Each folder once, and none inside another. */
function foldersOf(subjects: readonly Subject[]): readonly string[] {
  const folders = [...new Set(subjects.map(({ folder }) => folder))]
  return folders.filter((each) => !folders.some((other) => other !== each && isBelow(each, other)))
}

function isBelow(folder: string, other: string): boolean {
  return other === '.' ? !folder.startsWith('/') && !folder.startsWith('..') : folder.startsWith(`${other}/`)
}

/** Where the system cannot watch, a page can still be drawn again by hand. */
async function eachChange(world: World, folders: readonly string[], look: () => Promise<void>): Promise<void> {
  try {
    for await (const _ of world.files.watch(folders, world.stop)) await look()
  } catch (error) {
    const { message } = failureIn(error)
    world.emit({ is: 'notice', text: `${message} Reload the page to see what changed.` })
  }
}

async function openPage(world: World, url: string): Promise<void> {
  const why = await world.openInBrowser(url)
  if (why !== undefined) world.emit({ is: 'notice', text: `The browser was not opened: ${why}.` })
}
