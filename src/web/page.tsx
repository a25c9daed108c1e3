/** A whole page as one text that needs nothing else: styles, scripts and icons are in it, and a policy lets in nothing more. */
import { createHash } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { scripts as scriptTexts, styles as styleTexts } from './assets.js'

export interface Page {
  readonly title: string
  /** One sentence for whoever lists the page. */
  readonly description?: string
  /** Names of files in `styles`, after `base`. */
  readonly styles?: readonly string[]
  /** Names of files in `browser`. */
  readonly scripts?: readonly string[]
  readonly body: ComponentChildren
  /** What the page may reach beside itself: nothing, where nothing is said. */
  readonly reaches?: {
    /** Pictures of the server it comes from, or of any https address. */
    readonly pictures?: 'own' | 'any'
    /** It listens to the server it comes from. */
    readonly connects?: true
    /** It has forms for the server it comes from. */
    readonly forms?: true
  }
}

/** HTML as a text. Whatever stands in the body is escaped by the renderer; the policy is the second line of defence. */
export function htmlOf(page: Page): string {
  const style = ['base', ...(page.styles ?? [])].map((name) => textOf(styleTexts, name)).join('\n')
  const script = (page.scripts ?? []).map((name) => textOf(scriptTexts, name)).join('\n')
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policyOf(page, style, script)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {/* Without a referrer a form would not tell where it comes from, and could not be told from another site's. */}
        <meta name="referrer" content={page.reaches?.forms ? 'same-origin' : 'no-referrer'} />
        <meta name="generator" content="koo" />
        {page.description === undefined ? null : <meta name="description" content={page.description} />}
        <title>{page.title}</title>
        <link rel="icon" href={icon} />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {page.body}
        {script === '' ? null : <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  )
  return `<!doctype html>\n${renderToString(html)}\n`
}

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b57d0"/><path d="M10 8v16M22 9l-10 8 10 7" stroke="#fff" stroke-width="3.5" fill="none" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`

function textOf(texts: Readonly<Record<string, string>>, name: string): string {
  const text = texts[name]
  if (text === undefined) throw new TypeError(`There is no ${name} among what the build has made for pages.`)
  return text
}

/** Only the page's own style and script, told by their hashes, so that nothing a manifest says can add one. */
function policyOf({ reaches = {} }: Page, style: string, script: string): string {
  const pictures = { own: "'self' data:", any: "'self' data: https:", none: 'data:' }[reaches.pictures ?? 'none']
  return [
    "default-src 'none'",
    `img-src ${pictures}`,
    `style-src ${hashOf(style)}`,
    `script-src ${script === '' ? "'none'" : hashOf(script)}`,
    `connect-src ${reaches.connects ? "'self'" : "'none'"}`,
    `form-action ${reaches.forms ? "'self'" : "'none'"}`,
    "base-uri 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
