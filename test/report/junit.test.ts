/** JUnit XML: a reader finds every name and message again, and the counts agree. */
import { describe, expect, test } from '@jest/globals'
import { parse } from 'junit2json'
import type { Validated } from '../../src/report/formats/validated.ts'
import { base, inFormat, nasty, real, sound, wellFormed } from './findings.ts'

describe('JUnit', () => {
  interface Counts {
    readonly tests?: number
    readonly failures?: number
    readonly errors?: number
    readonly skipped?: number
  }
  interface Case {
    readonly name: string
    readonly classname: string
    readonly file: string
    readonly line?: string
    readonly failure?: readonly { readonly message: string; readonly type: string; readonly inner: string }[]
    readonly 'system-out'?: readonly string[]
    readonly skipped?: readonly { readonly message: string }[]
  }
  interface Suites extends Counts {
    readonly testsuite: readonly (Counts & { readonly name: string; readonly testcase: readonly Case[] })[]
  }

  async function suitesOf(outcome: Validated): Promise<Suites> {
    // Without its guesses at numbers, which would change names such as "12".
    return (await parse(await inFormat('junit', outcome), { explicitArray: true })) as unknown as Suites
  }

  /** What XML 1.0 has no way to write. */
  const writable = (text: string) =>
    wellFormed(text).replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')

  test('reads back every nasty name and message', async () => {
    const { testsuite } = await suitesOf(nasty)
    const cases = testsuite.slice(0, -2).flatMap(({ testcase }) => testcase)
    expect(cases).toHaveLength(nasty.diagnostics.length)
    for (const [index, { file, classname, line, failure, 'system-out': said }] of cases.entries()) {
      const diagnostic = nasty.diagnostics[index] ?? base
      expect([file, classname, line]).toEqual([writable(diagnostic.file), writable(diagnostic.file), '2'])
      const text = failure?.[0]?.inner ?? said?.[0]
      if (diagnostic.severity === 'error') {
        expect(failure?.[0]).toMatchObject({ message: writable(diagnostic.message), type: 'wrong-type' })
      } else expect(failure).toBeUndefined()
      expect(text).toContain(`${writable(diagnostic.message)} [wrong-type]`)
    }
  })

  test('writes line breaks so that every reader keeps them', async () => {
    const xml = await inFormat('junit', nasty)
    expect(xml).not.toContain('\r')
    expect(xml.match(/ \w+="[^"]*[\n\t][^"]*"/g)).toBeNull()
    expect(xml).toContain('message="two&#10;lines&#13;&#10;and&#13;three"')
  })

  test('has a suite of each manifest, one of too many warnings, and right counts', async () => {
    const { testsuite, ...counts } = await suitesOf(nasty)
    const errors = nasty.diagnostics.filter(({ severity }) => severity === 'error').length
    const tests = nasty.diagnostics.length + 3
    expect(counts).toMatchObject({ tests: `${tests}`, failures: `${errors + 1}`, errors: '0', skipped: '1' })
    expect(testsuite.map(({ name }) => name)).toEqual([...nasty.files.map(writable), 'koo validate'])
    for (const { testcase, ...of } of testsuite) {
      expect(of.tests).toBe(`${testcase.length}`)
      expect(of.failures).toBe(`${testcase.filter(({ failure }) => failure !== undefined).length}`)
      expect(new Set(testcase.map(({ name }) => name)).size).toBe(testcase.length)
    }
    expect(testsuite.at(-2)?.testcase.at(-1)?.skipped?.[0]?.message).toContain('it did not\nanswer ]]>')
  })

  test('passes a sound manifest, and fails where an error is', async () => {
    expect(await suitesOf(sound)).toMatchObject({ tests: '1', failures: '0' })
    expect((await suitesOf(sound)).testsuite[0]?.testcase[0]?.name).toBe('no findings')
    const failures = real.diagnostics.filter(({ severity }) => severity === 'error').length
    expect(await suitesOf(real)).toMatchObject({ failures: `${failures}` })
  })
})
