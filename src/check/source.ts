/** A manifest's text: its value, and where in the text each part of the value stands. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import type { Diagnostic, Finding, FramedDiagnostic, Span } from '../model/diagnostic.ts'
import { type DiagnosticCode, diagnosticCodeRow, sourceOf } from '../model/diagnostic-codes.ts'
import { partsOf } from '../model/pointer.ts'

export interface Source {
  /** As the user named it. */
  readonly file: string
  /** Undefined where the text could not be read at all. */
  readonly value: unknown
  /** What is wrong with the text itself; with an error among them the value means nothing. */
  readonly diagnostics: readonly FramedDiagnostic[]
  /** Gives a finding its place in the text. */
  readonly place: (finding: Finding) => FramedDiagnostic
}

type Range = readonly [start: number, end: number]

const linesBefore = 2
const linesAfter = 1

/** Reads YAML or JSON (which is YAML). Never throws: what cannot be read becomes a diagnostic. */
export function readSource(file: string, bytes: Uint8Array): Source {
  const text = decode(bytes)
  if (text === undefined) {
    const place = placer(file, '', new LineCounter(), () => [0, 0])
    const message = 'This file is not UTF-8 text.'
    return { file, value: undefined, diagnostics: [place({ code: 'unreadable-text', path: '', message })], place }
  }
  const counter = new LineCounter()
  const document = parsed(text, counter)
  if (document === undefined || document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    return tooDeep(file, text, counter)
  }
  const place = placer(file, text, counter, (finding) => rangeOf(document, finding))
  const json = file.endsWith('.json') ? jsonTrouble(text) : undefined
  const troubles = json === undefined ? worthTelling(document.errors) : [json]
  const diagnostics = troubles.map(({ code, message, pos }) =>
    placer(file, text, counter, () => pos)({ code, path: '', message }),
  )
  if (diagnostics.length > 0) return { file, value: undefined, diagnostics, place }
  try {
    return { file, value: document.toJS(), diagnostics, place }
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(file, text, counter)
    return { file, value: undefined, diagnostics: [aliasTrouble(document, file, text, counter)], place }
  }
}

function tooDeep(file: string, text: string, counter: LineCounter): Source {
  const place = placer(file, text, counter, () => [0, 0])
  const message = 'This file is nested too deeply to be a manifest.'
  const diagnostics = [place({ code: 'yaml-syntax', path: '', message, hint: 'A manifest nests a few levels.' })]
  return { file, value: undefined, diagnostics, place }
}

/** `yaml` refuses aliases without an anchor, and documents whose aliases multiply beyond reason. */
function aliasTrouble(document: Document, file: string, text: string, counter: LineCounter): FramedDiagnostic {
  let first: Alias | undefined
  let loose: Alias | undefined
  visit(document, {
    Alias(_, alias) {
      first ??= alias
      if (alias.resolve(document) === undefined) loose ??= alias
    },
  })
  const [message, hint] = loose
    ? [`There is no anchor \`&${loose.source}\` before this alias.`, 'Define the anchor above, or write the value out.']
    : ['The aliases of this file multiply beyond reason.', 'Write the values out.']
  return placer(file, text, counter, () => nodeRange(loose ?? first ?? null))({
    code: 'yaml-syntax',
    path: '',
    message,
    hint,
  })
}

interface Trouble {
  readonly code: 'yaml-syntax' | 'duplicate-key'
  readonly message: string
  readonly pos: Range
}

/** Every repeated key, but of the rest only the first: what follows a syntax error is mostly its echo. */
function worthTelling(errors: Document['errors']): readonly Trouble[] {
  const troubles = errors.map(
    ({ code, message, pos }): Trouble => ({
      code: code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax',
      message: sentences[code] ?? sentence(message),
      pos,
    }),
  )
  const first = troubles.find(({ code }) => code === 'yaml-syntax')
  return first ? [first] : troubles
}

/** JSON is YAML, but a file that calls itself JSON has to be read by others too. */
function jsonTrouble(text: string): Trouble | undefined {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''))
    return undefined
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    const at = Number(/position (\d+)/.exec(told)?.[1] ?? text.length)
    const message = `This is not JSON: ${sentence(told.replace(/ in JSON at position \d+.*$/s, ''))}`
    return { code: 'yaml-syntax', message, pos: [at, at + 1] }
  }
}

/** Undefined where the nesting is deeper than the parser's stack. */
function parsed(text: string, counter: LineCounter): Document | undefined {
  try {
    return parseDocument(text, { lineCounter: counter, prettyErrors: false })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/** Where the parser speaks to programmers. */
const sentences: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'This key stands twice in the same mapping.',
  MULTIPLE_DOCS: 'A second YAML document begins here; a manifest is one document.',
  TAB_AS_INDENT: 'Indent with spaces; YAML does not take tabs.',
}

function sentence(text: string): string {
  const first = text.split('\n')[0]?.trim() ?? ''
  return /[.!?]$/.test(first) ? first : `${first}.`
}

function placer(file: string, text: string, counter: LineCounter, range: (finding: Finding) => Range) {
  const lines = text.split(/\r\n|\n|\r/)
  return (finding: Finding): FramedDiagnostic => {
    const span = spanOf(range(finding), counter, lines)
    const source = sourceOf(finding.code)
    const first = Math.max(1, span.line - linesBefore)
    const last = Math.min(lines.length, span.line + linesAfter)
    const frame = lines.slice(first - 1, last).map((each, index) => ({ line: first + index, text: each }))
    return { ...diagnostic(file, span, finding, finding.code), ...(source === undefined ? {} : { source }), frame }
  }
}

function diagnostic(file: string, span: Span, finding: Finding, code: DiagnosticCode): Diagnostic {
  const { severity, mend } = diagnosticCodeRow(code)
  const { path, message, hint = mend } = finding
  return { file, ...span, severity, code, path, message, hint }
}

/** A range of several lines is cut at the end of its first, where the eye should go. */
function spanOf([start, end]: Range, counter: LineCounter, lines: readonly string[]): Span {
  const from = counter.linePos(start)
  const line = Math.max(1, from.line)
  const column = Math.max(1, from.col)
  const to = counter.linePos(Math.max(start, end))
  const lineEnd = (lines[line - 1]?.length ?? 0) + 1
  const endColumn = to.line === line ? Math.max(to.col, column + 1) : Math.max(lineEnd, column + 1)
  return { line, column, endLine: line, endColumn }
}

/** Where a finding points: the value, the key, or, for what is missing, the key of what lacks it. */
function rangeOf(document: Document, finding: Finding): Range {
  let node: Node | null = document.contents as Node | null
  let key: Node | null = null
  for (const part of partsOf(finding.path)) {
    const next = step(node, part)
    if (next === undefined) return nodeRange(key ?? firstKey(node) ?? node)
    key = next.key ?? key
    node = next.value
  }
  if (finding.path === '' || finding.at === 'key') return nodeRange(key ?? firstKey(node) ?? node)
  return nodeRange(isScalar(node) && node.value === null ? (key ?? node) : (node ?? key))
}

function step(node: Node | null, part: string): { readonly key: Node | null; readonly value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === part)
    return pair && { key: pair.key as Node, value: pair.value as Node | null }
  }
  if (isSeq(node)) {
    const item = node.items[Number(part)] as Node | undefined
    return item === undefined ? undefined : { key: null, value: item }
  }
  return isAlias(node) ? { key: null, value: node } : undefined
}

function firstKey(node: Node | null): Node | null {
  return isMap(node) ? ((node.items[0]?.key as Node | undefined) ?? null) : null
}

function nodeRange(node: Node | null): Range {
  const range = node?.range
  return range ? [range[0], range[1]] : [0, 0]
}
