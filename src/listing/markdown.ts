/** Markdown of a seller → HTML that does nothing, reaches nothing, and keeps the order of the page's headings. */
import MarkdownIt, { type Env, type Token } from 'markdown-it'
import { elsewhere, linkAddress } from './links.ts'

/** What becomes of a picture: it is shown, or a line says why not. */
export type PictureFate =
  | { readonly is: 'shown'; readonly src: string; readonly width?: number; readonly height?: number }
  | { readonly is: 'left'; readonly why: string }

export interface MarkdownSetting {
  /** Of the first heading of the text; those below follow one by one, whatever levels the author chose. */
  readonly headingLevel: number
  readonly picture: (src: string) => PictureFate
}

interface Setting extends Env {
  readonly setting: MarkdownSetting
}

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 100 })
/** So deep, lists and quotations in one another are plain text; the library would leave out all that follows. */
const deepest = 40
markdown.block.ruler.before('table', 'deepest', (state, start, end, silent) => {
  if (state.level < deepest) return false
  let next = start + 1
  const isOfText = () => next < end && !state.isEmpty(next) && (state.sCount[next] ?? 0) >= state.blkIndent
  while (isOfText()) next += 1
  if (silent) return true
  const text = state.getLines(start, next, state.blkIndent, false).replace(/^[\s>]+/gm, '')
  state.line = next
  if (text === '') return true
  state.push('paragraph_open', 'p', 1).map = [start, next]
  const inline = state.push('inline', '', 0)
  inline.content = text.trimEnd()
  inline.map = [start, next]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  return true
})
// What may be a link is decided here, with the address as a browser reads it; the text of the others is kept.
markdown.validateLink = () => true

const { escapeHtml } = markdown.utils
const { rules } = markdown.renderer

rules.image = (tokens, index, _options, env, renderer) => {
  const token = tokens[index]
  if (token === undefined) return ''
  const src = String(token.attrGet('src') ?? '')
  const alt = renderer.renderInlineAsText(token.children ?? [], markdown.options, env)
  const fate = settingOf(env).picture(src)
  if (fate.is === 'left') return leftPicture(fate.why, alt, src)
  const size = fate.width && fate.height ? ` width="${fate.width}" height="${fate.height}"` : ''
  return `<img src="${escapeHtml(fate.src)}" alt="${escapeHtml(alt)}"${size} decoding="async">`
}
// Without what the author writes behind the fence, which would become a class.
rules.fence = (tokens, index) => codeBlock(tokens[index]?.content ?? '')
rules.code_block = rules.fence
rules.table_open = (tokens, index) =>
  `<div class="scrolled" role="group" tabindex="0" aria-label="${escapeHtml(String(tokens[index]?.meta?.label ?? 'Table'))}"><table>\n`
rules.table_close = () => '</table></div>\n'
rules.link_close = (tokens, index) =>
  `${escapeHtml(String(tokens[index]?.meta?.words ?? ''))}</${tokens[index]?.tag ?? 'span'}>`

/** HTML to be put into a page as it is. */
export function markdownOf(text: string, setting: MarkdownSetting): string {
  const env: Setting = { setting }
  const tokens = markdown.parse(text, env)
  moveHeadings(tokens, setting)
  tidyTables(tokens, setting)
  for (const { children } of tokens) if (children) guardLinks(children, setting)
  return markdown.renderer.render(tokens, markdown.options, env)
}

function settingOf(env: Env | undefined): MarkdownSetting {
  return (env as Setting).setting
}

const longestShown = 120

function leftPicture(why: string, alt: string, src: string): string {
  const address = src.length > longestShown ? `${src.slice(0, longestShown)}…` : src
  const words = [alt.trim() === '' ? '' : `“${alt}”: `, why].join('')
  return `<span class="picture-left">${escapeHtml(words)} <code>${escapeHtml(address)}</code></span>`
}

/** The keyboard can scroll it. */
function codeBlock(content: string): string {
  return `<pre role="group" tabindex="0" aria-label="Code"><code>${escapeHtml(content)}</code></pre>\n`
}

const lowestLevel = 6

/** A heading without words is none, and no level is skipped: each is one below the nearest that stands above it. */
function moveHeadings(tokens: readonly Token[], setting: MarkdownSetting): void {
  const above: number[] = []
  for (const [index, open] of tokens.entries()) {
    if (open.type !== 'heading_open') continue
    const close = tokens[index + 2]
    let tag = 'p'
    if (hasWords(tokens[index + 1]?.children, setting)) {
      const author = Number(open.tag.slice(1))
      while ((above.at(-1) ?? 0) >= author) above.pop()
      above.push(author)
      tag = `h${Math.min(lowestLevel, setting.headingLevel + above.length - 1)}`
    }
    open.tag = tag
    if (close?.type === 'heading_close') close.tag = tag
  }
}

function tidyTables(tokens: readonly Token[], setting: MarkdownSetting): void {
  let start = 0
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'td_open' || token.type === 'th_open') alignByClass(token)
    if (token.type === 'table_open') start = index
    // The head is followed by rows, or by nothing.
    if (token.type === 'thead_close')
      tidyHead(tokens.slice(start, index), tokens[index + 1]?.type === 'tbody_open', setting)
  }
}

/** Cells at the top that say nothing, or head nothing, are no headers; what is left gives the table its name. */
function tidyHead(tokens: readonly Token[], hasRows: boolean, setting: MarkdownSetting): void {
  const names: string[] = []
  for (const [index, cell] of tokens.entries()) {
    if (cell.type !== 'th_open') continue
    const words = wordsOf(tokens[index + 1]?.children ?? [], setting).trim()
    if (hasRows && isVisible(words)) {
      cell.attrSet('scope', 'col')
      names.push(words)
    } else {
      cell.tag = 'td'
      const close = tokens[index + 2]
      if (close !== undefined) close.tag = 'td'
    }
  }
  const [table] = tokens
  if (table !== undefined && names.length > 0) table.meta = { label: `Table of ${names.join(', ')}` }
}

/** By a class, because the policy of the page wants no styles. */
function alignByClass(cell: Token): void {
  const align = /text-align:(center|right)/.exec(String(cell.attrGet('style') ?? ''))?.[1]
  cell.attrs = align === undefined ? null : [['class', `at-${align}`]]
}

/** Links to elsewhere say so to the browser, those without words say their address; the others are only texts. */
function guardLinks(tokens: readonly Token[], setting: MarkdownSetting): void {
  let open: { readonly token: Token; readonly at: number } | undefined
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'link_open') open = { token, at: index }
    if (token.type !== 'link_close' || open === undefined) continue
    const written = String(open.token.attrGet('href') ?? '')
    const address = linkAddress(written)
    if (address === undefined) {
      open.token.tag = 'span'
      token.tag = 'span'
      open.token.attrs = [['class', 'no-link']]
    } else {
      open.token.attrs = [['href', address], ...Object.entries(elsewhere)]
    }
    if (!hasWords(tokens.slice(open.at + 1, index), setting)) token.meta = { words: address ?? written }
    open = undefined
  }
}

function hasWords(tokens: readonly Token[] | null | undefined, setting: MarkdownSetting): boolean {
  return isVisible(wordsOf(tokens ?? [], setting))
}

/** What has no width has no words, though it has characters. */
function isVisible(text: string): boolean {
  return /[^\s\p{Z}\p{C}]/u.test(text)
}

function wordsOf(tokens: readonly Token[], setting: MarkdownSetting): string {
  return tokens
    .map((token) => {
      if (token.tag !== 'img') return token.type === 'softbreak' ? ' ' : token.content
      const isLeft = setting.picture(String(token.attrGet('src') ?? '')).is === 'left'
      return isLeft ? 'picture' : wordsOf(token.children ?? [], setting)
    })
    .join('')
}
