/** `koo preview` without `--out`: pages for the browser, drawn again when something changes, until the user stops it. */
import type { Comparison } from '../listing/comparison.ts'
import { failureHtml, indexHtml } from '../listing/preview.tsx'
import { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { PageAnswer, World } from '../ports.ts'
import { failureIn, type Studio, type Subject } from './preview-studio.ts'
import { foldersOver } from './watched-folders.ts'

export async function servePreview(
  world: World,
  studio: Studio,
  { port, opens }: { readonly port: number; readonly opens: boolean },
): Promise<Outcome> {
  // What cannot be read at first is wrong usage; later, a manifest may be gone for a moment.
  await studio.subjects()
  const server = await world.servePages({
    port,
    answer: (path, drawn) => answered(world, studio, path, drawn),
    // A page that is being drawn when the user stops koo is left.
    failed: (error) => world.stop.aborted || world.emit({ is: 'notice', text: bugNotice(error) }),
  })
  try {
    // Much happens in a folder that no page shows, and drawing one may be among it: a sandbox may have its data there.
    let known = ''
    const watching = eachChange(world, await foldersOver(world.files, studio.paths), async () => {
      const now = await fingerprintOf(studio)
      if (now !== known) server.changed()
      known = now
    })
    known = await fingerprintOf(studio)
    world.emit({ is: 'serving', url: server.url })
    if (opens && world.terminal.asks) void openPage(world, server.url)
    await Promise.all([watching, world.clock.sleep(Number.POSITIVE_INFINITY, world.stop)])
  } finally {
    await server.close()
  }
  return { is: 'closed' }
}

/** A page for each path there is; whatever the manifests look like by now, there is an answer. */
async function answered(world: World, studio: Studio, path: string, drawn: string): Promise<PageAnswer> {
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
    if (error instanceof Failure) {
      const { message, hint } = failureIn(error)
      return { status: 404, html: failureHtml(message, hint, setting) }
    }
    world.emit({ is: 'notice', text: bugNotice(error) })
    return {
      status: 500,
      html: failureHtml('This page could not be drawn.', 'koo has a bug; the terminal says which.', setting),
    }
  }
}

/** What cannot be told is looked at by whoever draws the page. */
async function fingerprintOf(studio: Studio): Promise<string> {
  try {
    return await studio.fingerprint()
  } catch (error) {
    if (error instanceof Failure) throw error
    return bugNotice(error)
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

/** One page has failed; the others may be sound, and the next drawing of this one, too. */
function bugNotice(error: unknown): string {
  return `A page could not be drawn; this is a bug in koo: ${error instanceof Error ? (error.stack ?? error.message) : error}`
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
