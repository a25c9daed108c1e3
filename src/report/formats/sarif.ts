/**
 * Findings as SARIF 2.1.0, for code scanning and the editors that show it.
 *
 * GitHub takes 25 000 results of a run and keeps 5 000; it shows ten tags of a rule. It knows results again by
 * `primaryLocationLineHash`, which needs the whole file: `github/codeql-action/upload-sarif` adds it, and would warn of
 * another value, so koo gives its own fingerprint under its own name.
 */
import type { ArtifactLocation, Fix, Invocation, Location, Log, Message, Region, Result } from 'sarif'
import type { FramedDiagnostic, Span } from '../../model/diagnostic.ts'
import { fingerprints } from './fingerprint.ts'
import { ruleOf } from './sarif-rules.ts'
import { uriOf } from './uri.ts'
import { byFile, jsonText, type Validated } from './validated.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
const root = '%SRCROOT%'

/** Finds the artifact of a file, with its place in the list of artifacts. */
type Places = ReadonlyMap<string, ArtifactLocation>

export function sarif(outcome: Validated, version: string): string {
  const places: Places = new Map(byFile(outcome).map(({ file }, index) => [file, { ...placeOf(file), index }]))
  const codes = [...new Set(outcome.diagnostics.map(({ code }) => code))]
  const prints = fingerprints(outcome.diagnostics)
  const log: Log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'koo', version, semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        // Where that is on this computer is nobody's business, and no other computer could use it.
        originalUriBaseIds: { [root]: { description: { text: 'The folder koo was started in.' } } },
        invocations: [invocationOf(outcome, places)],
        artifacts: [...places.values()].map(({ index: _, ...location }) => ({ location, roles: ['analysisTarget'] })),
        results: outcome.diagnostics.map((each, index) => ({
          ...resultOf(each, places),
          ruleIndex: codes.indexOf(each.code),
          partialFingerprints: { 'kooFinding/v1': prints[index] ?? '' },
        })),
      },
    ],
  }
  return jsonText(log)
}

function placeOf(file: string): ArtifactLocation {
  const { uri, isRelative } = uriOf(file)
  return isRelative ? { uri, uriBaseId: root } : { uri }
}

/** Findings are no fault of the run. */
function invocationOf({ unreached = [] }: Validated, places: Places): Invocation {
  const notifications = unreached.map(({ file, what, why }) => ({
    level: 'warning' as const,
    message: messageOf(`${what}: ${why}`),
    locations: [{ physicalLocation: { artifactLocation: places.get(file) ?? placeOf(file) } }],
  }))
  return {
    executionSuccessful: true,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  }
}

function resultOf(diagnostic: FramedDiagnostic, places: Places): Result {
  const { file, code, severity, message, hint, fix } = diagnostic
  const artifactLocation = places.get(file) ?? placeOf(file)
  return {
    ruleId: code,
    level: severity,
    message: messageOf(hint === undefined ? message : `${message} ${hint}`),
    locations: [locationOf(diagnostic, artifactLocation)],
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, artifactLocation)] }),
  }
}

/**
 * The text of a message may have placeholders and links, so braces are doubled (§3.11.5) and what looks like a link is
 * kept from being one (§3.11.6).
 */
function messageOf(text: string): Message {
  return { text: text.replace(/[{}]/g, '$&$&').replace(/\[(?=[^[\]]*\]\()/g, '\\[') }
}

function locationOf(diagnostic: FramedDiagnostic, artifactLocation: ArtifactLocation): Location {
  const { path } = diagnostic
  const text = snippetOf(diagnostic)
  const around = surroundingsOf(diagnostic)
  return {
    physicalLocation: {
      artifactLocation,
      region: { ...regionOf(diagnostic), ...(text ? { snippet: { text } } : {}) },
      ...(around === undefined ? {} : { contextRegion: around }),
    },
    ...(path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
  }
}

function regionOf({ line, column, endLine, endColumn }: Span): Region {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

/** Of one line only: with the frame alone the line breaks are not known. */
function snippetOf({ frame, line, column, endLine, endColumn }: FramedDiagnostic): string | undefined {
  if (line !== endLine) return undefined
  return frame.find((each) => each.line === line)?.text.slice(column - 1, endColumn - 1)
}

/** The lines of the frame, where there are more of them than the finding has. */
function surroundingsOf({ frame, line, endLine }: FramedDiagnostic): Region | undefined {
  const first = frame.at(0)?.line
  const last = frame.at(-1)?.line
  if (first === undefined || last === undefined || first > line || last < endLine) return undefined
  if (last - first === endLine - line) return undefined
  return { startLine: first, endLine: last, snippet: { text: frame.map(({ text }) => text).join('\n') } }
}

function fixOf({ title, edits }: NonNullable<FramedDiagnostic['fix']>, artifactLocation: ArtifactLocation): Fix {
  const replacements = edits.map((edit) => ({
    deletedRegion: regionOf(edit),
    ...(edit.text === '' ? {} : { insertedContent: { text: edit.text } }),
  }))
  return { description: messageOf(title), artifactChanges: [{ artifactLocation, replacements }] }
}
