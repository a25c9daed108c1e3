/** The errors and warnings of the `yaml` package in plain sentences, each at the place to mend. */
import { type Document, type ErrorCode, isScalar, type Node, visit, type YAMLError } from 'yaml'
import { rangeOfNode } from './aliases.ts'
import { lexemes } from './lexemes.ts'
import type { Range } from './place.ts'
import { firstWord, lineEnd, lineStart, wordAt } from './words.ts'

export interface Told {
  readonly message: string
  readonly hint?: string
  readonly range: Range
}

interface Problem {
  readonly message: string
  readonly range: Range
  /** The text at the range. */
  readonly at: string
  readonly body: string
  readonly document: Document
}

type Teller = (error: Problem) => Partial<Told> & Pick<Told, 'message'>

const quotes = 'Put the text in quotes.'
const marks = 'A text with marks of YAML, such as brackets or `: `, needs quotes.'
const indentation = 'Lines that belong together begin at the same column.'

export function explain(error: YAMLError, body: string, document: Document): Told {
  const [start, end] = error.pos
  const range: Range = [start, Math.max(start, end)]
  const told = tellers[error.code]({ message: error.message, range, at: body.slice(...range), body, document })
  return { range, hint: marks, ...told }
}

const tellers: Readonly<Record<ErrorCode, Teller>> = {
  ALIAS_PROPS: () => ({
    message: 'An alias takes no anchor and no tag of its own.',
    hint: 'Remove what stands before it.',
  }),
  BAD_ALIAS: ({ at, message }) =>
    message.includes('ambiguous')
      ? { message: 'The name of an anchor cannot end in a colon.', hint: 'Put a space before the colon.' }
      : { message: `A text cannot begin with \`${at}\`, which marks an anchor or an alias.`, hint: quotes },
  BAD_DIRECTIVE: ({ at }) => ({
    message: `YAML does not know this directive: \`${at}\`.`,
    hint: 'Remove it; a text that begins with `%` needs quotes.',
  }),
  BAD_DQ_ESCAPE: ({ body, range }) => ({
    message: `\`${body.slice(range[0], range[0] + 2)}\` means nothing within double quotes.`,
    hint: 'Write `\\\\` for a backslash, or use single quotes.',
    range: [range[0], range[0] + 2],
  }),
  BAD_INDENT: unevenLine,
  BAD_PROP_ORDER: ({ at }) => ({
    message: 'Anchors and tags stand after the dash or colon.',
    hint: `Put them after \`${at}\`.`,
  }),
  BAD_SCALAR_START: ({ at }) => ({
    message: `A text cannot begin with ${at === '`' ? 'a backtick' : `\`${at}\``}.`,
    hint: quotes,
  }),
  BLOCK_AS_IMPLICIT_KEY: mappingInLine,
  BLOCK_IN_FLOW: ({ body, range }) =>
    body.slice(...range).includes(': ')
      ? { message: 'A comma is missing in this line, or a text with `: ` needs quotes.' }
      : { message: 'Within brackets, lists and mappings have brackets too.' },
  DUPLICATE_KEY: () => ({ message: 'This key stands twice in the same mapping.' }),
  IMPOSSIBLE: () => ({ message: 'YAML cannot read this.' }),
  KEY_OVER_1024_CHARS: () => ({
    message: 'This key has more than 1024 characters.',
    hint: 'A text with `: ` needs quotes.',
  }),
  MISSING_CHAR: missing,
  MULTILINE_IMPLICIT_KEY: noColon,
  MULTIPLE_ANCHORS: () => ({
    message: 'A value can have one anchor.',
    hint: 'A text that begins with `&` needs quotes.',
  }),
  MULTIPLE_DOCS: () => ({
    message: 'A second YAML document begins here; a manifest is one document.',
    hint: 'Remove the line `---` or `...`, or give each product its own file.',
  }),
  MULTIPLE_TAGS: () => ({ message: 'A value can have one tag.', hint: 'A text that begins with `!` needs quotes.' }),
  NON_STRING_KEY: ({ at, body, range }) => ({
    message: 'A key is a text; this is none.',
    hint:
      /[{[]/.test(at) || body[range[0] - 1] === '{'
        ? 'A text that begins with a bracket needs quotes.'
        : 'Write a plain key.',
  }),
  RESOURCE_EXHAUSTION: () => ({ message: 'This file is nested too deeply to be a manifest.' }),
  TAB_AS_INDENT: () => ({
    message: 'Indent with spaces; YAML does not take tabs.',
    hint: 'Write spaces in place of the tab; editors do so by themselves when told.',
  }),
  TAG_RESOLVE_FAILED: ({ at }) => ({
    message: `A manifest has no use for the tag \`${at}\`.`,
    hint: 'Remove it; a text that begins with `!` needs quotes.',
  }),
  UNEXPECTED_TOKEN: unexpected,
  BAD_COLLECTION_TYPE: ({ at }) => ({ message: `The tag \`${at}\` does not fit what follows it.`, hint: 'Remove it.' }),
}

/** Two colons in a line, or a line indented deeper than the one above it, which has its value already. */
function mappingInLine({ body, range, document }: Problem): ReturnType<Teller> {
  const [start] = range
  if (body.startsWith('- ', firstWord(body, start))) {
    return {
      message: 'This dash does not stand under the dashes of its list.',
      hint: indentation,
      range: wordAt(body, start),
    }
  }
  const over = document.errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === start)
  if (over !== undefined) {
    const word = wordAt(body, lineStart(body, over.pos[1]))
    return {
      message: 'This line is indented deeper, but the line above has a value already.',
      hint: indentation,
      range: word,
    }
  }
  const line = body.slice(start, lineEnd(body, start))
  const text = line.replace(/\s+#.*$/, '').trimEnd()
  const hint = text.length > 60 || text.includes('"') ? quotes : `Put the text in quotes: "${text}".`
  return {
    message: 'YAML takes a text with a colon and a space for a mapping.',
    hint,
    range: [start, start + text.length],
  }
}

function unevenLine(error: Problem): ReturnType<Teller> {
  const { message, body, range } = error
  const bracket = /end with a ([\]}])/.exec(message)?.[1]
  if (bracket !== undefined) return openBracket(bracket, error)
  if (message.startsWith('Block scalar'))
    return { message: 'This line is indented less than its text.', hint: indentation }
  const word = wordAt(body, range[0])
  if (body.startsWith('-', word[0])) {
    return { message: 'This dash does not stand under the dashes of its list.', hint: indentation, range: word }
  }
  return { message: 'This line does not begin at the column of those it belongs to.', hint: indentation, range: word }
}

/** Told at the bracket that opens and is not closed before the place of the error. */
function openBracket(bracket: string, { body, range }: Problem): ReturnType<Teller> {
  const open: number[] = []
  for (const { type, offset } of lexemes(body)) {
    if (offset >= range[0]) break
    if (type === 'flow-map-start' || type === 'flow-seq-start') open.push(offset)
    if (type === 'flow-map-end' || type === 'flow-seq-end') open.pop()
  }
  const start = open.at(-1) ?? range[0]
  return { message: `This bracket is not closed: a \`${bracket}\` is missing.`, range: [start, start + 1] }
}

function noColon({ body, range, at }: Problem): ReturnType<Teller> {
  const end = Math.min(lineEnd(body, range[0]), range[1])
  const glued = /^([\w-]+):\S/.exec(at)?.[1]
  const line: Range = [range[0], end]
  if (glued !== undefined)
    return { message: 'There is no space after the colon.', hint: `Write \`${glued}: \`.`, range: line }
  return { message: 'There is no colon after this key.', hint: 'Write `key: value`.', range: line }
}

function missing(error: Problem): ReturnType<Teller> {
  const { message, range, body } = error
  if (message.includes('closing')) return openQuote(error)
  if (message.startsWith('Implicit map keys')) return noColon(error)
  if (message.startsWith('Comments'))
    return { message: 'A comment needs a space before its `#`.', hint: 'A text with `#` may need quotes.' }
  if (message.includes('directives-end/') || message.includes('directives-end indicator')) {
    return { message: 'After a directive, a line `---` is missing.', hint: 'Remove the line that begins with `%`.' }
  }
  if (message.startsWith('Block collection')) return { message: 'Begin the manifest on the line after `---`.' }
  if (message.startsWith('Flow')) return openBracket(message.includes(']') ? ']' : '}', error)
  const between = /^Missing (,|, or :) between/.exec(message)
  if (between) return { message: 'A comma is missing before this entry.' }
  if (message.startsWith('Missing space after :')) return { message: 'There is no space after the colon.' }
  if (message.startsWith('Block scalars with'))
    return { message: 'The first lines of this text are indented deeper than the rest.', hint: indentation }
  if (message.startsWith('Sequence item'))
    return { message: 'This line has no dash, but stands under the dashes of a list.', range: wordAt(body, range[0]) }
  return { message: 'Something is missing here.', hint: 'An anchor or a tag is followed by a space or a line end.' }
}

/** Told at the quote that opens: where the text ends, nothing can be seen. */
function openQuote({ range, document, message }: Problem): ReturnType<Teller> {
  const mark = message.includes('"') ? '"' : "'"
  let opened: Node | undefined
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && node.type?.startsWith('QUOTE') && rangeOfNode(node)[1] === range[0]) opened = node
    },
  })
  const [start] = opened === undefined ? range : rangeOfNode(opened)
  return { message: 'This quote is not closed.', hint: `End the text with \`${mark}\`.`, range: [start, start + 1] }
}

function unexpected({ message, at, body, range }: Problem): ReturnType<Teller> {
  const [start] = range
  const line = body.slice(lineStart(body, start), start)
  if (message.startsWith('Not a YAML token') || message.startsWith('Block scalar header')) {
    return {
      message: 'After `|` and `>` the text begins on the next line.',
      hint: 'For a text of one line, remove the mark or use quotes.',
    }
  }
  if (/^Unexpected flow-(seq|map)-end/.test(message)) return { message: `Nothing is open that this \`${at}\` closes.` }
  if (/^Unexpected (,|empty item)/.test(message)) return { message: 'An entry is missing before this comma.' }
  if (message.includes('block-seq-ind')) {
    return {
      message: 'A list cannot begin on the line of its key.',
      hint: 'Begin it on the next line; a text that begins with `- ` needs quotes.',
    }
  }
  if (line.trim() === '') {
    return {
      message: 'This line does not belong to what stands above it.',
      hint: indentation,
      range: wordAt(body, start),
    }
  }
  if (/[*]\S*\s*$/.test(line))
    return { message: 'Nothing can stand after an alias.', hint: 'A text that begins with `*` needs quotes.' }
  if (/'\s*$/.test(line)) {
    return {
      message: 'The text ends at the quote before this.',
      hint: "Within single quotes write '' for one, or use double quotes.",
    }
  }
  if (/"\s*$/.test(line)) {
    return {
      message: 'The text ends at the quote before this.',
      hint: 'Within double quotes write \\" for one, or use single quotes.',
    }
  }
  return { message: 'YAML does not expect this here.', hint: 'A text with marks such as `: ` or ` #` needs quotes.' }
}
