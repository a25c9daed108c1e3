/** The cases of version 2.0, in the order in which they run and are shown. */
import type { SuiteOfCases } from '../case.ts'
import { answerCases } from './answers.ts'
import { instanceStatusCases } from './instance-status.ts'
import { lifeCases } from './lives.ts'
import { newInstanceCases } from './new-instance.ts'
import { refreshInstanceCases } from './refresh-instance.ts'
import { releaseInstanceCases } from './release-instance.ts'
import { signatureCases } from './signature.ts'
import { changeCheckCases, upgradeInstanceCases } from './upgrade-instance.ts'

export const v2Cases: SuiteOfCases = {
  suite: 'v2',
  cases: [
    ...signatureCases,
    ...newInstanceCases,
    ...refreshInstanceCases,
    ...instanceStatusCases,
    ...releaseInstanceCases,
    ...upgradeInstanceCases,
    ...changeCheckCases,
    ...lifeCases,
    ...answerCases,
  ],
  traffic: ['life-period', 'life-one-time', 'life-pay-per-use'],
}
