/** Servers koo did not write: right ones pass, with each mistake the cases fail that speak of it, and the verdict names it. */
import { describe, expect, test } from '@jest/globals'
import { chargingNames } from '../../src/model/access/charging.ts'
import { type AccessReport, hasPassed } from '../../src/model/access/report.ts'
import { type HabitName, serveWith } from './habits.ts'
import { isInstalled, type ProgramName, programs, startProgram } from './seller-program.ts'
import { judged } from './trial.ts'

interface Mistake {
  readonly fails: readonly string[]
  /** In what is said of the first of them. */
  readonly named: RegExp
}

const mistakes: Readonly<Record<ProgramName, Readonly<Record<string, Mistake>>>> = {
  node: {
    'raw-body': { fails: ['body-order'], named: /signs the body as it came/ },
    'new-on-duplicate': { fails: ['new-instance-repeated'], named: /same order line has two instances/ },
    'http-400': { fails: ['answer-status'], named: /HTTP status 400/ },
    'no-await': {
      fails: [
        ...['query-instance', 'change-check', 'refresh-renewal', 'refresh-renewal-change', 'refresh-trial-to-formal'],
        ...['refresh-unsubscribe-renewal', 'release', 'status-freeze'],
      ],
      named: /000003 \(the instance does not exist\)/,
    },
    floats: { fails: ['usage-info'], named: /0\.30000000000000004: more than 8 digits/ },
    'plain-hash': { fails: ['signature-accepted'], named: /plain SHA-256/ },
    'hex-body-sign': { fails: ['body-sign'], named: /in hex, not in base64/ },
    replay: { fails: ['nonce-replayed'], named: /same call a second time/ },
  },
  python: {
    blanks: { fails: ['signature-accepted'], named: /blanks after its commas and colons/ },
    escapes: { fails: ['non-ascii'], named: /\\u escapes/ },
    'latin-1': { fails: ['answer-json', 'body-sign', 'non-ascii'], named: /not UTF-8/ },
    seconds: { fails: ['signature-accepted'], named: /reads the timestamp as seconds/ },
    race: { fails: ['new-instance-at-once'], named: /called 10 times at once, has \d+ instances/ },
    'iso-time': { fails: ['usage-info'], named: /not of the form yyyyMMddHHmmssSSS/ },
    'key-error': {
      fails: ['answer-status', 'refresh-fields', 'refresh-scene-unknown', 'status-value-unknown'],
      named: /HTTP status 500/,
    },
    'signs-another': { fails: ['body-sign'], named: /without blanks or escapes, and not of the bytes that are sent/ },
  },
  java: {
    'hash-order': { fails: ['signature-accepted'], named: /order of a Java HashMap/ },
    'jdk-headers': { fails: ['body-sign'], named: /written Body-sign, and its case counts/ },
    'default-charset': { fails: ['non-ascii'], named: /a question mark for each character that is not ASCII/ },
    'case-sensitive': { fails: ['signature-case'], named: /signature in capitals/ },
    seconds: { fails: ['timestamp-stale'], named: /ten minutes old is answered with 000000/ },
    'long-id': { fails: ['new-instance'], named: /\d+, no text/ },
    'null-pointer': { fails: ['reachable'], named: /connection/ },
    'release-once': {
      fails: ['release-repeated', 'life-period', 'life-one-time', 'life-pay-per-use'],
      named: /000003/,
    },
  },
}

function failedIn({ cases }: AccessReport): readonly string[] {
  return cases.flatMap(({ id, outcome }) => (outcome === 'failed' ? [id] : [])).sort()
}

/** What is wrong in sentences, and what could not be told. */
function troubleIn({ cases }: AccessReport): readonly string[] {
  return cases
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'blocked')
    .map(({ id, wrong, note }) => `${id}: ${wrong ?? note}`)
}

async function against<T>(name: ProgramName, broken: string | undefined, run: (url: string) => Promise<T>): Promise<T> {
  const program = await startProgram(name, broken)
  try {
    return await run(program.url)
  } finally {
    await program.stop()
  }
}

const names = Object.keys(programs) as readonly ProgramName[]

for (const name of names) {
  const describeIt = isInstalled(name) ? describe : describe.skip
  describeIt(`a server in ${name}`, () => {
    test('passes everything, however it is sold, and two hundred orders at once', async () => {
      await against(name, undefined, async (url) => {
        for (const charging of chargingNames) {
          expect(troubleIn(await judged(url, { charging: [charging] }))).toEqual([])
        }
        const many = await judged(url, { only: ['concurrency'], limits: { concurrency: 200 } })
        expect(many.cases.map(({ outcome }) => outcome)).toEqual(['passed'])
      })
    })

    test.each(Object.entries(mistakes[name]))('is told its mistake: %s', async (broken, { fails, named }) => {
      const report = await against(name, broken, (url) => judged(url, {}))
      expect({ failed: failedIn(report), told: troubleIn(report) }).toMatchObject({ failed: [...fails].sort() })
      expect(report.cases.find(({ id }) => id === fails[0])?.wrong).toMatch(named)
    })
  })
}

async function withHabit(
  name: HabitName,
): Promise<{ readonly report: AccessReport; readonly called: readonly string[] }> {
  const server = await serveWith(name)
  try {
    return { report: await judged(server.url, {}), called: [...server.called] }
  } finally {
    server.close()
  }
}

describe('ways to speak HTTP', () => {
  test.each<HabitName>([
    'answers in chunks',
    'closes each connection, and says so',
    'closes each connection without a word',
    'speaks HTTP/1.0',
    'says 100 Continue unasked',
  ])('a server that %s passes', async (name) => {
    const { report } = await withHabit(name)
    expect(troubleIn(report)).toEqual([])
    expect(hasPassed(report, true)).toBe(true)
  })

  test('an answer that is compressed unasked is told', async () => {
    const { report } = await withHabit('compresses unasked')
    const wrong = report.cases.find(({ id }) => id === 'answer-json')?.wrong
    expect(wrong).toMatch(/compressed \(Content-Encoding: gzip\)/)
  })

  test('Body-Sign in small letters is told, and else nothing', async () => {
    const { report } = await withHabit('writes names of headers in small letters')
    expect(failedIn(report)).toEqual(['body-sign'])
    expect(report.cases.find(({ id }) => id === 'body-sign')?.wrong).toMatch(/body-sign, and its case counts/)
  })

  test('a redirect is told and not followed', async () => {
    const { report, called } = await withHabit('redirects to the address with a slash')
    expect(called).toEqual(['/produce'])
    expect(report.cases.find(({ id }) => id === 'answer-status')?.wrong).toMatch(/301 and leads to \/produce\//)
  })
})
