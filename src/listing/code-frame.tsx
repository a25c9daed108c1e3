/** A finding about the text of a manifest, with the lines around it. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { Notice, Scrolled } from '../web/parts.tsx'
import { whereOf } from './finding-remarks.ts'

/** Longer lines are cut, around the place of the mistake. */
const longestLine = 160

/** What a page says of a text that cannot be read. */
export function CodeFrame({ diagnostic }: { readonly diagnostic: FramedDiagnostic }) {
  const { message, hint, source, severity, frame, line, column, endColumn } = diagnostic
  const cut = column > longestLine ? column - longestLine / 2 : 0
  const where = whereOf(diagnostic)
  return (
    <Notice tone={severity === 'error' ? 'bad' : 'warning'} title={message}>
      <p class="small">
        <code>{where}</code>
        {hint === undefined ? null : ` – ${hint}`}
        {source === undefined ? null : (
          <>
            {' '}
            <a href={source} rel="noopener noreferrer nofollow">
              The rule
            </a>
          </>
        )}
      </p>
      {frame.length === 0 ? null : (
        <Scrolled label={`Lines around ${where}`}>
          <pre class="code-frame">
            {frame.map((each) => (
              <FrameLine
                key={each.line}
                {...each}
                {...(each.line === line ? { marked: [column, endColumn] } : {})}
                cut={cut}
              />
            ))}
          </pre>
        </Scrolled>
      )}
    </Notice>
  )
}

interface Line {
  readonly line: number
  readonly text: string
  readonly cut: number
  /** Columns, counted from 1; the end is exclusive. */
  readonly marked?: readonly [number, number]
}

function FrameLine({ line, text, cut, marked }: Line) {
  const end = cut + longestLine
  const rest = text.length > end ? '…' : ''
  const [from, to] = marked === undefined ? [end, end] : [marked[0] - 1, Math.min(marked[1] - 1, end)]
  return (
    <span class={marked === undefined ? 'frame-line' : 'frame-line here'}>
      <span class="frame-number">{line}</span>
      {cut > 0 ? '…' : ''}
      {text.slice(cut, from)}
      {marked === undefined ? null : <mark>{text.slice(from, to) || ' '}</mark>}
      {text.slice(to, end)}
      {`${rest}\n`}
    </span>
  )
}
