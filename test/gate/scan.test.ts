/** Scanners as programs: what they are asked, what is made of their answers, and what happens without them. */
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFound } from '../../src/gate/clamscan.ts'
import { readGrype } from '../../src/gate/grype.ts'
import { scan } from '../../src/gate/scan.ts'
import { readTrivy } from '../../src/gate/trivy.ts'
import { type Bench, grypeAnswer, openBench, packed, ready, trivyReport } from './scanners.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const says = (text: string, code = 0) =>
  `process.stdout.write(${JSON.stringify(text)}, () => { process.exitCode = ${code} })`
const cleanClam = "if (process.argv[2] === '--version') console.log('ClamAV 1.4.6/27500/Fri Nov 20 08:25:11 2026')"
const scanned = (paths = ['app/lib.jar'], manifest = packed, mode: 'auto' | 'require' | 'off' = 'auto') =>
  scan(bench.ports(), { folder: bench.folder, manifest }, paths, mode)

const lib = { id: 'GHSA-1', name: 'httpclient', version: '4.1.1', place: '/app/lib.jar' }

describe('modes', () => {
  test('off runs nothing, and says so', async () => {
    await bench.program('clamscan', cleanClam)
    const { reports, findings } = await scanned(undefined, undefined, 'off')
    expect(reports.map(({ scanner, is }) => `${scanner} ${is}`)).toEqual(['clamscan off', 'grype off', 'trivy off'])
    expect([findings, await bench.calls('clamscan')]).toEqual([[], []])
  })

  test('auto tells what is absent', async () => {
    const { reports, findings } = await scanned()
    expect(reports.map(({ scanner, is }) => `${scanner} ${is}`)).toEqual([
      ...['clamscan absent', 'grype absent', 'trivy absent'],
    ])
    expect(findings).toEqual([])
  })

  test('require refuses without a scanner, naming it and the way around', async () => {
    await expect(scanned(undefined, undefined, 'require')).rejects.toMatchObject({
      ...{ code: 'no-scanner', exit: 'usage' },
      message: 'Nobody can look for viruses in the package: clamscan is not installed.',
      hint: 'Install clamscan, with its data, or pack without with `--scan off`.',
    })
    await bench.file('app/lib.jar', 'a')
    await bench.program('clamscan', cleanClam)
    await expect(scanned(undefined, undefined, 'require')).rejects.toMatchObject({
      message: 'Nobody can look for known vulnerabilities in the package: grype or trivy is not installed.',
    })
    await bench.program(
      'grype',
      'console.error("[0000] ERROR failed to load vulnerability db: not found."); process.exitCode = 1',
    )
    await expect(scanned(undefined, undefined, 'require')).rejects.toMatchObject({
      message: expect.stringContaining('grype failed: [0000] ERROR failed to load vulnerability db: not found.'),
    })
    await bench.program('grype', says(grypeAnswer([])))
    expect((await scanned(undefined, undefined, 'require')).reports).toEqual([
      { scanner: 'clamscan', is: 'clean', why: 'ClamAV 1.4.6/27500/Fri Nov 20 08:25:11 2026' },
      { scanner: 'grype', is: 'clean', why: '0.104.0, data of 2026-11-20' },
    ])
  })

  test('a virus scanner that failed is as none', async () => {
    await bench.file('app/lib.jar', 'a')
    const code = `${cleanClam}\nelse { console.error('LibClamAV Error: cl_load(): No such file or directory: /db'); process.exitCode = 2 }`
    await bench.program('clamscan', code)
    expect((await scanned()).reports[0]).toEqual({
      ...{ scanner: 'clamscan', is: 'failed', why: 'No such file or directory: /db' },
    })
    await expect(scanned(undefined, undefined, 'require')).rejects.toMatchObject({ code: 'no-scanner' })
  })
})

describe('Grype', () => {
  test('is asked about the folder, and trivy is not asked then', async () => {
    await bench.program('grype', says(grypeAnswer([{ ...lib, scores: [9.8], fixed: ['4.3.5'] }])))
    await bench.program('trivy', says('{}'))
    const { reports, findings } = await scanned()
    expect(findings).toEqual([
      {
        ...{ code: 'package-vulnerable', path: '/delivery/package/files', at: 'key' },
        message: 'httpclient 4.1.1 in `app/lib.jar` has GHSA-1, CVSS 9.8; mended in 4.3.5.',
      },
    ])
    expect(reports[1]).toEqual({ scanner: 'grype', is: 'found', why: '0.104.0, data of 2026-11-20' })
    expect(await bench.calls('grype')).toEqual([[`dir:${bench.folder}`, '-o', 'json', '-q']])
    expect(await bench.calls('trivy')).toEqual([])
  })

  test('exits with a code of findings, or writes a line before its answer, and is understood', async () => {
    const noise = 'error purl scheme is not "pkg": ""\n'
    await bench.program('grype', says(noise + grypeAnswer([{ ...lib, scores: [7] }]), 2))
    expect((await scanned()).findings).toHaveLength(1)
  })

  test('that fails is told in its own words', async () => {
    await bench.program('grype', says('{"error": 1}', 3))
    expect((await scanned()).reports[1]).toEqual({ scanner: 'grype', is: 'failed', why: '{"error": 1}' })
    await bench.program('grype', 'process.exitCode = 3')
    expect((await scanned()).reports[1]?.why).toBe('it ended with code 3 and said nothing')
  })

  test('is asked about an archive that is ready, all of which is packed', async () => {
    await bench.program('grype', says(grypeAnswer([{ ...lib, place: '/inside/lib.jar', scores: [8] }])))
    const { findings } = await scanned(['harbor.tar.gz'], ready)
    expect(findings).toMatchObject([
      { path: '/delivery/package/archive', message: expect.stringContaining('CVSS 8.0') },
    ])
    expect((await bench.calls('grype'))[0]?.[0]).toBe(`file:${bench.folder}/harbor.tar.gz`)
  })

  test('only what is severe, and lies in a packed file, counts; the worst first', async () => {
    const answer = grypeAnswer([
      { ...lib, id: 'CVE-1', scores: [6.9], severity: 'High' },
      { ...lib, id: 'CVE-2', scores: [5, 7.0] },
      { ...lib, id: 'CVE-3', severity: 'Critical' },
      { ...lib, id: 'CVE-4', severity: 'Medium' },
      { ...lib, id: 'CVE-5', scores: [9.9], place: '/node_modules/x/package.json' },
      { ...lib, id: 'CVE-6', scores: [9.1], place: `${bench.folder}/app/lib.jar` },
      { ...lib, id: 'CVE-7', scores: [8.8], place: 'app/lib.jar' },
      { ...lib, id: 'CVE-8', scores: [9.9], place: '/elsewhere/app/lib.jar' },
    ])
    await bench.program('grype', says(answer))
    const told = (await scanned()).findings.map(({ message }) => /CVE-\d.*;/.exec(message)?.[0])
    expect(told).toEqual(['CVE-6, CVSS 9.1;', 'CVE-7, CVSS 8.8;', 'CVE-2, CVSS 7.0;', 'CVE-3, severity critical;'])
  })

  test('a vulnerability of a component is told once, under its CVE', async () => {
    const answer = grypeAnswer([
      { ...lib, related: 'CVE-2014-3577', relatedScores: [7.4], fixed: ['4.3.5'] },
      { ...lib, id: 'CVE-2014-3577', scores: [5.8, 7.5], place: '/app/other.jar' },
      { ...lib, id: 'CVE-2014-3577', version: '4.2', scores: [7.5], place: '/app/other.jar' },
    ])
    await bench.program('grype', says(answer))
    const { findings } = await scanned(['app/lib.jar', 'app/other.jar'])
    expect(findings.map(({ message }) => message)).toEqual([
      'httpclient 4.1.1 in `app/lib.jar` and 1 more has CVE-2014-3577 (GHSA-1), CVSS 7.5; mended in 4.3.5.',
      'httpclient 4.2 in `app/other.jar` has CVE-2014-3577, CVSS 7.5; no version is known that mends it.',
    ])
  })

  test('anything else is no answer', () => {
    for (const text of ['', 'null', '[]', '"x"', '{"matches": {}}', '{', 'no\n{'])
      expect(readGrype(text)).toBeUndefined()
    expect(readGrype('{"matches": [null, 1, {}]}')?.vulnerabilities).toHaveLength(3)
  })
})

describe('Trivy', () => {
  test('is asked where Grype is absent, about what is built of and what was built', async () => {
    const lock = { id: 'CVE-1', name: 'jquery', version: '3.3.9', place: 'app/package-lock.json', scores: [4, 7.2] }
    const jar = {
      id: 'CVE-2',
      name: 'log4j',
      version: '2.14',
      place: 'app/lib.jar',
      target: 'Java',
      severity: 'CRITICAL',
    }
    const answers = { fs: trivyReport([{ ...lock, fixed: ['3.4.0', '3.5.0'] }]), rootfs: trivyReport([jar, lock]) }
    await bench.program('trivy', `console.log((${JSON.stringify(answers)})[process.argv[2]])`)
    const { reports, findings } = await scanned(['app/lib.jar', 'app/package-lock.json'])
    expect(findings.map(({ message }) => message)).toEqual([
      'jquery 3.3.9 in `app/package-lock.json` has CVE-1, CVSS 7.2; mended in 3.4.0, 3.5.0.',
      'log4j 2.14 in `app/lib.jar` has CVE-2, severity critical; no version is known that mends it.',
    ])
    expect(reports.slice(1)).toEqual([
      { scanner: 'grype', is: 'absent' },
      { scanner: 'trivy', is: 'found', why: '0.68.1' },
    ])
    const rest = ['--scanners', 'vuln', '--format', 'json', '--quiet', bench.folder]
    expect(await bench.calls('trivy')).toEqual([
      ['fs', ...rest],
      ['rootfs', ...rest],
    ])
  })

  test('says that it does not look into archives', async () => {
    await bench.program('trivy', says(trivyReport([])))
    expect((await scanned(['harbor.tar.gz'], ready)).reports.at(-1)).toEqual({
      ...{ scanner: 'trivy', is: 'failed', why: 'it does not look into archives such as harbor.tar.gz; Grype does' },
    })
  })

  test('without results it is clean, without a report it failed', async () => {
    await bench.program('trivy', says(trivyReport([])))
    expect((await scanned()).reports.at(-1)).toEqual({ scanner: 'trivy', is: 'clean', why: '0.68.1' })
    await bench.program(
      'trivy',
      'console.error("FATAL\\tFatal error\\tinit error: DB error: failed to download vulnerability DB"); process.exitCode = 1',
    )
    expect((await scanned()).reports.at(-1)).toMatchObject({ is: 'failed', why: expect.stringContaining('DB error') })
    for (const text of ['', '[]', '{}', 'x']) expect(readTrivy(text)).toBeUndefined()
  })
})

describe('clamscan', () => {
  const all = new Map(
    ['/p/a', '/p/a: X FOUND', '/p/new\nline', '/p/ü b', '/p/b: c'].map((each) => [each, each.slice(3)]),
  )
  const line = (place: string, name = 'Eicar-Test') => `${place}: ${name} FOUND\n`

  test('paths of any form are found in its lines', () => {
    const { viruses, unscanned } = readFound([...all.keys()].map((each) => line(each)).join(''), all)
    expect(viruses.map(({ path }) => path).sort()).toEqual([...all.values()].sort())
    expect(unscanned).toEqual([])
    expect(readFound(line('/p/a').replace('\n', '\r\n'), all).viruses).toEqual([{ path: 'a', name: 'Eicar-Test' }])
    expect(readFound('', all).viruses).toEqual([])
  })

  test('what it did not look at all of is no virus, and told', async () => {
    const said = `${line('/p/a', 'Heuristics.Limits.Exceeded.MaxRecursion')}WARNING: /p/ü b: Can't access file\n`
    expect(readFound(said, all)).toEqual({
      viruses: [],
      unscanned: ['a (beyond the limit MaxRecursion)', 'ü b (cannot be read)'],
    })
  })

  test('names with line ends are given apart, and the list is removed', async () => {
    await bench.file('app/a.txt', '')
    await bench.file('app/new\nline', '')
    const code = `${cleanClam}\nconst list = process.argv.find((each) => each.startsWith('--file-list='))\nif (list) require('node:fs').copyFileSync(list.slice(12), '${bench.bin}/list')`
    await bench.program('clamscan', code)
    const { reports } = await scan(
      bench.ports({ KOO_CLAMSCAN_DATABASE: '/data/own.hdb' }),
      {
        ...{ folder: bench.folder, manifest: packed },
      },
      ['app/a.txt', 'app/new\nline'],
      'auto',
    )
    expect(reports[0]?.is).toBe('clean')
    const calls = await bench.calls('clamscan')
    expect(calls).toHaveLength(3)
    expect(calls.every((each) => each.includes('--database=/data/own.hdb'))).toBe(true)
    expect(calls[1]).toEqual(
      expect.arrayContaining(['--infected', '--no-summary', '--stdout', '--max-filesize=2147483647']),
    )
    expect(calls[2]?.at(-1)).toBe(`${bench.folder}/app/new\nline`)
    expect(existsSync(`${bench.bin}/list`)).toBe(true)
    expect(existsSync(bench.ports().scratch)).toBe(false)
  })

  test('a file too large for it is told, with all else clean', async () => {
    await bench.program('clamscan', cleanClam)
    await bench.file('app/a.txt', '')
    const ports = bench.ports()
    const files = { ...ports.files, entry: async () => ({ kind: 'file', bytes: 2 ** 31, executable: false }) as const }
    const { reports } = await scan(
      { ...ports, files },
      { folder: bench.folder, manifest: packed },
      ['app/a.txt'],
      'auto',
    )
    expect(reports[0]).toEqual({
      ...{ scanner: 'clamscan', is: 'failed', why: 'it did not look at all of app/a.txt (larger than 2 GiB)' },
    })
  })
})

test('a scan that is stopped ends its program', async () => {
  await bench.program('grype', 'setInterval(() => {}, 1000)')
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 300)
  const ports = { ...bench.ports(), stop: controller.signal }
  const running = scan(ports, { folder: bench.folder, manifest: packed }, [], 'auto')
  await expect(running).rejects.toMatchObject({ code: 'stopped' })
})
