/** The gate as a command sees it: placed diagnostics, reports, progress, and what a person may choose. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { wholeManifest } from '../../src/check/examples.ts'
import { allowedSecrets, passGate, scanModeOf, secretDiagnostics } from '../../src/commands/gate.ts'
import { readProducts } from '../../src/commands/manifests.ts'
import type { Event } from '../../src/model/event.ts'
import type { World } from '../../src/ports.ts'
import { type Bench, grypeAnswer, openBench, packed } from './scanners.ts'

let bench: Bench
let events: Event[]
beforeEach(async () => {
  bench = await openBench()
  events = []
})
afterEach(() => bench.close())

function world(): World {
  const unexpected = () => Promise.reject(new Error('not expected here'))
  const { programs, files, environment, stop } = bench.ports()
  return {
    ...{ programs, files, environment, stop },
    clock: { now: () => 0, sleep: async () => {} },
    randomness: { uuid: () => 'u', hex: () => 'ab' },
    terminal: { asks: false },
    processors: () => 2,
    folders: async () => ({ data: join(bench.bin, 'data'), cache: join(bench.bin, 'cache') }),
    ...{ input: unexpected, prompter: unexpected, marketplace: unexpected, images: unexpected },
    ...{ objectStore: unexpected, assets: unexpected, sellerApi: unexpected, links: unexpected },
    ...{ servePages: unexpected, openInBrowser: unexpected, sellerServer: unexpected, serve: unexpected },
    emit: (event) => events.push(event),
  }
}

async function product(more = '') {
  const part = `delivery:\n  method: license\n  package:\n    files:\n      - app/**\n${more}`
  await bench.file('koo.yaml', wholeManifest(part))
  await bench.file('app/run.sh', 'echo\n')
  await bench.file('logo.png', await readFile(join(import.meta.dirname, '../check/files/logo.png')))
  const read = await readProducts(bench.ports().files, [bench.folder])
  if (read.is === 'unsound' || read.products[0] === undefined) throw new Error('the product of the test is unsound')
  return read.products[0]
}

test('secrets by name, viruses and vulnerabilities are placed in the manifest', async () => {
  await bench.program(
    'clamscan',
    [
      "if (process.argv[2] === '--version') { console.log('ClamAV 1.4.6'); return }",
      "const [, list] = process.argv.at(-1).split('=')",
      "const [, second] = require('node:fs').readFileSync(list, 'utf8').split('\\n')",
      "console.log(second + ': Eicar-Test FOUND')",
    ].join('\n'),
  )
  const place = '/app/run.sh'
  await bench.program(
    'grype',
    `console.log(${JSON.stringify(grypeAnswer([{ id: 'CVE-1', name: 'sh', version: '5', place, scores: [9] }]))})`,
  )
  const sound = await product()
  await bench.file('app/.env', 'A=1\n')
  const { diagnostics, reports } = await passGate(world(), sound, ['app/.env', 'app/run.sh'], 'require')
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'package-secret: `app/.env` would be packed, and files of this name hold secrets: the settings of an environment.',
    'package-virus: `app/run.sh`: clamscan found Eicar-Test.',
    'package-vulnerable: sh 5 in `app/run.sh` has CVE-1, CVSS 9.0; no version is known that mends it.',
  ])
  const [first] = diagnostics
  const line = first?.frame.find((each) => each.line === first.line)?.text
  expect([line, first?.severity]).toEqual(['    files:', 'error'])
  expect(diagnostics[1]?.source).toMatch(/^https:/)
  expect(reports.map(({ is }) => is)).toEqual(['found', 'found'])
  expect(events.map((event) => event.is === 'step' && event.text)).toEqual([
    'looking for viruses and known vulnerabilities',
  ])
  expect(existsSync(join(bench.bin, 'cache/scans/ab'))).toBe(false)
})

test('what allowSecrets names passes, by name and unread', async () => {
  const sound = await product('    allowSecrets:\n      - app/*.sh\n      - app/test/**\n')
  const { diagnostics } = await passGate(world(), sound, ['app/test/id_rsa', 'app/id_rsa'], 'off')
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('`app/id_rsa`')])
  expect(events).toEqual([])
  const allows = await allowedSecrets(sound.manifest)
  expect(['app/run.sh', 'app/test/.deep/key', 'app/deep/run.sh'].map(allows)).toEqual([true, true, false])
  expect((await allowedSecrets(packed))('app/run.sh')).toBe(false)
})

test('secrets found in the bytes are told with their lines, and counted where there are many', async () => {
  const sound = await product()
  const what = 'a token of GitHub'
  expect(
    secretDiagnostics(sound, [
      { path: 'app/a', line: 3, what },
      { path: 'app/b', what },
    ]).map(({ message }) => message),
  ).toEqual(['`app/a`, line 3, holds a token of GitHub.', '`app/b` holds a token of GitHub.'])
  const many = secretDiagnostics(
    sound,
    Array.from({ length: 25 }, (_, line) => ({ path: 'app/a', line, what })),
  )
  expect(many).toHaveLength(20)
  expect(many.at(-1)?.message).toBe('`app/a`, line 19, holds a token of GitHub. There are 5 more such places.')
})

test('the modes are three words', () => {
  expect([undefined, 'auto', 'require', 'off'].map(scanModeOf)).toEqual(['auto', 'auto', 'require', 'off'])
  for (const word of ['on', '', 'toString', 'OFF']) {
    expect(() => scanModeOf(word)).toThrow(`--scan takes auto, require, off, not \`${word}\`.`)
  }
})
