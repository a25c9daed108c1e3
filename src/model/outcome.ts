/** What a command achieved, as data; `report` turns it into text or JSON, and `exitOf` into an exit code. */

import type { MockOrder } from './access/mock-orders.ts'
import type { ShownOrder } from './access/order.ts'
import { type AccessReport, hasPassed } from './access/report.ts'
import type { CheckedMessage, SignedMessage } from './access/signing.ts'
import type { UsagePush } from './access/usage.ts'
import type { Bundle, ReadyBundle } from './bundle.ts'
import type { Catalogue } from './catalogue.ts'
import type { DeliveryMethod, DeliveryMethodRow } from './delivery-methods.ts'
import { type FramedDiagnostic, hasErrors } from './diagnostic.ts'
import type { DiagnosticCode, DiagnosticCodeRow } from './diagnostic-codes.ts'
import type { ExitName } from './exit-codes.ts'
import type { HandOver } from './hand-over.ts'
import type { KeyForm, KeyRow } from './keys.ts'
import type { License, LicenseProblem } from './license.ts'
import type { PackageContents } from './package-contents.ts'
import { type FieldChange, type FileChange, type LostChange, type Plan, sends } from './plan.ts'
import type { ProductState, RemoteProduct, RemoteRelease } from './release.ts'
import type { ScanReport } from './scan-report.ts'
import type { MadeProduct, SheetFinding } from './sheet.ts'
import type { VerifiedBundle } from './verified-bundle.ts'

/** What became of one product in a run of `koo publish`. */
export interface PublishedRow {
  /** These three left out where a manifest is too wrong to tell. */
  readonly key?: string
  readonly version?: string
  readonly method?: DeliveryMethod
  readonly file: string
  readonly outcome: PublishedOutcome
  readonly releaseId?: string
  readonly message?: string
  readonly hint?: string
  /** The exit code of what stopped this product. */
  readonly exit?: ExitName
  /** What was changed on the marketplace, for which it is refused. */
  readonly lost?: readonly LostChange[]
  readonly lostFiles?: readonly FileChange[]
}

/** In the order in which they are counted. */
export const publishedOutcomes = {
  accepted: 'handed in, and the review was not waited for',
  'in-review': 'still in review when the wait ended',
  approved: 'passed the review',
  'on-sale': 'buyers see it',
  unchanged: 'it was on sale with this content already',
  rejected: 'the review rejected it',
  invalid: 'the manifest has errors; not sent',
  refused: 'not sent, because the marketplace holds something else, or refuses this',
  failed: 'something went wrong on the way',
  'not-sent': 'not begun: the run was stopped, its time was up, or another product held it',
} as const
export type PublishedOutcome = keyof typeof publishedOutcomes

/** What needs a person, rather than another run or more time. */
export function needsAttention({ outcome }: PublishedRow): boolean {
  return outcome === 'rejected' || outcome === 'invalid' || outcome === 'refused' || outcome === 'failed'
}

/** What another run of the same command would take up again. */
export function isLeft({ outcome, exit }: PublishedRow): boolean {
  return outcome === 'failed' || (outcome === 'not-sent' && exit !== 'conflict')
}

/** What became of one product in a run of `koo pull`. */
export interface PulledRow {
  readonly key: string
  /** Of the release that was pulled; empty where there is none. */
  readonly version: string
  /** The manifest, as the user would name it. */
  readonly file: string
  /** `absent`: its manifest is here, and the marketplace does not have it. With `--dry-run` nothing is written in any case. */
  readonly outcome: 'pulled' | 'unchanged' | 'conflict' | 'absent' | 'failed'
  /** The change of the manifest as a unified diff; left out where its text stays. */
  readonly diff?: string
  /** Files written, relative to the product's folder; a bundle is named, not what is unpacked of it. */
  readonly files: readonly string[]
  /** Fields that were changed here and not there, and stay. */
  readonly kept: readonly FieldChange[]
  readonly conflicts: readonly PullConflict[]
  /** What else the seller should know, as sentences. */
  readonly notes: readonly string[]
  readonly message?: string
  readonly hint?: string
  readonly exit?: ExitName
}

/** Something that is another here and on the marketplace, where pulling would undo what was done here. */
export interface PullConflict {
  readonly is: 'field' | 'file'
  /** A JSON Pointer into the manifest, or a path in the product's folder. */
  readonly path: string
  /** Of a field; left out where there is none. */
  readonly here?: unknown
  readonly there?: unknown
}

/** A code with its examples as whole manifests, which can be tried. */
export interface ExplainedCode extends DiagnosticCodeRow {
  readonly code: DiagnosticCode
  readonly badManifest?: string
  readonly goodManifest?: string
}

/** Something `koo validate --online` could not look at. */
export interface Unreached {
  readonly file: string
  readonly what: string
  readonly why: string
}

export interface FixedManifest {
  readonly file: string
  /** What was changed, at the lines of the text before. */
  readonly changes: readonly { readonly line: number; readonly title: string }[]
  /** The whole change as a unified diff, where nothing was written. */
  readonly diff?: string
}

/** What a bundle would hold. */
export interface ListedContents {
  readonly key: string
  readonly version: string
  readonly name: string
  /** The product's folder. */
  readonly folder: string
  readonly contents: PackageContents
}

/** A field that is another here (`becomes`) than on the marketplace (`was`). */
export interface DiffedChange extends FieldChange {
  /** Who changed it since both were the same; left out where nobody here can tell. */
  readonly by?: 'marketplace' | 'here' | 'both'
}

export interface DiffedProduct {
  readonly key: string
  /** Here. */
  readonly version: string
  readonly file: string
  /** What it was compared with; left out where the marketplace has no such product. */
  readonly release?: Pick<RemoteRelease, 'id' | 'version' | 'state'>
  readonly changes: readonly DiffedChange[]
  readonly files: readonly FileChange[]
}

/** A page `koo preview` wrote. */
export interface WrittenPage {
  /** Null where the manifest says none. */
  readonly key: string | null
  readonly manifest: string
  readonly file: string
  readonly errors: number
  readonly warnings: number
  /** Only of a comparison: the version it is compared with, null where nothing is live. */
  readonly live?: string | null
  /** Fields and files that differ from it. */
  readonly changes?: number
}

/** The folder a person enters a product from. */
export interface HandedOff {
  readonly key: string
  /** These three as the user would name them. */
  readonly folder: string
  readonly page: string
  readonly zip?: string
  /** Relative to the folder. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
  /** Values and tasks with a tick box. */
  readonly toEnter: number
  readonly warnings: number
}

export type Outcome =
  | { readonly is: 'methods'; readonly methods: Readonly<Record<DeliveryMethod, DeliveryMethodRow>> }
  | { readonly is: 'schema'; readonly schema: Readonly<Record<string, unknown>> }
  | { readonly is: 'explained'; readonly codes: readonly ExplainedCode[] }
  | { readonly is: 'topic'; readonly head: readonly [string, string]; readonly rows: Readonly<Record<string, string>> }
  | {
      readonly is: 'validated'
      /** Every manifest that was checked, in the order of the run. */
      readonly files: readonly string[]
      readonly diagnostics: readonly FramedDiagnostic[]
      /** Findings that comments in the manifests suppress, with a reason. */
      readonly suppressed?: number
      /** What `--fix` changed, or with `--dry-run` would change. */
      readonly fixed?: readonly FixedManifest[]
      /** Only of a look at the network: what it did not answer, so that nothing is known. No finding, but not sound either. */
      readonly unreached?: readonly Unreached[]
      /** More warnings than this are as bad as an error; left out, any number is accepted. */
      readonly mostWarnings?: number
    }
  | { readonly is: 'initialised'; readonly folder: string; readonly files: readonly string[] }
  | {
      /** Of `koo init --from`. */
      readonly is: 'made'
      readonly sheet: string
      /** In which each product has its own. */
      readonly folder: string
      /** A row each; none where the header is wrong. */
      readonly products: readonly MadeProduct[]
      readonly findings: readonly SheetFinding[]
    }
  | { readonly is: 'template'; readonly file: string; readonly columns: number; readonly rows: number }
  | {
      readonly is: 'packed'
      readonly bundles: readonly (Bundle | ReadyBundle)[]
      /** Products whose delivery method has nothing to pack. */
      readonly without: readonly { readonly key: string; readonly why: string }[]
      /** What the gate found in the packages: those with an error were not packed. */
      readonly diagnostics: readonly FramedDiagnostic[]
      /** Which scanners looked at which product. */
      readonly scans: readonly (ScanReport & { readonly key: string })[]
    }
  | { readonly is: 'contents'; readonly products: readonly ListedContents[] }
  | { readonly is: 'verified'; readonly bundles: readonly VerifiedBundle[] }
  | {
      readonly is: 'planned'
      readonly plan: Plan
      /** The file it was saved in. */
      readonly saved?: string
      /** Whether the exit code tells that there is something to do. */
      readonly exitCode?: boolean
      readonly handOvers?: readonly HandOver[]
    }
  | {
      readonly is: 'diffed'
      readonly marketplace: string
      readonly products: readonly DiffedProduct[]
      /** Whether the exit code tells that something differs. */
      readonly exitCode: boolean
      readonly handOvers?: readonly HandOver[]
    }
  | {
      readonly is: 'published'
      readonly marketplace: string
      readonly rows: readonly PublishedRow[]
      /** The reviewers' complaints, and what was found before sending, placed in the seller's own files. */
      readonly diagnostics: readonly FramedDiagnostic[]
      /** The command that shows how reviews go on. */
      readonly comeBack?: string
    }
  | {
      readonly is: 'pulled'
      readonly marketplace: string
      readonly dryRun: boolean
      readonly rows: readonly PulledRow[]
    }
  | {
      readonly is: 'listed'
      readonly marketplace: string
      readonly products: readonly RemoteProduct[]
      /** Only where a report of it was asked for. */
      readonly catalogue?: Catalogue
      readonly handOvers?: readonly HandOver[]
    }
  | {
      readonly is: 'status'
      readonly marketplace: string
      readonly products: readonly { readonly product: RemoteProduct; readonly releases: readonly RemoteRelease[] }[]
      /** Keys the marketplace does not have. */
      readonly missing: readonly string[]
      /** The same of products whose manifest is here, so that nothing is wrong yet. */
      readonly unpublished: readonly string[]
      readonly diagnostics: readonly FramedDiagnostic[]
      /** When this was so, in milliseconds since 1970. */
      readonly at: number
      /** Why a watch ended although a review is open; left out where none is, or nobody watched. */
      readonly ended?: 'time' | 'stopped'
      readonly handOvers?: readonly HandOver[]
    }
  | {
      readonly is: 'moved'
      readonly key: string
      readonly version: string
      readonly state: ProductState
      readonly note?: string
    }
  | { readonly is: 'key-kept'; readonly key: KeyRow; readonly folder: string }
  | { readonly is: 'keys'; readonly keys: readonly KeyRow[]; readonly folder: string }
  | {
      readonly is: 'key-exported'
      readonly key: KeyRow
      /** `secret`: the secret half, which goes to a file only. */
      readonly as: KeyForm | 'secret'
      readonly to: { readonly is: 'text'; readonly text: string } | { readonly is: 'file'; readonly file: string }
    }
  | {
      readonly is: 'licensed'
      readonly token: string
      readonly license: License
      readonly keyId: string
      /** Where it was written; left out, it is the output itself. */
      readonly file?: string
    }
  | {
      readonly is: 'license-checked'
      readonly file: string
      /** None: it holds. */
      readonly problems: readonly LicenseProblem[]
      /** Only where the signature is right. */
      readonly license?: License
      readonly keyId?: string
    }
  | {
      readonly is: 'previewed'
      readonly pages: readonly WrittenPage[]
      /** The page that lists the others, where there are several. */
      readonly index?: string
    }
  | { readonly is: 'handed-off'; readonly products: readonly HandedOff[]; readonly overview?: string }
  | {
      readonly is: 'hand-over-kept'
      readonly key: string
      readonly productId: string
      readonly version: string
      /** `already`: it was recorded so before. `corrected`: the same content, with another id. */
      readonly outcome: 'recorded' | 'corrected' | 'already' | 'forgotten' | 'damaged-removed' | 'unknown'
      /** What was recorded before it. */
      readonly previous?: Pick<HandOver, 'productId' | 'version'>
    }
  | {
      readonly is: 'access-tested'
      readonly report: AccessReport
      /** Whether what should be decides, too. */
      readonly strict: boolean
    }
  | {
      readonly is: 'signed-by-hand'
      readonly signed: SignedMessage
      readonly showsMisread: boolean
      /** The call as it can be made. */
      readonly url?: string
      readonly curl?: string
    }
  | { readonly is: 'signature-checked'; readonly signed: SignedMessage; readonly checked: CheckedMessage }
  | { readonly is: 'order-shown'; readonly openApi: string; readonly orderId: string; readonly found: ShownOrder }
  | { readonly is: 'mock-orders'; readonly orders: Readonly<Record<string, MockOrder>> }
  | { readonly is: 'usage-pushed'; readonly push: UsagePush }
  | { readonly is: 'closed' }
  | { readonly is: 'declined' }

export function hasTooManyWarnings({ diagnostics, mostWarnings }: Extract<Outcome, { is: 'validated' }>): boolean {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  return mostWarnings !== undefined && warnings > mostWarnings
}

export function differs({ release, changes, files }: DiffedProduct): boolean {
  return release === undefined || changes.length > 0 || files.length > 0
}

/** The exit code an outcome asks for. */
export function exitOf(outcome: Outcome): ExitName {
  switch (outcome.is) {
    case 'validated':
      if (hasErrors(outcome.diagnostics) || hasTooManyWarnings(outcome)) return 'findings'
      return (outcome.unreached ?? []).length > 0 ? 'marketplace' : 'done'
    case 'planned':
      return exitOfPlan(outcome)
    case 'diffed':
      return outcome.exitCode && outcome.products.some(differs) ? 'findings' : 'done'
    case 'published':
      return exitOfRows(outcome.rows)
    case 'pulled':
      return exitOfPulled(outcome.rows)
    case 'made':
      return exitOfSheet(outcome)
    case 'packed':
      return hasErrors(outcome.diagnostics) ? 'findings' : 'done'
    case 'verified':
      return outcome.bundles.some(({ problems }) => problems.length > 0) ? 'findings' : 'done'
    case 'status':
      return exitOfStatus(outcome)
    case 'license-checked':
      return outcome.problems.length > 0 ? 'findings' : 'done'
    case 'access-tested':
      return hasPassed(outcome.report, outcome.strict) ? 'done' : 'findings'
    case 'signature-checked':
      return doneIf(outcome.checked.right)
    case 'order-shown':
      return doneIf(outcome.found.is === 'order')
    case 'usage-pushed':
      return exitOfUsage(outcome.push)
    case 'declined':
      return 'stopped'
    default:
      return 'done'
  }
}

function doneIf(isRight: boolean): ExitName {
  return isRight ? 'done' : 'findings'
}

/** What is unknown comes first: it must not be pushed again before somebody has looked. */
function exitOfUsage({ problems, requests }: UsagePush): ExitName {
  if (problems.length > 0) return 'findings'
  const exits = requests.flatMap(({ exit }) => (exit === undefined ? [] : [exit]))
  return exits.find((each) => each !== 'findings') ?? exits[0] ?? 'done'
}

function exitOfPlan({ plan, exitCode }: Extract<Outcome, { is: 'planned' }>): ExitName {
  if (plan.products.some(({ decision }) => decision.do === 'refuse')) return 'conflict'
  return exitCode && plan.products.some((each) => sends(each) || each.decision.do === 'mend') ? 'findings' : 'done'
}

function exitOfSheet({ findings, products }: Extract<Outcome, { is: 'made' }>): ExitName {
  if (findings.length === 0) return 'done'
  return products.some(({ outcome }) => outcome === 'written') ? 'partly' : 'findings'
}

/** A marketplace that failed comes first, because then running it again helps; a mixture is "partly". */
function exitOfRows(rows: readonly PublishedRow[]): ExitName {
  const codes = new Set(rows.map(exitOfRow))
  for (const first of ['stopped', 'credentials', 'marketplace'] as const) if (codes.has(first)) return first
  const [only = 'done', ...others] = codes
  if (others.length === 0) return only
  codes.delete('done')
  return codes.size === 1 && codes.has('pending') ? 'pending' : 'partly'
}

function exitOfStatus({ missing, products, ended }: Extract<Outcome, { is: 'status' }>): ExitName {
  if (ended === 'stopped') return 'stopped'
  if (missing.length > 0) return 'usage'
  if (products.some(({ product }) => product.newest.state === 'rejected')) return 'findings'
  return ended === 'time' ? 'pending' : 'done'
}

/** As of published rows. */
function exitOfPulled(rows: readonly PulledRow[]): ExitName {
  const codes = rows.map(({ outcome, exit }) => {
    return outcome === 'conflict' ? 'conflict' : outcome === 'failed' ? (exit ?? 'marketplace') : 'done'
  })
  const first = (['stopped', 'credentials', 'marketplace'] as const).find((each) => codes.includes(each))
  const [only = 'done', ...others] = new Set(codes)
  return first ?? (others.length === 0 ? only : 'partly')
}

/** The exit codes of a product on its own, by what became of it. */
const exits = {
  accepted: 'done',
  approved: 'done',
  'on-sale': 'done',
  unchanged: 'done',
  'in-review': 'pending',
  rejected: 'findings',
  invalid: 'findings',
  refused: 'conflict',
  failed: 'marketplace',
  'not-sent': 'partly',
} as const satisfies Record<PublishedOutcome, ExitName>

function exitOfRow({ outcome, exit }: PublishedRow): ExitName {
  return exit ?? exits[outcome]
}
