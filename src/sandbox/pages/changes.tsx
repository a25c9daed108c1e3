/** What a release changes against the one on sale, field by field and file by file. */
import { isMapping } from '../../model/items.ts'
import type { FieldChange } from '../../model/plan.ts'
import type { ManifestData } from '../../model/release.ts'
import { changesBetween } from '../../publish/changes.ts'
import { Badge, Scrolled, Section } from '../../web/parts.tsx'
import type { Product, Release } from '../market.ts'
import { titlesAt } from './field-tree.ts'
import { releaseAddress } from './frame.tsx'

export function Changes({ product, release }: { readonly product: Product; readonly release: Release }) {
  const compared = baseOf(product, release)
  if (compared === undefined) {
    return (
      <Section id="changes" title="Changes">
        <p class="quiet">No release of this product is on sale, so everything in this one is new to buyers.</p>
      </Section>
    )
  }
  const { what, manifest, files } = compared
  const changes = changesBetween(manifest, release.manifest)
  const fileChanges = changedFiles(files, release.files)
  return (
    <Section id="changes" title="Changes">
      <p>
        Against {what}
        {changes.length + fileChanges.length === 0 ? ' nothing differs.' : ':'}
      </p>
      {changes.length + fileChanges.length === 0 ? null : (
        <Scrolled label="Table of changes">
          <table class="changes">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Was</th>
                <th scope="col">Becomes</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((each) => (
                <Change key={`${each.path} ${each.order}`} change={each} before={manifest} after={release.manifest} />
              ))}
              {fileChanges.map(({ path, was, becomes }) => (
                <tr key={path}>
                  <th scope="row">
                    {path} <span class="quiet small">(file)</span>
                  </th>
                  <td>{was === undefined ? <Badge tone="good">Added</Badge> : <code>{was.slice(0, 12)}…</code>}</td>
                  <td>
                    {becomes === undefined ? <Badge tone="bad">Removed</Badge> : <code>{becomes.slice(0, 12)}…</code>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
    </Section>
  )
}

/** The release on sale; of that one itself, what it was before it was edited. */
function baseOf(product: Product, release: Release) {
  const onSale = product.releases.find(({ state }) => state === 'on-sale')
  if (onSale !== undefined && onSale.id !== release.id) {
    const what = (
      <>
        <a href={releaseAddress(onSale.id)}>{onSale.version}</a>, which is on sale
      </>
    )
    return { what, manifest: onSale.manifest, files: onSale.files }
  }
  if (release.edited === undefined) return undefined
  return { what: 'what it was created with', manifest: release.edited.createdManifest, files: release.files }
}

function Change({
  change: { path, was, becomes, order },
  before,
  after,
}: {
  readonly change: FieldChange
  readonly before: ManifestData
  readonly after: ManifestData
}) {
  return (
    <tr>
      <th scope="row">
        {titlesAt(becomes === undefined ? before : after, path)}
        {order ? <span class="quiet small"> (order)</span> : null}
      </th>
      <td>{was === undefined ? <Badge tone="good">Added</Badge> : <Data value={was} />}</td>
      <td>{becomes === undefined ? <Badge tone="bad">Removed</Badge> : <Data value={becomes} />}</td>
    </tr>
  )
}

function Data({ value }: { readonly value: unknown }) {
  if (!isMapping(value) && !Array.isArray(value)) return <span class="pre-line">{String(value)}</span>
  const isList = Array.isArray(value)
  return (
    <ul class={isList ? undefined : 'data'}>
      {Object.entries(value).map(([key, inside]) => (
        <li key={key}>
          {isList ? null : <span class="quiet">{key}: </span>}
          <Data value={inside} />
        </li>
      ))}
    </ul>
  )
}

/** By path, with the hashes of each side; of a bundle the hash of what is in it. */
function changedFiles(before: Release['files'], after: Release['files']) {
  const hashes = (files: Release['files']) =>
    new Map(files.map(({ path, sha256, contentSha256 }) => [path, contentSha256 ?? sha256]))
  const [old, fresh] = [hashes(before), hashes(after)]
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((path) => ({ path, was: old.get(path), becomes: fresh.get(path) }))
    .filter(({ was, becomes }) => was !== becomes)
}
