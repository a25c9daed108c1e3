/** Who states the requirement behind a code, in a sentence: shared by SARIF's rules and the Markdown of `koo explain`. */
import { type DiagnosticCode, type DiagnosticCodeRow, sourceOf } from '../../model/diagnostic-codes.ts'
import { pageOf } from '../../model/pages.ts'
import { linked } from './markdown-text.ts'

interface CodeSource {
  readonly title: string
  readonly address?: string
  /** ISO date. */
  readonly read?: string
}

export function codeSource(code: DiagnosticCode, { source }: Pick<DiagnosticCodeRow, 'source'>): CodeSource {
  if (source === 'koo') return { title: 'the manifest’s own contract' }
  const address = sourceOf(code)
  if (source === 'yaml') return { title: 'the YAML specification', ...(address === undefined ? {} : { address }) }
  return pageOf(source)
}

export function sourceText(code: DiagnosticCode, row: Pick<DiagnosticCodeRow, 'source'>): string {
  const { title, address, read } = codeSource(code, row)
  return `Source: ${title}${address === undefined ? '' : `, ${address}`}${read === undefined ? '' : ` (read ${read})`}.`
}

export function sourceMarkdown(code: DiagnosticCode, row: Pick<DiagnosticCodeRow, 'source'>): string {
  const { title, address, read } = codeSource(code, row)
  return `Source: ${linked(title, address)}${read === undefined ? '' : `, read ${read}`}.`
}
