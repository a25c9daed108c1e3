/** What holds for every case of every suite: its sentences, its source, that it stands alone, and that it can fail. */
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { isScenario, type SuiteOfCases } from '../../src/access/case.ts'
import { faults } from '../../src/access/server/faults.ts'
import { suiteNamed } from '../../src/access/suites.ts'
import { type Suite, suites } from '../../src/model/access/report.ts'
import { pages } from '../../src/model/pages.ts'
import { outcomes, reportOf } from './trial.ts'

// One after the other: modules they share are loaded once.
const all: SuiteOfCases[] = []
for (const suite of Object.keys(suites) as readonly Suite[]) all.push(await suiteNamed(suite))
const allIds = new Set(all.flatMap(({ cases }) => cases.map(({ id }) => id)))

/** Cases that no fault of the reference server fails, and why. */
const withoutFault: Readonly<Record<string, string>> = {
  'domain-name': 'it is about the address alone',
  certificate: 'it is about the certificate a server is given, not about what it does',
  'tls-version': 'a server that speaks nothing newer than TLS 1.1 cannot be had on every machine',
}

test.each(all)('$suite: every case has an id of its own', ({ cases }) => {
  const ids = cases.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([])
})

test.each(all)('$suite: an id is no name of a group, unless it is in that group', ({ cases }) => {
  const clashes = cases.filter(({ id }) => cases.some(({ id: other, group }) => group === id && other !== id))
  expect(clashes.filter(({ id, group }) => id !== group).map(({ id }) => id)).toEqual([])
})

test.each(all)('$suite: the cases of a group stand together', ({ cases }) => {
  const runs = cases.map(({ group }) => group).filter((group, index, all) => group !== all[index - 1])
  expect(runs).toEqual([...new Set(runs)])
})

test.each(all)('$suite: every case has a page as its source', ({ cases }) => {
  expect(cases.filter(({ source }) => !Object.hasOwn(pages, source)).map(({ id }) => id)).toEqual([])
})

test.each(all)('$suite: titles are sentences without their full stop, and what mends them has one', ({ cases }) => {
  const untitled = cases.filter(({ title }) => !/^[A-Za-z].*[^.!?;:,\s]$/.test(title))
  expect(untitled.map(({ title }) => title)).toEqual([])
  expect(cases.filter(({ mend }) => !/^[A-Za-z].*[^\s.]\.$/.test(mend)).map(({ mend }) => mend)).toEqual([])
})

test.each(all)('$suite: the calls that observations look at are those of scenarios there are', ({ cases, traffic }) => {
  const ids = cases.filter(isScenario).map(({ id }) => id)
  expect(traffic.filter((id) => !ids.includes(id))).toEqual([])
  expect(traffic.length).toBeGreaterThan(0)
})

test('whatever a case is blocked by is a case', async () => {
  const folder = new URL('../../src/access/', import.meta.url)
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
  const named = texts.flatMap((text) => [...text.matchAll(/\b(?:new Blocked|prior|first|should)\(\s*'([a-z-]+)'/g)])
  expect(named.length).toBeGreaterThan(20)
  expect(named.map(([, id = '']) => id).filter((id) => !allIds.has(id))).toEqual([])
})

test.each(all)('$suite: every case can run alone, and comes to the same', async ({ suite, cases }) => {
  const together = await outcomeById(suite)
  const alone = new Map<string, string>()
  for (const { id } of cases) {
    const report = await reportOf({ suite, only: [id] })
    expect(report.cases.map((each) => each.id)).toEqual([id])
    for (const { outcome } of report.cases) alone.set(id, outcome)
  }
  const differing = [...together].filter(([id, outcome]) => alone.get(id) !== outcome)
  // Nothing of the calls that are looked at where an observation runs alone may concern it.
  expect(differing.filter(([id]) => alone.get(id) !== 'skipped')).toEqual([])
  expect(differing.filter(([id]) => cases.some((each) => each.id === id && isScenario(each)))).toEqual([])
})

test.each(all)('$suite: every case is failed by a fault, or there is a reason', ({ suite, cases }) => {
  // What other suites have too is failed by the faults of version 2.0, see `shared.test.ts`.
  const concerned = Object.values(faults).filter((fault) => [suite, 'v2'].includes(fault.suite ?? 'v2'))
  const failed = new Set(concerned.flatMap(({ fails }) => fails))
  const never = cases.filter(({ id, level }) => level !== 'informative' && !failed.has(id)).map(({ id }) => id)
  expect(never.sort()).toEqual(Object.keys(withoutFault).sort())
})

test('every fault says what the server does and which cases fail', () => {
  for (const [name, { does, fails }] of Object.entries(faults)) {
    expect({ name, does: /^[a-z].*[^.\s]$/.test(does), fails: fails.length > 0 }).toEqual({
      name,
      does: true,
      fails: true,
    })
    expect({ name, repeated: fails.filter((id, index) => fails.indexOf(id) !== index) }).toEqual({ name, repeated: [] })
  }
})

async function outcomeById(suite: Suite): Promise<ReadonlyMap<string, string>> {
  const byOutcome = await outcomes({ suite })
  return new Map(Object.entries(byOutcome).flatMap(([outcome, ids]) => ids.map((id) => [id, outcome] as const)))
}
