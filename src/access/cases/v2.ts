/** The cases of version 2.0, in the order in which they run and are shown. */
import type { SuiteOfCases } from '../case.ts'
import { answerCases } from './answers.ts'
import { appInfoCases } from './app-info.ts'
import { bodyCases } from './body.ts'
import { concurrencyCases } from './concurrency.ts'
import { instanceStatusCases } from './instance-status.ts'
import { lifeCases } from './lives.ts'
import { newInstanceCases } from './new-instance.ts'
import { queryInstanceCases } from './query-instance.ts'
import { refreshInstanceCases } from './refresh-instance.ts'
import { releaseInstanceCases } from './release-instance.ts'
import { signatureCases } from './signature.ts'
import { transportCases } from './transport.ts'
import { changeCheckCases, upgradeInstanceCases } from './upgrade-instance.ts'
import { usageCases } from './usage.ts'

export const v2Cases: SuiteOfCases = {
  suite: 'v2',
  cases: [
    // The first that are signed come after the certificate is known to be trusted.
    ...transportCases,
    ...signatureCases,
    ...bodyCases,
    ...newInstanceCases,
    ...queryInstanceCases,
    ...usageCases,
    ...concurrencyCases,
    ...refreshInstanceCases,
    ...instanceStatusCases,
    ...releaseInstanceCases,
    ...upgradeInstanceCases,
    ...changeCheckCases,
    ...lifeCases,
    ...answerCases,
    ...appInfoCases,
  ],
  traffic: ['life-period', 'life-one-time', 'life-pay-per-use'],
}
