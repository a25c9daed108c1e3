/**
 * SARIF's rules, made from the table of diagnostic codes. Braces stay single: only messages have placeholders, and an
 * example is there to be copied.
 */
import type { MultiformatMessageString, ReportingDescriptor } from 'sarif'
import {
  type DiagnosticCode,
  type DiagnosticCodeRow,
  diagnosticCodeRow,
  sourceOf,
} from '../../model/diagnostic-codes.ts'
import { sourceMarkdown, sourceText } from './code-source.ts'
import { fenced, inline } from './markdown-text.ts'

export function ruleOf(code: DiagnosticCode): ReportingDescriptor {
  const row = diagnosticCodeRow(code)
  const { what, why, severity, stage } = row
  const address = sourceOf(code)
  return {
    id: code,
    name: pascalCase(code),
    shortDescription: { text: what },
    fullDescription: { text: `${what} ${why}` },
    help: helpOf(code, row),
    ...(address === undefined ? {} : { helpUri: address }),
    defaultConfiguration: { level: severity },
    properties: { tags: [stage] },
  }
}

function pascalCase(code: string): string {
  return code.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())
}

function helpOf(code: DiagnosticCode, row: DiagnosticCodeRow): MultiformatMessageString {
  const { why, mend, bad, good } = row
  const text = [
    `Why: ${why}`,
    `Mend: ${mend}`,
    ...(bad === undefined ? [] : [`Wrong:\n${bad.trimEnd()}`]),
    ...(good === undefined ? [] : [`Right:\n${good.trimEnd()}`]),
    sourceText(code, row),
  ]
  const markdown = [
    `**Why:** ${inline(why)}`,
    `**Mend:** ${inline(mend)}`,
    ...(bad === undefined ? [] : [`Wrong:\n\n${fenced(bad)}`]),
    ...(good === undefined ? [] : [`Right:\n\n${fenced(good)}`]),
    sourceMarkdown(code, row),
  ]
  return { text: text.join('\n\n'), markdown: markdown.join('\n\n') }
}
