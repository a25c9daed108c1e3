/** What a scanner is: another program that looks at the files of a package, and what it makes of them. */
import type { Finding } from '../model/diagnostic.ts'
import type { Manifest } from '../model/manifest.ts'
import type { ScanReport } from '../model/scan-report.ts'
import type { Environment, Files, ProgramEnd, Programs } from '../ports.ts'

/** `auto`: those that are installed; `require`: or else nothing is packed; `off`: none. */
export type ScanMode = 'auto' | 'require' | 'off'

export interface Scanned {
  readonly report: ScanReport
  readonly findings: readonly Finding[]
}

export interface ScanPorts {
  readonly programs: Programs
  readonly files: Files
  readonly environment: Environment
  readonly stop: AbortSignal
  /** A folder of this run alone, which need not exist; what is written there is removed. */
  readonly scratch: string
}

export interface Scannable {
  readonly folder: string
  readonly manifest: Manifest
}

/** Looks at the packed files; `paths` are relative to the product's folder. */
export type Scan = (ports: ScanPorts, product: Scannable, paths: readonly string[]) => Promise<Scanned>

/** What is wrong with a package is told where the manifest names it. */
export function packagePlace({ delivery }: Manifest): Pick<Finding, 'path' | 'at'> {
  const field = delivery.package?.archive === undefined ? 'files' : 'archive'
  return { path: `/delivery/package/${field}`, at: 'key' }
}

const longestReason = 300

/** Why a program failed, in its own words: the last line it wrote, which sums up the others. */
export function reasonOf({ code, stderr, stdout }: Extract<ProgramEnd, { is: 'ended' }>): string {
  const said = linesOf(stderr).at(-1) ?? linesOf(stdout).at(-1)
  return said === undefined ? `it ended with code ${code} and said nothing` : said.slice(0, longestReason)
}

export function linesOf(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
  const plain = text.replace(/\x1b\[[\d;]*m/g, '')
  return plain
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/\.$/, ''))
    .filter((line) => line !== '')
}
