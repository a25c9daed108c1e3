/** Manifest and files → everything a person enters in Seller Console by hand, as data. Pure. */
import {
  assetFacts,
  type ConsoleFact,
  type ConsoleStep,
  consoleSteps,
  finalFacts,
  stepFacts,
  unknownPrices,
  unknownSteps,
} from '../../model/console-form.ts'
import { largePackage } from '../../model/console-methods.ts'
import { type DeliveryMethodRow, rowOf } from '../../model/delivery-methods.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Field } from '../../model/field.ts'
import {
  type Handoff,
  type HandoffEntry,
  type HandoffField,
  type HandoffNote,
  type HandoffStep,
  type HandoffTask,
  handoffFormat,
} from '../../model/handoff.ts'
import { fieldBelow, isMapping, rootOf } from '../../model/items.ts'
import type { Manifest } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import { sitesField } from '../../model/specification-fields.ts'
import { entriesFor } from './entries.ts'
import { type Form, formOf, noteOf, sourceOf } from './form.ts'
import { fileSize } from './sizes.ts'
import { withWarnings } from './warnings.ts'

/** A file in the folder of the hand-over. */
export interface HandedFile {
  /** In the folder `files`. */
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Of a picture, in pixels. */
  readonly picture?: { readonly width: number; readonly height: number }
}

export interface HandoffMaterial {
  readonly manifest: Manifest
  /** As the user would name it. */
  readonly file: string
  /** By the JSON Pointer of the field that names it; the software package under `/delivery/package`, or its archive. */
  readonly files: ReadonlyMap<string, HandedFile>
  readonly diagnostics: readonly Diagnostic[]
  /** The version of koo. */
  readonly koo: string
  /** The command that records the result. */
  readonly record: string
  /** A short digest of a text, by which ticks are kept. */
  readonly digest: (text: string) => string
}

/** Over this the asset center wants a package in a bucket. */
const largeBytes = 1024 ** 3

export function handoffOf(material: HandoffMaterial): Handoff {
  const { manifest, files, koo, diagnostics } = material
  const { key, name, version } = manifest.product
  const row = rowOf(manifest.delivery.method)
  const form = formOf(row)
  const steps = Object.keys(consoleSteps) as readonly ConsoleStep[]
  const told = withWarnings(
    steps.map((id) => stepOf(id, row, form, material)),
    diagnostics,
  )
  return {
    format: handoffFormat,
    koo,
    key,
    name,
    version,
    method: manifest.delivery.method,
    sites: (manifest.sites ?? (['international'] as const)).map((each) => sitesField.item.options[each]),
    steps: told.steps,
    files: [...files].map(([field, { name: file, bytes, sha256 }]) => ({
      path: `files/${file}`,
      bytes,
      sha256,
      field,
    })),
    final: finalNotes(told.steps, row),
    notEntered: notEntered(rootOf(manifest), manifest, [], form),
    warnings: told.others,
  }
}

function stepOf(id: ConsoleStep, row: DeliveryMethodRow, form: Form, material: HandoffMaterial): HandoffStep {
  const { manifest, files, digest } = material
  const own = row.console
  const entries = [...synthetic(id, row, material), ...entriesFor({ manifest, form, step: id, files, digest })]
  const groups = Object.keys(manifest).filter((each) => isMapping(manifest[each as keyof Manifest]))
  const facts = [
    ...(stepFacts[id] ?? []),
    ...(own?.facts?.[id] ?? []),
    // What is said of a whole group of the manifest is said of its step.
    ...groups.flatMap((each) => {
      const { step, facts: said = [] } = form.at([each])
      return step === id ? said : []
    }),
  ]
  const isTraded = row.billing.length > 0
  return {
    id,
    title: consoleSteps[id],
    tasks: tasksOf(id, row, material),
    notes: (id === 'prices' && !isTraded ? (own?.facts?.prices ?? []) : facts).map(noteOf),
    entries,
    unknown: [
      ...(unknownSteps[id] ?? []),
      ...(id === 'prices' && isTraded ? unknownPrices : []),
      ...(own?.unknown[id] ?? []),
      ...(own === undefined && id === 'sales' ? ['anything about this delivery method that koo knows of'] : []),
    ],
  }
}

/** What is entered although no field of the manifest says it. */
function synthetic(id: ConsoleStep, row: DeliveryMethodRow, material: HandoffMaterial): readonly HandoffEntry[] {
  const { files, digest } = material
  const salesType = row.console?.salesType
  if (id === 'sales' && salesType !== undefined) {
    const { text, source } = salesType
    const made = { label: 'Sales Type', path: '', value: text, how: 'choose', notes: [] } as const
    return [{ ...field(made, digest), named: sourceOf(source) }]
  }
  const path = '/delivery/package'
  const packed = id === 'first' ? files.get(path) : undefined
  if (packed === undefined) return []
  const { limit, facts = [] } = row.console?.fields?.['delivery.package'] ?? {}
  const made = {
    label: 'Software package',
    path,
    value: packed.name,
    how: 'file',
    size: fileSize(packed, limit),
  } as const
  return [{ ...field({ ...made, notes: facts.map(noteOf) }, digest), digest: digest(packed.sha256) }]
}

function field(
  made: Pick<HandoffField, 'label' | 'path' | 'value' | 'how' | 'notes'> & { readonly size?: string },
  digest: (text: string) => string,
): HandoffField {
  return {
    is: 'field',
    id: made.path === '' ? `/${made.label}` : made.path,
    digest: digest(made.value),
    warnings: [],
    ...made,
  }
}

function tasksOf(id: ConsoleStep, row: DeliveryMethodRow, material: HandoffMaterial): readonly HandoffTask[] {
  const { files, digest, record } = material
  const isLarge = [...files].some(([path, { bytes }]) => path.startsWith('/delivery/package') && bytes > largeBytes)
  const facts: Partial<Record<ConsoleStep, readonly ConsoleFact[]>> = {
    first: [...(isLarge ? [largePackage] : []), ...(row.console?.first ?? [])],
    prices: row.deliverable?.asset === undefined ? [] : [assetFacts[row.deliverable.asset]],
    release: [{ text: 'Look at everything once more, and submit the product for review.' }],
    after: [{ text: 'Once it is released, record the product ID KooGallery shows:' }],
  }
  return (facts[id] ?? []).map((fact) => {
    const mark = digest(fact.text)
    return { ...noteOf(fact), id: `task ${id} ${mark}`, digest: mark, ...(id === 'after' ? { command: record } : {}) }
  })
}

function finalNotes(steps: readonly HandoffStep[], row: DeliveryMethodRow): readonly HandoffNote[] {
  const own = [...(row.console?.final ?? []), ...finalFacts].map(noteOf)
  return [...steps.flatMap(({ entries }) => fixedIn(entries)), ...own]
}

/** A field of a part, such as a specification, is told with the part's title. */
function fixedIn(entries: readonly HandoffEntry[], part?: string): readonly HandoffNote[] {
  return entries.flatMap((each): readonly HandoffNote[] => {
    if (each.is === 'part') return fixedIn(each.entries, each.title)
    if (each.is === 'table' || each.fixed === undefined) return []
    return [part === undefined ? each.fixed : { ...each.fixed, text: `${part}: ${each.fixed.text}` }]
  })
}

/** Every value of the manifest that no step has, with the reason. */
function notEntered(
  here: Field | undefined,
  value: unknown,
  keys: readonly string[],
  form: Form,
): Handoff['notEntered'] {
  if (isMapping(value) || Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, each]) => notEntered(fieldBelow(here, key), each, [...keys, key], form))
  }
  const place = form.place(keys)
  return 'why' in place ? [{ path: pointer(keys), value: String(value), why: place.why }] : []
}
