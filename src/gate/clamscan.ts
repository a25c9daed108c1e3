/** ClamAV's `clamscan`: viruses, Trojans and other malware. */
import type { Finding } from '../model/diagnostic.ts'
import type { ScanReport } from '../model/scan-report.ts'
import type { ProgramEnd } from '../ports.ts'
import { linesOf, packagePlace, reasonOf, type Scan, type Scannable, type ScanPorts } from './scanner.ts'

/**
 * 2 GiB − 1. Whatever `--max-filesize` says, clamscan 1.4 calls a larger file OK without having looked at it, with a
 * warning at most; so such files are not given to it, and told.
 */
const mostBytes = 2 ** 31 - 1
/** Of the contents of one archive, which may be many times as large as itself; what exceeds it is told. */
const mostUnpacked = 2 ** 32 - 1
const mostUnpackedFiles = 1_000_000

/**
 * Without these limits, clamscan looks at 400 MB of a file and for two minutes, and calls it clean (clamscan(1)). With
 * `--alert-exceeds-max`, a file that goes beyond one is told as `Heuristics.Limits.Exceeded`.
 */
const limits = [
  `--max-filesize=${mostBytes}`,
  `--max-scansize=${mostUnpacked}`,
  `--max-files=${mostUnpackedFiles}`,
  '--max-scantime=0',
  '--alert-exceeds-max=yes',
]

const absent = { report: { scanner: 'clamscan', is: 'absent' }, findings: [] } as const

export const clamscan: Scan = async (ports, product, paths) => {
  const { programs, environment, stop } = ports
  const signatures = environment.KOO_CLAMSCAN_DATABASE
  const database = signatures ? [`--database=${signatures}`] : []
  const version = await programs.run('clamscan', ['--version', ...database], { stop })
  if (version.is === 'absent') return absent
  const { small, large } = await bySize(ports, product, paths)
  const ends = await run(ports, [...database, ...limits, '--no-summary', '--infected', '--stdout'], [...small.keys()])
  const said = ends.map(({ stdout }) => readFound(stdout, small))
  const found = said.flatMap(({ viruses }) => viruses)
  const missed = [...large, ...said.flatMap(({ unscanned }) => unscanned)]
  const failed = ends.find(({ code }) => code !== 0 && code !== 1)
  const trouble = failed === undefined ? undefined : clamReason(failed)
  return {
    report: reportOf(found.length, missed, trouble, linesOf(version.stdout)[0]),
    findings: found.map(({ path, name }): Finding => {
      const message = `\`${path}\`: clamscan found ${name}.`
      return { code: 'package-virus', ...packagePlace(product.manifest), message }
    }),
  }
}

function reportOf(found: number, missed: readonly string[], trouble = '', version = ''): ScanReport {
  const [first, second, third, ...others] = missed
  const more = others.length === 0 ? [] : [`${others.length} more`]
  const names = [first, second, third].filter((each) => each !== undefined)
  const unseen = missed.length === 0 ? '' : `it did not look at all of ${[...names, ...more].join(', ')}`
  const why = [trouble, unseen].filter((each) => each !== '').join('; ')
  const is = found > 0 ? 'found' : why === '' ? 'clean' : 'failed'
  const told = why === '' ? version : why
  return { scanner: 'clamscan', is, ...(told === '' ? {} : { why: told }) }
}

/** The files clamscan can look at, by their absolute paths, and those it cannot. */
async function bySize({ files }: ScanPorts, { folder }: Scannable, paths: readonly string[]) {
  const small = new Map<string, string>()
  const large: string[] = []
  for (const path of paths) {
    const place = files.absolute(files.join(folder, path))
    if (((await files.entry(place))?.bytes ?? 0) > mostBytes) large.push(`${path} (larger than 2 GiB)`)
    else small.set(place, path)
  }
  return { small, large }
}

type Ended = Extract<ProgramEnd, { readonly is: 'ended' }>

/** A list of files has one on each line, so names with line ends are arguments of a run of their own. */
async function run(ports: ScanPorts, options: readonly string[], places: readonly string[]): Promise<readonly Ended[]> {
  const { files, scratch } = ports
  const odd = places.filter((place) => /[\r\n]/.test(place))
  const even = places.filter((place) => !/[\r\n]/.test(place))
  const list = files.absolute(files.join(scratch, 'packed-files.txt'))
  try {
    const ends: Ended[] = []
    if (even.length > 0) {
      await files.write(list, `${even.join('\n')}\n`)
      ends.push(...(await once(ports, [...options, `--file-list=${list}`])))
    }
    if (odd.length > 0) ends.push(...(await once(ports, [...options, ...odd])))
    return ends
  } finally {
    await files.remove(scratch)
  }
}

async function once({ programs, stop }: ScanPorts, args: readonly string[]): Promise<readonly Ended[]> {
  const end = await programs.run('clamscan', args, { stop })
  return end.is === 'ended' ? [end] : []
}

const exceeded = /^Heuristics\.Limits\.Exceeded/

interface Found {
  readonly viruses: readonly { readonly path: string; readonly name: string }[]
  /** With the reason in brackets. */
  readonly unscanned: readonly string[]
}

/** Of lines such as `PATH: NAME FOUND`, where a path may contain anything, line ends too. */
export function readFound(stdout: string, paths: ReadonlyMap<string, string>): Found {
  const viruses: { readonly path: string; readonly name: string }[] = []
  const unscanned: string[] = []
  let start = 0
  // A name has no spaces, so this is the end of a message, or else a part of a path, which then is none that is known.
  for (const match of stdout.matchAll(/: (\S+) FOUND\r?$/gm)) {
    const [whole, name = ''] = match
    const path = knownAtEnd(stdout.slice(start, match.index), paths)
    if (path === undefined) continue
    start = match.index + whole.length
    if (exceeded.test(name)) unscanned.push(`${path} (${name.replace(exceeded, 'beyond the limit').replace('.', ' ')})`)
    else viruses.push({ path, name })
  }
  for (const [, place = ''] of stdout.matchAll(/^WARNING: (.*): Can't access file\r?$/gm)) {
    unscanned.push(`${paths.get(place) ?? place} (cannot be read)`)
  }
  return { viruses, unscanned }
}

function knownAtEnd(text: string, paths: ReadonlyMap<string, string>): string | undefined {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  const plain = paths.get(line)
  if (plain !== undefined) return plain
  return [...paths].find(([place]) => text === place || text.endsWith(`\n${place}`))?.[1]
}

/** The library's first error is the cause; what follows is what came of it. */
function clamReason(end: Ended): string {
  const error = linesOf(`${end.stderr}\n${end.stdout}`).find((line) => /^(?:LibClamAV Error|ERROR): /.test(line))
  return error?.replace(/^(?:LibClamAV Error|ERROR): (?:\w+\(?\)?: )?/, '') ?? reasonOf(end)
}
