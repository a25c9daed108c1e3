/** Progress for pipes and CI: few lines, each worth reading. */
import { expect, test } from '@jest/globals'
import { plainProgress } from '../../src/report/progress.ts'

test('a run of many is told at each quarter, and not at its first product', () => {
  let told = ''
  const write = (text: string): void => {
    told += text
  }
  const { show } = plainProgress({ write, isTerminal: false, moves: false, colours: 0, columns: 80 })
  for (let done = 0; done <= 200; done += 1) {
    show({ is: 'tally', done, total: 200, counts: { 'on-sale': done }, elapsed: 1000 + done * 100 })
  }
  const lines = told.trim().split('\n')
  expect(lines.map((line) => line.split(' (')[0])).toEqual(['25 %', '50 %', '75 %', '100 %'])
  expect(lines[0]).toBe('25 % (50 of 200), 50 on sale, 8.3/s, 18 s left')
})
