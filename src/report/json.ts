import { diagnosticCodeRow, sourceOf } from '../model/diagnostic-codes.ts'
import type { HandOver } from '../model/hand-over.ts'
import type { KeyRow } from '../model/keys.ts'
import { type DiffedProduct, differs, type HandedOff, type Outcome, type PublishedRow } from '../model/outcome.ts'
import type { ProductPlan } from '../model/plan.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import { accessOf } from './access-json.ts'
import { mockOrdersOf, orderShownOf, usagePushedOf } from './access-orders-json.ts'
import { checkedOf, signedOf } from './access-sign-json.ts'
import { diagnosticOf } from './diagnostic-json.ts'
import { format } from './failure-json.ts'
import { codeSource } from './formats/code-source.ts'
import { contentsOf, packedOf, verifiedOf } from './pack-json.ts'

/** The value `--json` prints. */
export function jsonOf(outcome: Outcome): unknown {
  switch (outcome.is) {
    case 'methods':
      return { format, methods: methodsOf(outcome) }
    case 'schema':
      return outcome.schema
    case 'explained':
      return { format, codes: outcome.codes.map(codeOf) }
    case 'topic':
      return { format, topic: outcome.rows }
    case 'validated':
      return validatedOf(outcome)
    case 'initialised':
      return { format, folder: outcome.folder, files: outcome.files }
    case 'made':
      return madeOf(outcome)
    case 'template':
      return { format, template: outcome.file, columns: outcome.columns, rows: outcome.rows }
    case 'packed':
      return packedOf(outcome)
    case 'contents':
      return { format, products: outcome.products.map(contentsOf) }
    case 'verified':
      return { format, bundles: outcome.bundles.map(verifiedOf) }
    case 'planned':
      return {
        format,
        marketplace: outcome.plan.marketplace,
        ...(outcome.saved === undefined ? {} : { saved: outcome.saved }),
        products: outcome.plan.products.map(planOf),
        ...handOversOf(outcome),
      }
    case 'diffed':
      return {
        format,
        marketplace: outcome.marketplace,
        products: outcome.products.map(diffedOf),
        ...handOversOf(outcome),
      }
    case 'published': {
      const { marketplace, rows, diagnostics } = outcome
      const products = rows.map(rowOf)
      return { format, marketplace, summary: countsOf(rows), products, diagnostics: diagnostics.map(diagnosticOf) }
    }
    case 'pulled': {
      const { marketplace, dryRun, rows } = outcome
      return { format, marketplace, dry_run: dryRun, products: rows.map(({ exit: _, ...row }) => row) }
    }
    case 'listed':
      return listedOf(outcome)
    case 'status':
      return statusOf(outcome)
    case 'moved':
      return { format, key: outcome.key, version: outcome.version, state: outcome.state, ...noteOf(outcome.note) }
    case 'key-kept':
      return { format, ...keyOf(outcome.key) }
    case 'keys':
      return { format, keys: outcome.keys.map(keyOf) }
    case 'key-exported': {
      const { key, as, to } = outcome
      return { format, ...keyOf(key), as, ...(to.is === 'file' ? { file: to.file } : { key: to.text }) }
    }
    case 'licensed': {
      const { token, license, keyId, file } = outcome
      return { format, license: token, key_id: keyId, claims: license, ...(file === undefined ? {} : { file }) }
    }
    case 'license-checked': {
      const { file, problems, license, keyId } = outcome
      const signed = { ...(keyId === undefined ? {} : { key_id: keyId }), ...(license && { claims: license }) }
      return { format, file, valid: problems.length === 0, problems, ...signed }
    }
    case 'previewed': {
      const { pages, index } = outcome
      return { format, pages, ...(index === undefined ? {} : { index }) }
    }
    case 'handed-off':
      return { format, products: outcome.products.map(handedOffOf) }
    case 'hand-over-kept': {
      const { key, productId, version, outcome: came, previous } = outcome
      const before = previous && { product_id: previous.productId, version: previous.version }
      return { format, key, product_id: productId, version, outcome: came, ...(before && { previous: before }) }
    }
    case 'access-tested':
      return { format, ...accessOf(outcome) }
    case 'signed-by-hand':
      return { format, ...signedOf(outcome) }
    case 'signature-checked':
      return { format, ...checkedOf(outcome) }
    case 'order-shown':
      return { format, ...orderShownOf(outcome) }
    case 'mock-orders':
      return { format, orders: mockOrdersOf(outcome) }
    case 'usage-pushed':
      return { format, ...usagePushedOf(outcome) }
    case 'declined':
      return { format, declined: true }
    case 'closed':
      return undefined
  }
}

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

function methodsOf({ methods }: Of<'methods'>): readonly unknown[] {
  return Object.entries(methods).map(
    ([method, { title, category, deployment, billing, deliverable, description }]) => ({
      method,
      title,
      category,
      deployment,
      billing,
      deliverable: deliverable?.title ?? null,
      description,
    }),
  )
}

function codeOf({ code, badManifest, goodManifest, source: _, ...row }: Of<'explained'>['codes'][number]) {
  const address = sourceOf(code)
  const { title, read } = codeSource(code, diagnosticCodeRow(code))
  return {
    code,
    ...row,
    source: { title, ...(address === undefined ? {} : { address }), ...(read === undefined ? {} : { read }) },
    ...(badManifest === undefined ? {} : { bad_manifest: badManifest }),
    ...(goodManifest === undefined ? {} : { good_manifest: goodManifest }),
  }
}

function summaryOf({ files, diagnostics }: Of<'validated'>) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return { files: files.length, errors, warnings: diagnostics.length - errors }
}

function validatedOf(outcome: Of<'validated'>) {
  const { diagnostics, suppressed, fixed, unreached } = outcome
  return {
    format,
    summary: { ...summaryOf(outcome), ...(suppressed === undefined ? {} : { suppressed }) },
    diagnostics: diagnostics.map(diagnosticOf),
    ...(fixed === undefined ? {} : { fixed }),
    ...(unreached === undefined ? {} : { unreached }),
  }
}

function madeOf({ sheet, folder, products, findings }: Of<'made'>) {
  return { format, sheet, folder, products, findings }
}

function planOf({ file, material, decision, revision, changes, lost, fileChanges, lostFiles, notes }: ProductPlan) {
  const { key, version, method, contentDigest, files, bundle, images } = material
  const { do: action, ...rest } = decision
  const { releaseId, ...details } = 'releaseId' in rest ? rest : { releaseId: undefined, ...rest }
  const packed = bundle && { name: bundle.name, entries: bundle.entries, files_sha256: bundle.filesSha256 }
  return {
    key,
    version,
    method,
    file,
    action,
    ...details,
    ...(releaseId === undefined ? {} : { release_id: releaseId }),
    content_digest: contentDigest,
    files,
    ...(packed ? { bundle: packed } : {}),
    images,
    revision,
    changes,
    file_changes: fileChanges,
    lost,
    lost_files: lostFiles,
    notes,
  }
}

function diffedOf({ release, ...product }: DiffedProduct) {
  const compared = release && { release_id: release.id, version: release.version, state: release.state }
  return { ...product, differs: differs({ ...product, ...(release && { release }) }), release: compared ?? null }
}

/** How many products of each outcome there are. */
function countsOf(rows: readonly PublishedRow[]) {
  const counts: Record<string, number> = { products: rows.length }
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

function rowOf({ key, version, method, file, outcome, releaseId, message, hint, lost, lostFiles }: PublishedRow) {
  return {
    ...(key === undefined ? {} : { key }),
    ...(version === undefined ? {} : { version }),
    ...(method === undefined ? {} : { method }),
    file,
    outcome,
    ...stateOf(outcome),
    ...(releaseId === undefined ? {} : { release_id: releaseId }),
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
    ...(lost === undefined ? {} : { lost }),
    ...(lostFiles === undefined ? {} : { lost_files: lostFiles }),
  }
}

/** The product's state, as `koo list` would give it, where the outcome tells. */
function stateOf(outcome: PublishedRow['outcome']) {
  const states = {
    accepted: 'in-review',
    unchanged: 'on-sale',
    'in-review': 'in-review',
    'on-sale': 'on-sale',
    rejected: 'rejected',
  }
  return outcome in states ? { state: states[outcome as keyof typeof states] } : {}
}

function productOf({ id, key, name, version, method, state, releases }: RemoteProduct) {
  return { key, version, method, state, releases, name, product_id: id }
}

function listedOf(outcome: Of<'listed'>) {
  const { marketplace, products, catalogue } = outcome
  const needy = catalogue?.entries.filter(({ needs }) => needs.length > 0)
  return {
    ...{ format, marketplace, products: products.map(productOf) },
    ...(needy && { needs_a_hand: needy.map(({ product, needs }) => ({ key: product.key, why: needs })) }),
    ...(catalogue && { reports: catalogue.files }),
    ...handOversOf(outcome),
  }
}

function handOversOf({ handOvers }: { readonly handOvers?: readonly HandOver[] }) {
  if (handOvers === undefined) return {}
  return {
    hand_overs: handOvers.map(({ key, productId, version, since, hidden, changed }) => ({
      key,
      product_id: productId,
      version,
      ...(hidden && { hidden }),
      since: new Date(since).toISOString(),
      ...(changed === undefined ? {} : { changed_fields: changed }),
    })),
  }
}

function handedOffOf({ key, folder, page, zip, files, toEnter, warnings }: HandedOff) {
  return { key, folder, page, ...(zip === undefined ? {} : { zip }), files, to_enter: toEnter, warnings }
}

function statusOf(outcome: Of<'status'>) {
  const { marketplace, products, missing, unpublished, diagnostics, at, ended } = outcome
  return {
    format,
    marketplace,
    products: products.map(({ product, releases }) => ({
      ...productOf(product),
      on_sale: releases.find(({ state }) => state === 'on-sale')?.version ?? null,
      newest: { version: product.newest.version, state: product.newest.state },
      releases: releases.map((each) => releaseOf(each, at)),
    })),
    missing,
    unpublished,
    diagnostics: diagnostics.map(diagnosticOf),
    ...(ended === undefined ? {} : { ended }),
    ...handOversOf(outcome),
  }
}

function releaseOf(release: RemoteRelease, at: number) {
  const { id, version, state, contentDigest, createdDigest, complaints, submittedAt } = release
  const waiting = state === 'in-review' && submittedAt !== undefined
  return {
    release_id: id,
    version,
    state,
    content_digest: contentDigest,
    edited: contentDigest !== createdDigest,
    ...(waiting ? { waiting_seconds: Math.max(0, Math.round((at - submittedAt) / 1000)) } : {}),
    complaints,
  }
}

function keyOf({ name, keyId, publicKey, protection, isDefault }: KeyRow) {
  return { name, key_id: keyId, public_key: publicKey, protection, default: isDefault }
}

function noteOf(note: string | undefined) {
  return note === undefined ? {} : { note }
}
