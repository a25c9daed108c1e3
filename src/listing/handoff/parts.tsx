/** The parts of a hand-over's page: a field, a table, several under a heading, and what is said of them. */
import type {
  HandoffEntry,
  HandoffField,
  HandoffFile,
  HandoffNote,
  HandoffSource,
  HandoffTable,
  HandoffWarning,
} from '../../model/handoff.ts'
import { Icon } from '../../web/icons.tsx'
import { Badge, Notice, Scrolled } from '../../web/parts.tsx'
import { siteNames } from './sizes.ts'

export function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

export function Entry({
  entry,
  level,
  files,
}: {
  readonly entry: HandoffEntry
  readonly level: 3 | 4 | 5
  readonly files: readonly HandoffFile[]
}) {
  if (entry.is === 'field') return <Field field={entry} file={files.find(({ field }) => field === entry.path)} />
  const Heading = `h${level}` as const
  const below = level === 3 ? 4 : 5
  return (
    <div class="handoff-part">
      <Heading>
        {entry.title} {entry.is === 'table' ? <Named named={entry.named} /> : null}
      </Heading>
      <Warnings warnings={entry.warnings} />
      <Notes notes={entry.notes} />
      {entry.is === 'table' ? (
        <Table table={entry} />
      ) : (
        entry.entries.map((each) => <Entry key={each.path} entry={each} level={below} files={files} />)
      )}
    </div>
  )
}

function Field({ field, file }: { readonly field: HandoffField; readonly file: HandoffFile | undefined }) {
  const { id, digest, path, label, named, value, how, written, size, notes, warnings, fixed } = field
  const name = `tick${id.replace(/[^\w-]/g, '-')}`
  return (
    <div class="handoff-field">
      <input type="checkbox" id={name} data-tick={id} data-digest={digest} />
      <div class="handoff-label">
        <label for={name}>{label}</label> <Named named={named} />
        {fixed ? <Badge tone="warning">Fixed after release</Badge> : null}
      </div>
      <div class="handoff-body">
        <div class={`handoff-value ${how}`}>
          <Value how={how} value={value} file={file} />
          <CopyButton text={value} label={label} />
        </div>
        <p class="handoff-meta">
          {[how === 'choose' ? 'Choose it' : undefined, size].filter(Boolean).join(' · ')}
          {how === 'choose' || size !== undefined ? ' · ' : ''}
          {path === '' ? 'not in koo.yaml' : <code>{path}</code>}
          {written === undefined ? null : (
            <>
              {' '}
              = <code>{written}</code>
            </>
          )}
        </p>
        {file === undefined ? null : (
          <p class="handoff-meta">
            SHA-256 <code class="handoff-hash">{file.sha256}</code>
          </p>
        )}
        <Warnings warnings={warnings} />
        <Notes notes={notes} />
      </div>
    </div>
  )
}

function Value({
  how,
  value,
  file,
}: {
  readonly how: HandoffField['how']
  readonly value: string
  readonly file: HandoffFile | undefined
}) {
  if (how === 'lines') return <pre>{value}</pre>
  if (file === undefined) return <span class="handoff-text">{value}</span>
  return (
    <a class="handoff-text" href={hrefOf(file.path)}>
      <Icon name="file" /> {value}
    </a>
  )
}

/** Copies exactly the text. */
export function CopyButton({
  text,
  label,
  small,
}: {
  readonly text: string
  readonly label: string
  readonly small?: true
}) {
  return (
    <button type="button" class={small ? 'handoff-copy small' : 'handoff-copy'} data-copy={text} hidden>
      {small ? null : <Icon name="copy" />}
      <span data-told="">Copy</span>
      <span class="unseen"> {label}</span>
    </button>
  )
}

function Table({ table: { title, columns, rows } }: { readonly table: HandoffTable }) {
  return (
    <Scrolled label={`${title}, ${rows[0]?.id ?? ''}`}>
      <table class="handoff-table">
        <thead>
          <tr>
            <th scope="col">Done</th>
            {columns.map(({ label, named, unit }) => (
              <th scope="col" key={label}>
                {label} <Named named={named} short />
                {unit === undefined ? null : <span class="handoff-unit">{unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, digest, cells }, index) => (
            <tr key={id}>
              <td>
                <input type="checkbox" aria-label={`${title}, row ${index + 1}`} data-tick={id} data-digest={digest} />
              </td>
              {cells.map((cell, column) => (
                <td key={columns[column]?.label}>
                  {cell === undefined || cell.leftOut === 'words' ? (
                    <span class="quiet">{cell?.value ?? '–'}</span>
                  ) : (
                    <span class="handoff-cell">
                      <span class="handoff-text">{cell.value}</span>
                      <CopyButton text={cell.value} label={`${columns[column]?.label}, row ${index + 1}`} small />
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="handoff-meta">
        <code>{rows[0]?.id.replace(/\/\d+$/, '')}</code>
      </p>
    </Scrolled>
  )
}

/** Whether a label is the console's, and where that stands. */
function Named({ named, short }: { readonly named: HandoffSource | undefined; readonly short?: true }) {
  if (named === undefined) return short ? null : <span class="handoff-named">label not documented</span>
  return (
    <span class="handoff-named">
      <SourceLink source={named} text={short ? 'source' : 'label’s source'} />
    </span>
  )
}

function SourceLink({ source, text }: { readonly source: HandoffSource; readonly text: string }) {
  return (
    <a href={source.address} title={source.title} rel="noopener noreferrer nofollow">
      {text}
    </a>
  )
}

export function Source({ note: { source, inferred } }: { readonly note: HandoffNote }) {
  if (source === undefined && !inferred) return null
  return (
    <span class="handoff-source">
      {source?.site === undefined ? null : <Badge>{siteNames[source.site]}</Badge>}
      {inferred ? <Badge>inferred</Badge> : null}
      {source === undefined ? null : (
        <SourceLink source={source} text={source.title.replace(/ \((European|China) site\)$/, '')} />
      )}
    </span>
  )
}

export function Notes({ notes }: { readonly notes: readonly HandoffNote[] }) {
  if (notes.length === 0) return null
  return (
    <ul class="handoff-notes">
      {notes.map((note) => (
        <li key={note.text}>
          {note.text} <Source note={note} />
        </li>
      ))}
    </ul>
  )
}

export function Warnings({ warnings }: { readonly warnings: readonly HandoffWarning[] }) {
  return (
    <>
      {warnings.map(({ code, message, hint, where }) => (
        <Notice key={`${where} ${code}`} tone="warning">
          <p>{message}</p>
          <p class="small">
            {hint === undefined ? '' : `${hint} `}
            <code>{where}</code> <code>{code}</code>
          </p>
        </Notice>
      ))}
    </>
  )
}
