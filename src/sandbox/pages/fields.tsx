/** The manifest field by field, with findings and complaints at their fields, and room for new complaints. */
import type { ComponentChildren } from 'preact'
import type { Finding } from '../../model/diagnostic.ts'
import { diagnosticCodeRow } from '../../model/diagnostic-codes.ts'
import type { Complaint } from '../../model/release.ts'
import { Icon } from '../../web/icons.tsx'
import { Section } from '../../web/parts.tsx'
import type { FieldNode } from './field-tree.ts'

export interface Judging {
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  readonly complaints: ReadonlyMap<string, readonly Complaint[]>
  /** Addresses of files by the path the manifest names them by. */
  readonly files: ReadonlyMap<string, string>
  /** What was typed so far, by path; left out where there is no verdict to give. */
  readonly typed?: ReadonlyMap<string, string> | undefined
}

/** What a form calls the complaint at a path. */
export const complaintName = (path: string): string => `complaint:${path}`
export const longestComplaint = 4000

export function ManifestFields({
  nodes,
  judging,
}: {
  readonly nodes: readonly FieldNode[]
  readonly judging: Judging
}) {
  const groups = nodes.filter(({ below }) => below.length > 0)
  const single = nodes.filter(({ below }) => below.length === 0)
  return (
    <>
      {groups.map((each) => (
        <section key={each.path} class="card" aria-labelledby={each.id}>
          <div class="field-group-head">
            <h2 id={each.id}>{each.title}</h2>
            <Complain node={each} judging={judging} />
          </div>
          <Remarks node={each} judging={judging} />
          <Below nodes={each.below} judging={judging} level={3} />
        </section>
      ))}
      {single.length === 0 ? null : (
        <Section id="manifest" title="Manifest">
          <Below nodes={single} judging={judging} level={3} />
        </Section>
      )}
    </>
  )
}

interface Inside {
  readonly nodes: readonly FieldNode[]
  readonly judging: Judging
  readonly level: 3 | 4 | 5 | 6
}

function Below({ nodes, judging, level }: Inside) {
  return (
    <div class="fields">
      {nodes.map((each) =>
        each.below.length === 0 ? (
          <Leaf key={each.path} node={each} judging={judging} />
        ) : (
          <Group key={each.path} node={each} judging={judging} level={level} />
        ),
      )}
    </div>
  )
}

function Group({ node, judging, level }: { readonly node: FieldNode } & Omit<Inside, 'nodes'>) {
  const Heading = `h${level}` as const
  return (
    <div class="field-group">
      <div class="field-group-head">
        <Heading id={node.id}>{node.title}</Heading>
        <Complain node={node} judging={judging} />
      </div>
      <Remarks node={node} judging={judging} />
      <Below nodes={node.below} judging={judging} level={level === 6 ? 6 : ((level + 1) as 4 | 5 | 6)} />
    </div>
  )
}

function Leaf({ node, judging }: { readonly node: FieldNode; readonly judging: Judging }) {
  return (
    <div class="field" id={node.id}>
      <p class="field-name">
        {node.title}
        <code>{node.path}</code>
      </p>
      <div class="field-value">
        <Value node={node} files={judging.files} />
        <Remarks node={node} judging={judging} />
      </div>
      <Complain node={node} judging={judging} />
    </div>
  )
}

function Value({ node: { value, field }, files }: { readonly node: FieldNode; readonly files: Judging['files'] }) {
  if (value === '' || (typeof value === 'object' && value !== null)) return <p class="quiet">(empty)</p>
  const text = String(value)
  if (typeof value === 'boolean') return <p>{value ? 'Yes' : 'No'}</p>
  const href = field?.kind === 'file' ? files.get(text) : undefined
  if (href !== undefined) {
    return (
      <p>
        <a href={href}>{text}</a>
      </p>
    )
  }
  if (field?.kind === 'choice') {
    const title = Object.hasOwn(field.options, text) ? field.options[text] : undefined
    return (
      <p>
        <code>{text}</code> {title === undefined ? null : <span class="quiet small">{title}</span>}
      </p>
    )
  }
  if (field?.kind === 'text' && field.long === true) {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
      <section class="long-text" aria-label={field.title} tabIndex={0}>
        {text}
      </section>
    )
  }
  return <p class="pre-line">{text}</p>
}

/** What the rules and earlier reviewers say of a field. */
function Remarks({ node: { path }, judging }: { readonly node: FieldNode; readonly judging: Judging }) {
  const complaints = judging.complaints.get(path) ?? []
  const findings = judging.findings.get(path) ?? []
  if (complaints.length + findings.length === 0) return null
  return (
    <ul class="remarks">
      {complaints.map(({ message }) => (
        <RemarkLine key={message} tone="bad" word="Complaint">
          {message}
        </RemarkLine>
      ))}
      {findings.map((each) => (
        <FindingLine key={each.message} finding={each} />
      ))}
    </ul>
  )
}

export function FindingLine({ finding: { code, message, hint } }: { readonly finding: Finding }) {
  const isError = diagnosticCodeRow(code).severity === 'error'
  return (
    <RemarkLine tone={isError ? 'bad' : 'warning'} word={isError ? 'Error' : 'Warning'}>
      {message} <code>{code}</code>
      {hint === undefined ? null : <span class="quiet"> {hint}</span>}
    </RemarkLine>
  )
}

export function RemarkLine({
  tone,
  word,
  children,
}: {
  readonly tone: 'bad' | 'warning'
  readonly word: string
  readonly children: ComponentChildren
}) {
  return (
    <li class={tone}>
      <Icon name={tone === 'bad' ? 'error' : 'warning'} />
      <span class="pre-line">
        <span class="unseen">{word}: </span>
        {children}
      </span>
    </li>
  )
}

function Complain({
  node: { path, title, id },
  judging: { typed },
}: {
  readonly node: FieldNode
  readonly judging: Judging
}) {
  if (typed === undefined) return null
  const text = typed.get(path) ?? ''
  return (
    <details class="complain" open={text !== ''}>
      <summary>
        Complain<span class="unseen"> about {title}</span>
      </summary>
      <label for={`${id}-complaint`}>
        What is wrong with <q>{title}</q>
      </label>
      <textarea id={`${id}-complaint`} name={complaintName(path)} maxlength={longestComplaint} rows={2}>
        {text}
      </textarea>
    </details>
  )
}
