/** The cases of version 2.0, in the order in which they run and are shown. */
import type { SuiteOfCases } from '../case.ts'
import { answerCases } from './answers.ts'
import { newInstanceCases } from './new-instance.ts'
import { signatureCases } from './signature.ts'

export const v2Cases: SuiteOfCases = {
  suite: 'v2',
  cases: [...signatureCases, ...newInstanceCases, ...answerCases],
  traffic: ['new-instance'],
}
