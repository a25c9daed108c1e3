/** Mistakes in how answers are written and sent. */
import { answerTime } from '../../../model/access/activities.ts'
import type { Faults } from '../fault.ts'

export const answerFaults: Faults = {
  'slow-answer': {
    does: 'answers newInstance after 5.5 seconds',
    fails: ['answer-time'],
    behaviour: { delay: (activity) => (activity === 'newInstance' ? answerTime + 500 : 0) },
  },
  'no-body-sign': {
    does: 'does not sign its answers',
    fails: ['body-sign'],
    behaviour: { sign: () => undefined },
  },
  'http-500': {
    does: 'answers with HTTP 500',
    fails: ['answer-status'],
    behaviour: { response: () => ({ status: 500, headers: [['Content-Type', 'text/html']], body: '<h1>Error</h1>' }) },
  },
}
