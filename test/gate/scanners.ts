/**
 * Products to be scanned, and stand-ins for scanners that cannot be had here: small programs on a path of their own, which
 * write what the documented formats of Grype (`grype/presenter/models/document.go`) and Trivy (`pkg/types/report.go`) hold.
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { nodePrograms } from '../../src/adapters/programs.ts'
import type { ScanPorts } from '../../src/gate/scanner.ts'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import type { Manifest } from '../../src/model/manifest.ts'
import { sampleManifest } from '../../src/model/sample.ts'

export interface Bench {
  readonly folder: string
  readonly bin: string
  /** Ports whose programs are found in `bin`, and in the folders given. */
  ports(environment?: Readonly<Record<string, string>>, ...path: readonly string[]): ScanPorts
  file(path: string, content: string | Uint8Array): Promise<void>
  /** A program that writes down how it was called, then does what the code says. */
  program(name: string, code: string): Promise<void>
  calls(name: string): Promise<readonly (readonly string[])[]>
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const home = await mkdtemp(join(tmpdir(), 'koo-scan-'))
  const folder = join(home, 'product')
  const bin = join(home, 'bin')
  await mkdir(folder)
  await mkdir(bin)
  return {
    folder,
    bin,
    ports: (environment = {}, ...path) => ({
      programs: nodePrograms({ PATH: [bin, ...path].join(':') }),
      files: nodeFiles(home, () => 'temporary'),
      environment,
      stop: new AbortController().signal,
      scratch: join(home, 'cache/scan'),
    }),
    async file(path, content) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), content)
    },
    async program(name, code) {
      const note = `require('node:fs').appendFileSync(${JSON.stringify(join(bin, `${name}.calls`))}, JSON.stringify(process.argv.slice(2)) + '\\n')`
      await writeFile(join(bin, name), `#!${process.execPath}\n${note}\n${code}\n`)
      await chmod(join(bin, name), 0o755)
    },
    async calls(name) {
      const text = await readFile(join(bin, `${name}.calls`), 'utf8').catch(() => '')
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as readonly string[]]))
    },
    close: () => rm(home, { recursive: true, force: true }),
  }
}

/** With a package of files, or with one that is ready. */
export function manifestWith(contents: object): Manifest {
  const method = deliveryMethodIds.find((id) => rowOf(id).deliverable?.koo === 'bundle')
  if (method === undefined) throw new Error('no method has a package')
  const sample = sampleManifest(method) as unknown as Manifest
  return { ...sample, delivery: { ...sample.delivery, package: contents } } as Manifest
}

export const packed = manifestWith({ files: ['app/**'] })
export const ready = manifestWith({ archive: 'harbor.tar.gz' })

interface Told {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly place: string
  readonly scores?: readonly number[]
  readonly severity?: string
  readonly fixed?: readonly string[]
  readonly related?: string
  readonly relatedScores?: readonly number[]
}

export function grypeAnswer(all: readonly Told[]): string {
  const cvss = (scores: readonly number[] = []) =>
    scores.map((baseScore) => ({ source: 'nvd@nist.gov', type: 'Primary', version: '3.1', metrics: { baseScore } }))
  const matches = all.map(({ id, name, version, place, scores, severity = 'Medium', fixed = [], ...more }) => ({
    vulnerability: {
      id,
      severity,
      urls: [],
      cvss: cvss(scores),
      fix: { versions: fixed, state: 'fixed' },
      advisories: [],
    },
    relatedVulnerabilities: more.related === undefined ? [] : [{ id: more.related, cvss: cvss(more.relatedScores) }],
    matchDetails: [{ type: 'exact-direct-match', matcher: 'java-matcher' }],
    artifact: { id: 'f0', name, version, type: 'java-archive', locations: [{ path: place }], purl: '' },
  }))
  const db = { status: { schemaVersion: 'v6.1.0', built: '2026-11-20T01:31:46Z', valid: true } }
  const descriptor = { name: 'grype', version: '0.104.0', db }
  return JSON.stringify({ matches, source: { type: 'directory', target: '/x' }, distro: {}, descriptor })
}

export function trivyReport(all: readonly (Told & { readonly target?: string })[]): string {
  const results = all.map(({ id, name, version, place, target, scores = [], severity = 'MEDIUM', fixed = [] }) => ({
    Target: target ?? place,
    Class: 'lang-pkgs',
    Vulnerabilities: [
      {
        ...{ VulnerabilityID: id, PkgName: name, InstalledVersion: version, Severity: severity },
        ...(target === undefined ? {} : { PkgPath: place }),
        ...(fixed.length === 0 ? {} : { FixedVersion: fixed.join(', ') }),
        CVSS: Object.fromEntries(
          scores.map((V3Score, index) => [`source${index}`, { V3Score, V3Vector: 'CVSS:3.1/' }]),
        ),
      },
    ],
  }))
  const head = { SchemaVersion: 2, Trivy: { Version: '0.68.1' }, ArtifactName: '/x', ArtifactType: 'filesystem' }
  return JSON.stringify({ ...head, ...(results.length === 0 ? {} : { Results: results }) })
}
