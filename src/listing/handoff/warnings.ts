/** Puts each finding where what it speaks of is entered: at the field, else at what lies nearest above it. */
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { HandoffEntry, HandoffStep, HandoffWarning } from '../../model/handoff.ts'

export function withWarnings(
  steps: readonly HandoffStep[],
  diagnostics: readonly Diagnostic[],
): { readonly steps: readonly HandoffStep[]; readonly others: readonly HandoffWarning[] } {
  const places = new Set(steps.flatMap(({ entries }) => pathsIn(entries)))
  const told = new Map<string, HandoffWarning[]>()
  const others: HandoffWarning[] = []
  for (const diagnostic of diagnostics) {
    const place = nearest(diagnostic.path, places)
    const warning = warningOf(diagnostic)
    if (place === undefined) others.push(warning)
    else told.set(place, [...(told.get(place) ?? []), warning])
  }
  return { steps: steps.map((step) => ({ ...step, entries: step.entries.map((each) => marked(each, told)) })), others }
}

function pathsIn(entries: readonly HandoffEntry[]): readonly string[] {
  return entries.flatMap((each) => [each.path, ...(each.is === 'part' ? pathsIn(each.entries) : [])])
}

function nearest(path: string, places: ReadonlySet<string>): string | undefined {
  for (let here = path; here !== ''; here = here.slice(0, here.lastIndexOf('/'))) if (places.has(here)) return here
  return undefined
}

function marked(entry: HandoffEntry, told: ReadonlyMap<string, readonly HandoffWarning[]>): HandoffEntry {
  const warnings = told.get(entry.path) ?? []
  return entry.is === 'part'
    ? { ...entry, warnings, entries: entry.entries.map((each) => marked(each, told)) }
    : { ...entry, warnings }
}

function warningOf({ severity, code, path, message, hint, file, line, column }: Diagnostic): HandoffWarning {
  return { severity, code, path, message, ...(hint === undefined ? {} : { hint }), where: `${file}:${line}:${column}` }
}
