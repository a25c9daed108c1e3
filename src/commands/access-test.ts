/** `koo access test`: plays KooGallery to a seller's production interface and gives a verdict. */
import { type Charging, chargingNames } from '../model/access/charging.ts'
import { type Suite, suites } from '../model/access/report.ts'
import { isLoopback } from '../model/address.ts'
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { command } from './command.ts'
import { keyFor, keyOption } from './interconnection-key.ts'
import { wholeNumber } from './numbers.ts'

export const accessTest = command({
  name: 'test',
  summary: 'play KooGallery to a production interface and tell what it does wrong',
  about:
    'Makes the calls KooGallery makes, signed with the key you share, and some that are wrong on purpose; every case says which rule it is about, what was sent, what came back, what is wrong and how to mend it. Without an address it is that of koo.yaml, here or where the path says. Nothing is sent to any other address. Every call says that it is a trial (testFlag 1), and each case has orders of its own.',
  arguments: '[url-or-path]',
  formats: ['junit'],
  options: {
    ...keyOption,
    suite: { flag: '--suite <name>', about: `${Object.keys(suites).join(', ')} (default: v2)` },
    billing: {
      flag: '--billing <mode...>',
      about: `how the product is sold: ${chargingNames.join(', ')} (default: as koo.yaml says, else period)`,
    },
    license: {
      flag: '--license <code>',
      about: 'a license authorization code the server knows, for the suite license-code; it may be released',
    },
    only: { flag: '--only <case...>', about: 'only these cases, or those of these groups' },
    bail: { flag: '--bail', about: 'end with the first case that must not fail' },
    strict: { flag: '--strict', about: 'what should be, too, decides whether it passed' },
    seed: { flag: '--seed <text>', about: 'the same orders as in the run with this seed' },
    concurrency: { flag: '--concurrency <number>', about: 'instances made at once by the case about it (default: 20)' },
    insecureHttp: { flag: '--insecure-http', about: 'test a server on this machine without TLS' },
    ca: {
      flag: '--ca <file>',
      about: 'certificates of authorities to trust, in PEM, for a server that is not public yet',
    },
    timestamp: { flag: '--timestamp <unit>', about: 'milliseconds, or seconds as the written page says' },
    sort: { flag: '--sort <order>', about: 'ascending, or descending as the written page says' },
    live: { flag: '--live', about: 'make calls without testFlag, as for real orders' },
  },
  examples: [
    'koo access test --key-file key.txt',
    'koo access test https://saas.example.com/koogallery/produce --key-file key.txt',
    'koo access test http://localhost:8097/ --insecure-http',
    'koo access test http://localhost:8097/ --insecure-http --only new-instance --json',
    'koo access test https://saas.example.com/produce --format junit --output access.xml',
  ],
  async run({ arguments: [named = '.'], options }, world) {
    const { interfaceNamed } = await import('./production-interface.ts')
    const found = await interfaceNamed(world.files, named)
    if (found.is === 'unsound') return { is: 'validated', files: found.files, diagnostics: found.diagnostics }
    const url = addressOf(found.url, options.insecureHttp === true)
    const suite = oneOf('--suite', options.suite ?? 'v2', Object.keys(suites) as readonly Suite[])
    const charging = chargingsOf(options.billing ?? found.charging)
    const concurrency = wholeNumber('--concurrency', options.concurrency, 20, [1, 1000])
    const readings = {
      timestamp: oneOf('--timestamp', options.timestamp ?? 'milliseconds', ['milliseconds', 'seconds']),
      order: oneOf('--sort', options.sort ?? 'ascending', ['ascending', 'descending']),
      testFlag: options.live !== true,
    } as const
    const key = await keyFor(world, options, isLoopback(url))
    const { suiteNamed, chosenCases, prepareFor } = await import('../access/suites.ts')
    const { runSuite } = await import('../access/run.ts')
    const cases = await suiteNamed(suite)
    const authority = options.ca === undefined ? undefined : await textIn(world, options.ca)
    const server = await world.sellerServer({ authority })
    try {
      const report = await runSuite({
        suite: cases,
        only: options.only === undefined ? undefined : chosenCases(cases, options.only),
        server,
        clock: world.clock,
        url: url.href,
        key,
        prepare: prepareFor(suite, url.href, key, readings),
        charging,
        seed: options.seed ?? world.randomness.hex(4),
        bail: options.bail === true,
        concurrency,
        license: options.license,
        stop: world.stop,
        readings: [
          ...(readings.timestamp === 'seconds' ? ['--timestamp seconds'] : []),
          ...(readings.order === 'descending' ? ['--sort descending'] : []),
          ...(readings.testFlag ? [] : ['--live']),
        ],
        told: (verdict) => world.emit({ is: 'case-decided', verdict }),
      })
      return { is: 'access-tested', report, strict: options.strict === true }
    } finally {
      await server.close()
    }
  },
})

/** @throws {Failure} (usage) where calls must not go there. */
function addressOf(text: string, mayBeInsecure: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw usage('bad-address', `\`${text}\` is no https address.`)
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw usage('bad-address', 'The address has a user, a password or a fragment, and KooGallery would not send it.')
  }
  if (url.protocol === 'https:') return url
  if (!isLoopback(url)) {
    throw usage(
      'insecure-address',
      'KooGallery calls over HTTPS only.',
      '--insecure-http is for a server on this machine.',
    )
  }
  if (mayBeInsecure) return url
  throw usage(
    'insecure-address',
    'KooGallery calls over HTTPS only.',
    'Give --insecure-http to test a server on this machine all the same.',
  )
}

function oneOf<T extends string>(flag: string, value: string, values: readonly T[]): T {
  const found = values.find((each) => each === value)
  if (found !== undefined) return found
  throw usage('bad-flag', `${flag} takes ${values.join(' or ')}, not \`${value}\`.`)
}

function chargingsOf(given: readonly string[] | undefined): readonly [Charging, ...Charging[]] {
  const [first, ...others] = (given ?? [])
    .flatMap((each) => each.split(','))
    .map((each) => oneOf('--billing', each, chargingNames))
  return first === undefined ? ['period'] : [first, ...others]
}

async function textIn(world: World, file: string): Promise<string> {
  return new TextDecoder().decode(await world.files.read(file))
}
