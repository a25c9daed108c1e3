/** Comments that take findings away from a line, each with its reason; and what is wrong with such comments. */
import type { Edit, Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import {
  type DiagnosticCode,
  diagnosticCodeNames,
  diagnosticCodeRow,
  isAdjustable,
  isDiagnosticCode,
  type Stage,
  whyNotAdjustable,
} from '../model/diagnostic-codes.ts'
import { lexemes } from './lexemes.ts'
import { exactSpan, lineAt, lineStarts, type PlaceAt, type Range, withoutMark } from './place.ts'
import { suggest } from './suggest.ts'
import { mentionsSuppression } from './suppression-mark.ts'

interface Suppressed {
  readonly diagnostic: FramedDiagnostic
  readonly reason: string
}

export interface Judged {
  /** What no comment takes away, and what the comments themselves give rise to; in the order of the text. */
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly suppressed: readonly Suppressed[]
}

interface Comment {
  /** From `#` to the end of the line. */
  readonly range: Range
  readonly text: string
  /** Nothing else is on its line. */
  readonly alone: boolean
  /** The next line that has more than a comment. */
  readonly nextLine: number
}

interface Suppression {
  readonly comment: Comment
  readonly line: number
  readonly codes: readonly DiagnosticCode[]
  readonly reason: string
}

const form = /^#+\s*koo-disable([\w-]*)\s*(.*)$/
const forms =
  'Write `# koo-disable-line code: reason` at the end of the line, or `# koo-disable-next-line code: reason` above it.'

/** For the text of a `Source`, with its findings and its `placeAt`. */
export function suppressed(text: string, diagnostics: readonly FramedDiagnostic[], placeAt: PlaceAt): Judged {
  const unread = diagnostics.some((each) => stageOf(each) === 'text')
  if (unread || !mentionsSuppression(text)) return { diagnostics, suppressed: [] }
  // The rules look at a sound shape only, so that without one nothing is known to be unused.
  const looked = !diagnostics.some((each) => stageOf(each) === 'shape')
  // One character for one keeps the offsets, as in `source.ts`.
  const body = withoutMark(text).replace(/\r(?!\n)/g, '\n')
  const starts = lineStarts(body)
  const complaints: FramedDiagnostic[] = []
  const found: Suppressed[] = []
  let left = diagnostics
  for (const comment of commentsOf(body, starts)) {
    const read = readSuppression(comment, lineAt(starts, comment.range[0]))
    if ('complaint' in read) complaints.push(placeAt(read.complaint, comment.range))
    const { suppression } = read
    if (suppression === undefined) continue
    const takes = ({ line, code }: FramedDiagnostic) => line === suppression.line && suppression.codes.includes(code)
    const taken = left.filter(takes)
    found.push(...taken.map((diagnostic) => ({ diagnostic, reason: suppression.reason })))
    left = left.filter((each) => !takes(each))
    const idle = suppression.codes.filter(
      (code) => isAlwaysLookedFor(code) && !taken.some((each) => each.code === code),
    )
    if (looked && idle.length > 0) complaints.push(unused(suppression, idle, { body, starts, placeAt }))
  }
  const all = [...left, ...complaints].sort((a, b) => a.line - b.line || a.column - b.column)
  return { diagnostics: all, suppressed: found }
}

function stageOf({ code }: { readonly code: DiagnosticCode }): Stage {
  return diagnosticCodeRow(code).stage
}

/** What shows between manifests or on the network is only found where that is looked at. */
function isAlwaysLookedFor(code: DiagnosticCode): boolean {
  return stageOf({ code }) === 'rule'
}

/** Only comments that speak of suppressing. */
function commentsOf(body: string, starts: readonly number[]): readonly Comment[] {
  const comments: Comment[] = []
  const contentLines = new Set<number>()
  for (const { type, offset, text } of lexemes(body)) {
    if (type === 'comment') {
      const comment = text.trimEnd()
      const before = body.slice(starts[lineAt(starts, offset) - 1], offset)
      const range: Range = [offset, offset + comment.length]
      if (form.test(comment)) comments.push({ range, text: comment, alone: before.trim() === '', nextLine: 0 })
    } else if (text.trim() !== '') {
      contentLines.add(lineAt(starts, offset))
    }
  }
  return comments.map((comment) => {
    let nextLine = lineAt(starts, comment.range[0]) + 1
    while (nextLine < starts.length && !contentLines.has(nextLine)) nextLine += 1
    return { ...comment, nextLine }
  })
}

interface Read {
  readonly complaint?: Finding
  readonly suppression?: Suppression
}

/** Only a missing reason lets the comment suppress all the same. */
function readSuppression(comment: Comment, ownLine: number): Read {
  const [, kind = '', rest = ''] = form.exec(comment.text) ?? []
  const colon = rest.indexOf(':')
  const words = (colon < 0 ? rest : rest.slice(0, colon)).split(',').map((each) => each.trim())
  const reason = colon < 0 ? '' : rest.slice(colon + 1).trim()
  const codes = words.filter(isDiagnosticCode)
  const wrong = wrongPlace(kind, comment) ?? wrongWord(words)
  if (wrong !== undefined) return { complaint: wrong }
  const line = kind === '-next-line' ? comment.nextLine : ownLine
  const suppression = { comment, line, codes: [...new Set(codes)], reason }
  if (reason !== '') return { suppression }
  const hint = `Add it after a colon: \`${comment.text.replace(/\s*:$/, '')}: reason\`.`
  return { complaint: complain('This comment suppresses a finding without a reason.', hint), suppression }
}

function complain(message: string, hint: string): Finding {
  return { code: 'suppression-form', path: '', message, hint }
}

function wrongPlace(kind: string, { alone }: Comment): Finding | undefined {
  if (kind !== '-line' && kind !== '-next-line') return complain(`There is no \`koo-disable${kind}\`.`, forms)
  if (kind === '-line' && alone) {
    return complain('`koo-disable-line` stands alone on its line.', 'Write `koo-disable-next-line` for the line below.')
  }
  if (kind === '-next-line' && !alone) {
    return complain(
      '`koo-disable-next-line` stands at the end of a line.',
      'Put it on a line of its own, or write `koo-disable-line`.',
    )
  }
  return undefined
}

function wrongWord(words: readonly string[]): Finding | undefined {
  for (const word of words) {
    if (word === '') return complain('This comment does not name the code of a finding.', forms)
    if (!isDiagnosticCode(word)) {
      const meant = suggest(word, diagnosticCodeNames.filter(isAdjustable))
      const hint = meant === undefined ? '`koo explain` lists the codes.' : `Did you mean \`${meant}\`?`
      return complain(`There is no code \`${word}\`.`, hint)
    }
    if (!isAdjustable(word)) {
      return complain(`\`${word}\` cannot be suppressed.`, `Only findings of rules can: ${whyNotAdjustable(word)}.`)
    }
  }
  return undefined
}

interface Place {
  readonly body: string
  readonly starts: readonly number[]
  readonly placeAt: PlaceAt
}

function unused(suppression: Suppression, idle: readonly DiagnosticCode[], place: Place): FramedDiagnostic {
  const { comment, codes } = suppression
  const names = idle.map((code) => `\`${code}\``).join(', ')
  const message = `There is nothing to suppress here: no ${names}.`
  const finding: Finding = { code: 'suppression-unused', path: '', message }
  const rest = codes.filter((code) => !idle.includes(code))
  const fix =
    rest.length === 0
      ? { title: 'Remove the comment', edits: [removal(comment, place)] }
      : { title: `Remove ${names} from the comment`, edits: [narrowing(comment, rest, place)] }
  return { ...place.placeAt(finding, comment.range), fix }
}

/** With the line where nothing else is on it, with the spaces before it otherwise. */
function removal({ range, alone }: Comment, { body, starts }: Place): Edit {
  const line = lineAt(starts, range[0])
  const lineStart = starts[line - 1] ?? 0
  const before = body.slice(lineStart, range[0]).trimEnd().length
  const span: Range = alone ? [lineStart, starts[line] ?? body.length] : [lineStart + before, range[1]]
  return { ...exactSpan(starts, span), text: '' }
}

function narrowing({ range, text }: Comment, codes: readonly DiagnosticCode[], { starts }: Place): Edit {
  const narrowed = text.replace(/(koo-disable[\w-]*\s*)[^:]*/, (_, before: string) => before + codes.join(', '))
  return { ...exactSpan(starts, range), text: narrowed }
}
