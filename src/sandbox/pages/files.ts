/** The bytes of files: pictures are shown, all else is handed over to be kept. */
import { contentType } from '../../check/rules/signatures.ts'
import type { FileRole } from '../../model/field.ts'
import { fileReferences } from '../../model/references.ts'
import type { ReleaseFile } from '../../model/release.ts'
import { releaseIn } from '../create-release.ts'
import type { Release } from '../market.ts'
import { type Answer, notHere } from './answer.ts'
import type { Ask } from './ask.ts'

const pictures: Readonly<Record<string, string>> = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif' }

/** What a buyer may see before buying: not the product itself, nor papers that are for the marketplace alone. */
const shownRoles: ReadonlySet<FileRole> = new Set(['logo', 'picture', 'description-picture', 'document', 'template'])

/** The files of a release that its product page shows. */
export function shownFiles({ manifest, files }: Pick<Release, 'manifest' | 'files'>): readonly ReleaseFile[] {
  const shown = new Set(
    fileReferences(manifest)
      .filter(({ role }) => shownRoles.has(role))
      .map(({ file }) => file),
  )
  return files.filter(({ path }) => shown.has(path))
}

/** Of the release on sale. */
export function productFile(ask: Ask): Promise<Answer> {
  const [key = '', sha256 = ''] = ask.parts
  const { desk } = ask.tools
  const product = desk.inMarket(() => desk.store.productByKey(key))
  const release = product?.releases.find(({ state }) => state === 'on-sale')
  return sent(ask, release && shownFiles(release).find((each) => each.sha256 === sha256))
}

/** Of any release, for the marketplace's side. */
export function releaseFile(ask: Ask): Promise<Answer> {
  const [id = '', sha256 = ''] = ask.parts
  const product = ask.tools.desk.store.productOfRelease(id)
  return sent(ask, product && releaseIn(product, id).files.find((each) => each.sha256 === sha256))
}

const absent = 'There is no such file, or its bytes are not here.'

async function sent({ tools, headers: asked }: Ask, file: ReleaseFile | undefined): Promise<Answer> {
  if (file === undefined || file.object !== undefined) throw notHere(absent)
  const { uploads } = tools.desk
  const fact = await uploads.fact(file).catch(() => undefined)
  if (fact?.is !== 'file') throw notHere(absent)
  const picture = pictures[contentType(fact.head)]
  const etag = `"${file.sha256}"`
  const headers = {
    // What is not run, framed or guessed at can hold whatever it likes.
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'content-type': picture ?? 'application/octet-stream',
    // The bytes of a hash never change; whether they may be seen is asked each time.
    'cache-control': 'private, no-cache',
    etag,
    ...(picture === undefined ? { 'content-disposition': attachment(file.path) } : {}),
  }
  if (asked['if-none-match'] === etag) return { status: 304, headers, body: '' }
  return { status: 200, headers: { ...headers, 'content-length': file.bytes }, body: uploads.content(file.sha256) }
}

/** The name without its folders, for old readers of headers and for new ones. */
function attachment(path: string): string {
  const name = path.split('/').at(-1) ?? 'file'
  const plain = name.replace(/[^\w.-]+/g, '_')
  const full = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`
}
