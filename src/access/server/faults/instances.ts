/** Mistakes in making instances and in telling of them. */
import type { Faults } from '../fault.ts'

/** Longer than a test waits, and short enough to be seen. */
const creationTime = 3_000

export const instanceFaults: Faults = {
  'duplicate-instance': {
    does: 'makes another instance where an order line is repeated',
    fails: ['new-instance-repeated'],
    behaviour: { remembersLines: false },
  },
  'instance-race': {
    does: 'makes an instance for each of the calls that come at the same time for one order line',
    fails: ['new-instance-at-once'],
    behaviour: { lookUpTime: 100 },
  },
  'one-instance-per-order': {
    does: 'makes one instance for all lines of an order',
    fails: ['new-instance-lines'],
    behaviour: { lineOf: (orderId) => orderId },
  },
  'business-id-not-needed': {
    does: 'makes an instance without a businessId',
    fails: ['new-instance-fields'],
    behaviour: { misses: (activity, field) => !(activity === 'newInstance' && field === 'businessId') },
  },
  'instance-id-number': {
    does: 'gives the instanceId as a number',
    fails: ['new-instance'],
    behaviour: {
      answer: (answer, activity) => (activity === 'newInstance' ? { ...answer, instanceId: 20_261_125 } : answer),
    },
  },
  'no-instance-id': {
    does: 'makes an instance and does not give its id',
    fails: ['new-instance'],
    behaviour: {
      answer: ({ instanceId: _, ...answer }) => answer,
    },
  },
  'instance-id-long': {
    does: 'gives ids that are longer than 64 characters',
    fails: ['instance-id'],
    behaviour: { instanceId: (businessId) => `instance-of-the-order-${businessId}-0000000000`, checksLengths: false },
  },
  'never-made': {
    does: 'answers that an instance is being made, for ever',
    fails: ['new-instance-slow'],
    behaviour: { creationTime: Number.POSITIVE_INFINITY },
  },
  'being-made-without-id': {
    does: 'answers that an instance is being made, without its id',
    fails: ['new-instance-slow'],
    behaviour: {
      creationTime,
      answer: ({ instanceId: _, ...answer }) => answer,
    },
  },
  'unknown-while-made': {
    does: 'knows nothing of an instance while it is being made',
    fails: ['new-instance-slow'],
    behaviour: { creationTime, beingMade: '000003' },
  },
  'being-made-misprinted': {
    does: 'writes 000004 with a zero too many',
    fails: ['result-code'],
    behaviour: {
      creationTime,
      answer: (answer) => (answer.resultCode === '000004' ? { ...answer, resultCode: '0000004' } : answer),
    },
  },
  'refuses-at-once': {
    does: 'answers 000005 where more than five orders come at the same time',
    fails: ['concurrency'],
    behaviour: { mostAtOnce: 5, openingTime: 100 },
  },
  'one-at-a-time': {
    does: 'answers one call after the other, a third of a second each',
    fails: ['answer-time', 'concurrency'],
    behaviour: { turn: 350 },
  },
  'no-info': {
    does: 'leaves info out of its answers to queryInstance',
    fails: ['query-instance'],
    behaviour: { answer: ({ info: _, ...answer }) => answer },
  },
  'info-object': {
    does: 'answers queryInstance with one object instead of a list',
    fails: ['query-instance'],
    behaviour: {
      answer: (answer) => (Array.isArray(answer.info) ? { ...answer, info: answer.info[0] } : answer),
    },
  },
  'query-limited': {
    does: 'holds the instanceId of queryInstance to 100 characters',
    fails: ['query-many'],
    behaviour: { mostQueryCharacters: 100 },
  },
  'query-first-only': {
    does: 'tells of the first of several instances only',
    fails: ['query-many'],
    behaviour: { idsIn: (instanceId) => instanceId.split(',').slice(0, 1) },
  },
  'query-unsplit': {
    does: 'takes several ids for one',
    fails: ['query-many'],
    behaviour: { idsIn: (instanceId) => [instanceId] },
  },
  'invented-instance': {
    does: 'tells of instances that were never made',
    fails: ['query-unknown'],
    behaviour: { notThere: undefined },
  },
  'query-unknown-invalid': {
    does: 'answers 000002 for an instance it does not know',
    fails: ['query-unknown'],
    behaviour: { notThere: '000002' },
  },
  'query-id-not-needed': {
    does: 'answers 000003 where queryInstance has no instanceId',
    fails: ['query-fields'],
    behaviour: { misses: (activity) => activity !== 'queryInstance' },
  },
}
