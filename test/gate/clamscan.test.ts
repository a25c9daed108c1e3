/** The real clamscan, where it is installed, with signatures of its own: ClamAV's may not be there, and take long to load. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { scan } from '../../src/gate/scan.ts'
import { type Bench, openBench, packed } from './scanners.ts'

const path = (process.env.PATH ?? '').split(delimiter)
const isInstalled = path.some((folder) => folder !== '' && existsSync(join(folder, 'clamscan')))

/** The harmless file every virus scanner knows (https://www.eicar.org), in halves, so that this file is not one. */
const eicar = Buffer.from(`${'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR'}${'-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`)
const signature = `${createHash('md5').update(eicar).digest('hex')}:${eicar.length}:Koo.Test.Eicar\n`

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const scanned = async (paths: readonly string[], database = join(bench.bin, 'own.hdb')) => {
  const ports = bench.ports({ KOO_CLAMSCAN_DATABASE: database }, ...path)
  return scan(ports, { folder: bench.folder, manifest: packed }, paths, 'auto')
}

;(isInstalled ? describe : describe.skip)('clamscan itself', () => {
  beforeEach(async () => {
    await bench.file('../bin/own.hdb', signature)
    await bench.file('app/run.sh', 'echo harbor\n')
  })

  test('finds a virus wherever it lies, whatever its name', async () => {
    const names = ['app/eicar.com', 'app/odd: name FOUND', 'app/new\nline', 'app/ü ✓', 'app/-rf', 'app/ spaced ']
    for (const name of names) await bench.file(name, eicar)
    await bench.file('app/elsewhere.com', eicar)
    const { reports, findings } = await scanned([...names, 'app/run.sh'])
    expect(findings.map(({ message }) => message).sort()).toEqual(
      names.map((name) => `\`${name}\`: clamscan found Koo.Test.Eicar.UNOFFICIAL.`).sort(),
    )
    expect(findings[0]).toMatchObject({ code: 'package-virus', path: '/delivery/package/files', at: 'key' })
    expect(reports[0]).toEqual({ scanner: 'clamscan', is: 'found', why: expect.stringMatching(/^ClamAV \d/) })
  })

  test('finds none in clean files', async () => {
    const { reports, findings } = await scanned(['app/run.sh'])
    expect(findings).toEqual([])
    expect(reports[0]).toMatchObject({ scanner: 'clamscan', is: 'clean' })
  })

  test('without signatures it failed, in its own words', async () => {
    const { reports, findings } = await scanned(['app/run.sh'], join(bench.bin, 'missing.hdb'))
    expect(findings).toEqual([])
    expect(reports[0]).toMatchObject({ is: 'failed', why: expect.stringContaining('No such file or directory') })
  })

  test('a file it cannot find is not called clean', async () => {
    const ports = bench.ports({ KOO_CLAMSCAN_DATABASE: join(bench.bin, 'own.hdb') }, ...path)
    // Gone between the two looks.
    const files = { ...ports.files, entry: async () => ({ kind: 'file', bytes: 1, executable: false }) as const }
    const { reports } = await scan(
      { ...ports, files },
      { folder: bench.folder, manifest: packed },
      ['app/gone'],
      'auto',
    )
    expect(reports[0]).toMatchObject({ is: 'failed', why: expect.stringContaining('app/gone (cannot be read)') })
  })
})
