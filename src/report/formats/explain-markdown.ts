/** Every diagnostic code as Markdown: what `koo explain --all --format markdown` prints. */
import type { Stage } from '../../model/diagnostic-codes.ts'
import type { Outcome } from '../../model/outcome.ts'
import { count } from '../style.ts'
import { sourceMarkdown } from './code-source.ts'
import { fenced, inline } from './markdown-text.ts'

type Explained = Extract<Outcome, { readonly is: 'explained' }>['codes']

/** In the order in which koo looks. */
const stages: Readonly<Record<Stage, string>> = {
  text: 'Reading the file',
  shape: 'The fields and their types',
  rule: 'Rules about one manifest',
  run: 'Rules between manifests, and comments that speak to koo',
  online: 'A look at the network',
  pack: 'A look into the package, when packing',
  review: 'The marketplace’s review',
}

export function explainedMarkdown(codes: Explained): string {
  const groups = Object.entries(stages)
    .map(([stage, title]): Group => ({ title, rows: codes.filter((each) => each.stage === stage) }))
    .filter(({ rows }) => rows.length > 0)
  return [
    '# Diagnostic codes',
    `What \`koo validate\` can find: ${count(codes.length, 'code')}.`,
    groups.map(contentsOf).join('\n'),
    ...groups.flatMap(({ title, rows }) => [`## ${title}`, ...rows.map(sectionOf)]),
  ].join('\n\n')
}

interface Group {
  readonly title: string
  readonly rows: Explained
}

function contentsOf({ title, rows }: Group): string {
  return [`- ${title}`, ...rows.map(entryOf)].join('\n')
}

/** GitHub and GitLab make the heading's anchor of the code as it is. */
function entryOf({ code, what }: Explained[number]): string {
  return `  - [\`${code}\`](#${code}): ${inline(what)}`
}

function sectionOf(row: Explained[number]): string {
  const { code, severity, what, why, mend, fixable, bad, good } = row
  return [
    `### ${code}`,
    `${inline(what)} (${severity})`,
    `**Why:** ${inline(why)}`,
    ...(bad === undefined ? [] : [`Wrong:\n\n${fenced(bad)}`]),
    ...(good === undefined ? [] : [`Right:\n\n${fenced(good)}`]),
    `**Mend:** ${inline(mend)}${fixable ? ' `koo validate --fix` does it in the usual cases.' : ''}`,
    sourceMarkdown(code, row),
  ].join('\n\n')
}
