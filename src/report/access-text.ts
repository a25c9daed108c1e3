/** The verdict on a production interface as a person reads it: what passed in a line, what failed in full. */
import { type CaseOutcome, type CaseVerdict, type Exchange, hasPassed } from '../model/access/report.ts'
import type { Outcome } from '../model/outcome.ts'
import { pageOf } from '../model/pages.ts'
import { shellWord } from '../model/shell-word.ts'
import { count, type Style } from './style.ts'

type Tested = Pick<Extract<Outcome, { readonly is: 'access-tested' }>, 'report' | 'strict'>

const mostBody = 600

export function accessText({ report, strict }: Tested, style: Style): string {
  const { cases, url, suite, charging, seed } = report
  const of = (outcome: CaseOutcome) => cases.filter((each) => each.outcome === outcome)
  const failed = of('failed')
  const open = [...of('blocked'), ...of('not-run')]
  return [
    `${style.bold(url)}  suite ${suite}, ${charging.join(', ')}, seed ${seed}`,
    ...groups(of('passed')).map(([line, ids]) => `${style.green('✔')} ${line}  ${style.dim(ids)}`),
    ...of('passed').flatMap(({ id, note }) => (note === undefined ? [] : [`  ${id}: ${note}`])),
    ...of('skipped').map(({ id, note }) => style.dim(`- ${id} skipped: ${note}`)),
    ...undecided(open, style),
    ...failed.flatMap((each) => ['', ...failure(each, style)]),
    '',
    verdict({ report, strict }, style),
    ...(failed.length === 0 ? [] : [again(report, failed, style)]),
  ].join('\n')
}

/** Passed cases by level, with their ids. */
function groups(passed: readonly CaseVerdict[]): readonly (readonly [string, string])[] {
  const levels = [...new Set(passed.map(({ level }) => level))]
  return levels.map((level) => {
    const ids = passed.filter((each) => each.level === level).map(({ id }) => id)
    return [`${ids.length} passed (${level})`, ids.join(' ')] as const
  })
}

/** Many are so for the same reason. */
function undecided(open: readonly CaseVerdict[], style: Style): readonly string[] {
  const reasons = [...new Set(open.map(({ note }) => note))]
  return reasons.map((reason) => {
    const ids = open.filter(({ note }) => note === reason).map(({ id }) => id)
    return `${style.yellow('?')} ${ids.length} not decided: ${reason}  ${style.dim(ids.join(' '))}`
  })
}

function failure({ id, level, title, source, wrong, mend, exchanges }: CaseVerdict, style: Style): readonly string[] {
  const page = pageOf(source)
  const last = exchanges.at(-1)
  return [
    `${level === 'must' ? style.red('✖') : style.yellow('▲')} ${style.bold(id)} (${level}): ${title}.`,
    `  ${style.red('Wrong:')} ${wrong}`,
    `  ${style.green('Mend:')} ${mend}`,
    ...(last === undefined ? [] : exchange(last).map((line) => `  ${line}`)),
    `  ${style.dim(`${page.title}: ${page.address}`)}`,
  ]
}

function exchange({ sent, came, milliseconds }: Exchange): readonly string[] {
  const request = [`Sent: ${sent.method} ${sent.url}`, ...(sent.body === '' ? [] : [`      ${short(sent.body)}`])]
  if (came.is === 'late') return [...request, `Came: nothing within ${milliseconds} ms`]
  if (came.is === 'unreached') return [...request, `Came: nothing; ${came.why}`]
  const sign = came.headers.find(([name]) => name.toLowerCase() === 'body-sign')
  return [
    ...request,
    `Came: HTTP ${came.status} after ${milliseconds} ms`,
    ...(sign === undefined ? [] : [`      ${sign.join(': ')}`]),
    ...(came.body === '' ? [] : [`      ${short(came.body)}`]),
  ]
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > mostBody ? `${line.slice(0, mostBody)}… (${line.length} characters)` : line
}

function verdict({ report, strict }: Tested, style: Style): string {
  const { cases, isWhole } = report
  const of = (outcome: CaseOutcome) => cases.filter((each) => each.outcome === outcome).length
  const counts = `${of('passed')} passed, ${of('failed')} failed, ${of('blocked') + of('not-run')} not decided, ${of('skipped')} skipped`
  const part = isWhole ? '' : ' of the chosen cases'
  const words = hasPassed(report, strict) ? style.green(`Passed${part}`) : style.red(`Not passed${part}`)
  return `${words}: ${count(cases.length, 'case')}, ${counts}.`
}

function again({ url, seed, suite }: Tested['report'], failed: readonly CaseVerdict[], style: Style): string {
  const http = url.startsWith('http:') ? ' --insecure-http' : ''
  const other = suite === 'v2' ? '' : ` --suite ${suite}`
  const only = failed.map(({ id }) => id).join(' ')
  return style.dim(
    `Just these again: koo access test ${shellWord(url)}${http}${other} --seed ${shellWord(seed)} --only ${only}`,
  )
}
