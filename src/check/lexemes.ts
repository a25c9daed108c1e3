/** The lexical parts of a YAML text with their offsets: what is a comment, and where spaces carry meaning. */
import { CST, Lexer } from 'yaml'

interface Lexeme {
  /** A block scalar is called so, other plain scalars are `scalar`. */
  readonly type: CST.TokenType | 'block-scalar' | 'scalar'
  readonly offset: number
  readonly text: string
}

/** Of a text without byte order mark. Their texts together are the text. */
export function* lexemes(body: string): Iterable<Lexeme> {
  let offset = 0
  let isScalar = false
  let header = false
  for (const text of new Lexer().lex(body)) {
    if (isScalar) {
      yield { type: header ? 'block-scalar' : 'scalar', offset, text }
      offset += text.length
      isScalar = false
      header = false
    } else if (text === CST.SCALAR) {
      isScalar = true
    } else if (text !== CST.DOCUMENT && text !== CST.FLOW_END) {
      const type = CST.tokenType(text) ?? 'scalar'
      header ||= type === 'block-scalar-header'
      yield { type, offset, text }
      offset += text.length
    }
  }
}

/** Whether a text has no more parts than the limit, without looking at those beyond it. */
export function hasFewParts(body: string, limit: number): boolean {
  let count = 0
  for (const _ of lexemes(body)) {
    count += 1
    if (count > limit) return false
  }
  return true
}
