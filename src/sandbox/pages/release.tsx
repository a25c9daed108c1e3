/** A release as a reviewer sees it: what it says, what is to be said of it, and the form of the verdict. */

import type { ComponentChildren } from 'preact'
import { bytesText } from '../../model/bytes-text.ts'
import type { Finding } from '../../model/diagnostic.ts'
import { diagnosticCodeRow } from '../../model/diagnostic-codes.ts'
import { Facts, Notice, Scrolled, Section } from '../../web/parts.tsx'
import type { Release } from '../market.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { titleOf } from './catalogue.tsx'
import { Changes } from './changes.tsx'
import { allNodes, type FieldNode, fieldTree, placed } from './field-tree.ts'
import { complaintName, FindingLine, longestComplaint, ManifestFields, RemarkLine } from './fields.tsx'
import { page, productAddress, releaseAddress, State, Time, Token, Trail } from './frame.tsx'
import { type Asked, findingsOf, releaseAsked } from './release-asked.ts'
import { countText, spanText, stateTitles } from './shown.ts'

/** What a verdict that was not given had in it, and why it was not given. */
export interface NotGiven {
  readonly status: number
  readonly title: string
  readonly text: string
  /** By path. */
  readonly typed: ReadonlyMap<string, string>
}

export function releasePage(ask: Ask): Promise<Answer> {
  return drawnRelease(ask, releaseAsked(ask))
}

export async function drawnRelease(ask: Ask, asked: Asked, notGiven?: NotGiven): Promise<Answer> {
  const { product, release } = asked
  const findings = await findingsOf(ask, release)
  const nodes = fieldTree(release.manifest)
  const here = releaseAddress(release.id)
  const isOpen = release.state === 'in-review'
  const typed = notGiven?.typed ?? new Map<string, string>()
  const files = new Map(
    release.files.flatMap(({ path, sha256, object }) =>
      object === undefined ? [[path, `${here}/files/${sha256}`] as const] : [],
    ),
  )
  const fields = (
    <ManifestFields
      nodes={nodes}
      judging={{
        findings: placed(findings, nodes),
        complaints: placed(release.complaints, nodes),
        files,
        typed: isOpen ? typed : undefined,
      }}
    />
  )
  const text = page(ask, {
    title: `${release.name} ${release.version}`,
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            [product.key, productAddress(product.key)],
          ]}
        />
        <div class="title-row">
          <h1>
            {release.name} {release.version}
          </h1>
          <State state={release.state} />
        </div>
        {notGiven === undefined ? <Told ask={ask} release={release} /> : <Why {...{ notGiven, nodes, isOpen }} />}
        <nav class="jumps row" aria-label="Parts of this page">
          <a class="button" href={`${here}/page`}>
            The buyer’s page
          </a>
          {isOpen ? (
            <a class="button" href="#verdict">
              Verdict
            </a>
          ) : null}
          <a class="button" href="#changes">
            Changes
          </a>
          <a class="button" href="#files">
            Files
          </a>
        </nav>
        <About ask={ask} asked={asked} />
        <Findings findings={findings} nodes={nodes} release={release} />
        <Changes product={product} release={release} />
        <Files release={release} />
        {isOpen ? (
          <form method="post" action={`${here}/review`}>
            <Token visitor={ask.visitor} />
            <input type="hidden" name="content_digest" value={release.contentDigest} />
            {fields}
            <VerdictBox typed={typed} nodes={nodes} />
          </form>
        ) : (
          fields
        )}
      </>
    ),
  })
  return html(notGiven?.status ?? 200, text)
}

/** What the last verdict came to. */
function Told({ ask, release }: { readonly ask: Ask; readonly release: Release }) {
  const told = ask.url.searchParams.get('told')
  if (told === 'approved' && release.state === 'on-sale') {
    return (
      <Notice tone="good" title="Approved">
        <p>{release.version} is on sale in the storefront.</p>
      </Notice>
    )
  }
  if (told !== 'rejected' || release.state !== 'rejected') return null
  return (
    <Notice tone="good" title="Rejected">
      <p>
        The seller sees the {countText(release.complaints.length, 'complaint')} with <code>koo status</code>, at the
        lines of koo.yaml.
      </p>
    </Notice>
  )
}

/** Why no verdict was given; what was typed stays: in the form, or here where there is no place for it any more. */
function Why({
  notGiven: { title, text, typed },
  nodes,
  isOpen,
}: {
  readonly notGiven: NotGiven
  readonly nodes: readonly FieldNode[]
  readonly isOpen: boolean
}) {
  const homeless = isOpen ? [] : [...typed].filter(([, message]) => message !== '')
  return (
    <Notice tone="warning" title={title}>
      <p>{text}</p>
      {homeless.length === 0 ? null : (
        <>
          <p>This is what was typed:</p>
          <ul>
            {homeless.map(([path, message]) => (
              <li key={path}>
                {path === '' ? 'The whole product' : <code>{path}</code>}: <span class="pre-line">{message}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {isOpen && strays(typed, nodes).length > 0 ? (
        <p>Some of the fields that were complained of are gone; what was typed about them is beside the verdict.</p>
      ) : null}
    </Notice>
  )
}

/** Typed at fields that are not there. */
function strays(typed: ReadonlyMap<string, string>, nodes: readonly FieldNode[]) {
  const paths = new Set(['', ...allNodes(nodes).map(({ path }) => path)])
  return [...typed].filter(([path, message]) => message !== '' && !paths.has(path))
}

function About({ ask, asked: { product, release } }: { readonly ask: Ask; readonly asked: Asked }) {
  const now = ask.tools.clock.now()
  const { review, submittedAt, reviewedAt, edited } = release
  const rows: (readonly [string, ComponentChildren])[] = [
    [
      'Product',
      <a key="product" href={productAddress(product.key)}>
        {product.key}
      </a>,
    ],
    ['Delivery method', titleOf(product.method)],
    ['Created', <Time key="created" at={release.createdAt} />],
  ]
  if (submittedAt !== undefined) rows.push(['Submitted', <Time key="submitted" at={submittedAt} />])
  if (review !== undefined && submittedAt !== undefined) {
    const who = review.by === 'person' ? 'a person decides' : `decided by itself in ${spanText(review.due - now)}`
    rows.push(['Waiting', `${spanText(now - submittedAt)}; ${who}`])
  }
  if (reviewedAt !== undefined) rows.push(['Reviewed', <Time key="reviewed" at={reviewedAt} />])
  if (edited !== undefined) rows.push(['Edited', <Time key="edited" at={edited.at} />])
  rows.push([
    'Content digest',
    <code key="digest" class="digest">
      {release.contentDigest}
    </code>,
  ])
  return (
    <Section id="about" title="Release">
      <Facts rows={rows} />
    </Section>
  )
}

function Findings({
  findings,
  nodes,
  release,
}: {
  readonly findings: readonly Finding[]
  readonly nodes: readonly FieldNode[]
  readonly release: Release
}) {
  const errors = findings.filter(({ code }) => diagnosticCodeRow(code).severity === 'error').length
  const ids = new Map(allNodes(nodes).map(({ path, id }) => [path, id]))
  const whole = release.complaints.filter(({ path }) => path === '')
  return (
    <Section id="findings" title="What koo’s rules say">
      {findings.length === 0 ? <p class="quiet">No errors and no warnings.</p> : null}
      {findings.length === 0 ? null : (
        <>
          <p>
            {countText(errors, 'error')} and {countText(findings.length - errors, 'warning')}, each shown at its field
            too.
          </p>
          <ul class="remarks">
            {[...placed(findings, nodes)].flatMap(([path, some]) =>
              some.map((each) => (
                <FindingItem key={`${each.path} ${each.message}`} finding={each} href={ids.get(path)} />
              )),
            )}
          </ul>
        </>
      )}
      {whole.length === 0 ? null : (
        <>
          <h3>Complaints about the whole product</h3>
          <ul class="remarks">
            {whole.map(({ message }) => (
              <RemarkLine key={message} tone="bad" word="Complaint">
                {message}
              </RemarkLine>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

function FindingItem({ finding, href }: { readonly finding: Finding; readonly href: string | undefined }) {
  if (href === undefined) return <FindingLine finding={finding} />
  const isError = diagnosticCodeRow(finding.code).severity === 'error'
  return (
    <RemarkLine tone={isError ? 'bad' : 'warning'} word={isError ? 'Error' : 'Warning'}>
      <a href={`#${href}`}>{finding.path || 'The whole product'}</a>: {finding.message}
    </RemarkLine>
  )
}

function Files({ release }: { readonly release: Release }) {
  return (
    <Section id="files" title="Files">
      <Scrolled label="Table of files">
        <table class="files">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" class="number">
                Size
              </th>
              <th scope="col">SHA-256</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {release.files.map(({ path, bytes, sha256, contentSha256, object }) => (
              <tr key={path}>
                <td class="broad">
                  {object === undefined ? <a href={`${releaseAddress(release.id)}/files/${sha256}`}>{path}</a> : path}
                </td>
                <td class="number">{bytesText(bytes)}</td>
                <td class="broad" data-head="SHA-256">
                  <code class="digest">{sha256}</code>
                  {contentSha256 === undefined ? null : (
                    <p class="quiet small">
                      content <code class="digest">{contentSha256}</code>
                    </p>
                  )}
                </td>
                <td data-head="Where">
                  {object === undefined ? 'Here' : `In the bucket ${object.bucket}, which nobody here can look into`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </Section>
  )
}

function VerdictBox({
  typed,
  nodes,
}: {
  readonly typed: ReadonlyMap<string, string>
  readonly nodes: readonly FieldNode[]
}) {
  return (
    <Section id="verdict" title="Verdict">
      <p>
        Approve, and the release goes on sale. Or reject with at least one complaint, at its field above or about the
        whole: the seller sees them with <code>koo status</code>, at the lines of koo.yaml.
      </p>
      <p class="labelled">
        <label for="whole">A complaint about the whole product</label>
        <textarea id="whole" name={complaintName('')} maxlength={longestComplaint} rows={3}>
          {typed.get('') ?? ''}
        </textarea>
      </p>
      {strays(typed, nodes).map(([path, message], index) => (
        <p class="labelled" key={path}>
          <label for={`stray-${index}`}>
            A complaint about <code>{path}</code>, which is not there any more
          </label>
          <textarea id={`stray-${index}`} name={complaintName(path)} maxlength={longestComplaint} rows={3}>
            {message}
          </textarea>
        </p>
      ))}
      <p class="row">
        <button type="submit" name="decision" value="approve" class="primary">
          Approve
        </button>
        <button type="submit" name="decision" value="reject" class="danger">
          Reject
        </button>
      </p>
    </Section>
  )
}

/** For a title of a page that tells of a release which is not to be judged. */
export function stateText({ version, state }: Release): string {
  return `${version} is ${stateTitles[state].toLowerCase()} by now.`
}
