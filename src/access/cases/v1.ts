/** The cases of version 1.0, in the order in which they run and are shown. */
import type { SuiteOfCases } from '../case.ts'
import { transportCases } from './transport.ts'
import { answerCasesV1 } from './v1-answers.ts'
import { newInstanceCasesV1, queryInstanceCasesV1 } from './v1-instances.ts'
import { lifeCasesV1 } from './v1-lives.ts'
import { signatureCasesV1 } from './v1-signature.ts'

export const v1Cases: SuiteOfCases = {
  suite: 'v1',
  cases: [
    ...transportCases,
    ...signatureCasesV1,
    ...newInstanceCasesV1,
    ...queryInstanceCasesV1,
    ...lifeCasesV1,
    ...answerCasesV1,
  ],
  traffic: ['life-period', 'life-one-time', 'life-pay-per-use'],
}
