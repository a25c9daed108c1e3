/** The cases of version 2.0, in the order in which they run and are shown. */
import type { SuiteOfCases } from '../case.ts'
import { answerCases } from './answers.ts'
import { appInfoCases } from './app-info.ts'
import { bodyCases } from './body.ts'
import { concurrencyCases } from './concurrency.ts'
import { newInstanceCases } from './new-instance.ts'
import { queryInstanceCases } from './query-instance.ts'
import { signatureCases } from './signature.ts'
import { transportCases } from './transport.ts'

export const v2Cases: SuiteOfCases = {
  suite: 'v2',
  cases: [
    // The first that are signed come after the certificate is known to be trusted.
    ...transportCases,
    ...signatureCases,
    ...bodyCases,
    ...newInstanceCases,
    ...queryInstanceCases,
    ...concurrencyCases,
    ...answerCases,
    ...appInfoCases,
  ],
  traffic: ['new-instance', 'query-instance', 'query-usage'],
}
