/** Files and pictures that a manifest names, and Markdown with the pictures in it. */
import { bytesText } from '../model/bytes-text.ts'
import { Icon } from '../web/icons.tsx'
import { remoteAddress } from './links.ts'
import { markdownOf, type PictureFate } from './markdown.ts'
import type { Scene } from './scene.tsx'

/** The last part of a path. */
function fileName(path: string): string {
  return path.split('/').at(-1) || path
}

/** Name and size, or why it could not be seen. */
export function FileLine({ scene, path }: { readonly scene: Scene; readonly path: string }) {
  const file = scene.product.files.get(path)
  const name = fileName(path)
  const href = file?.is === 'file' ? file.href : undefined
  const facts = file === undefined ? 'there is no such file' : file.is === 'unseen' ? file.why : bytesText(file.bytes)
  return (
    <span class="file-line">
      <Icon name="file" />
      <span>
        {href === undefined ? name : <a href={href}>{name}</a>} <span class="quiet small">{facts}</span>
      </span>
    </span>
  )
}

/** A picture with words for those who do not see it; or a frame that says why there is none. */
export function Picture({ scene, path, alt }: { readonly scene: Scene; readonly path: string; readonly alt: string }) {
  const fate = fateOf(scene, path)
  if (fate.is === 'left') {
    return (
      <div class="picture-missing">
        <Icon name="picture" />
        <span>
          <code>{path}</code> {fate.why}
        </span>
      </div>
    )
  }
  const size = fate.width && fate.height ? { width: fate.width, height: fate.height } : {}
  return <img src={fate.src} alt={alt} decoding="async" {...size} />
}

function fateOf({ product, remote }: Scene, path: string): PictureFate {
  const file = fileAt(product.files, path)
  if (file?.is === 'picture') {
    const size = file.width && file.height ? { width: file.width, height: file.height } : {}
    return { is: 'shown', src: file.src, ...size }
  }
  if (file !== undefined) return { is: 'left', why: file.is === 'unseen' ? file.why : 'is no picture' }
  const address = remoteAddress(path)
  if (address === undefined) return { is: 'left', why: 'there is no such file' }
  return remote ? { is: 'shown', src: address.href } : { is: 'left', why: `Picture from ${address.host}, not loaded` }
}

/** Markdown writes a path as an address. */
function fileAt(files: Scene['product']['files'], path: string) {
  const plain = path.replace(/^\.\//, '')
  return files.get(path) ?? files.get(plain) ?? files.get(decoded(plain))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** A seller's Markdown, under a heading so many levels below the product's name. */
export function Prose({
  scene,
  text,
  below,
}: {
  readonly scene: Scene
  readonly text: string
  readonly below: number
}) {
  const html = markdownOf(text, { headingLevel: scene.level + below, picture: (src) => fateOf(scene, src) })
  // The one place where a page takes HTML as it is: it was made above, of nothing but what Markdown can say.
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />
}
