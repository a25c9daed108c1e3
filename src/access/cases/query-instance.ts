/** What queryInstance tells of instances. */
import { mostQueried } from '../../model/access/activities.ts'
import {
  beingProcessed,
  codeInWords,
  invalidParameter,
  succeeded,
  unknownInstance,
} from '../../model/access/result-codes.ts'
import { type Scenario, Wrong } from '../case.ts'
import { shown } from '../shown.ts'
import type { Spoken } from '../spoken.ts'
import { codeOf, expectCode, infosOf, prior, type Talk } from '../talk.ts'

const group = 'query-instance'
const source = 'saasQueryInstance'

/** Their ids are longer than the 100 characters of the page's table, which its other sentence contradicts. */
const many = 20

export const queryInstanceCases: readonly Scenario[] = [
  {
    id: 'query-instance',
    group,
    level: 'must',
    title: 'queryInstance tells of an instance',
    source,
    mend: 'Answer 000000 with info, a list of one object for each instance, with its instanceId.',
    async run(talk) {
      await tellsOf(talk, [await talk.opened()])
      return undefined
    },
  },
  {
    id: 'query-many',
    group,
    level: 'must',
    title: `queryInstance tells of ${many} instances at once`,
    source,
    mend: `Split instanceId at its commas, up to ${mostQueried} ids, and do not hold it to the 100 characters of the table: that many ids take more.`,
    async run(talk) {
      const ids: string[] = []
      while (ids.length < many) ids.push(await talk.opened())
      await prior('query-instance', () => tellsOf(talk, ids.slice(0, 1)))
      try {
        await tellsOf(talk, ids)
      } catch (error) {
        if (error instanceof Wrong && (await tellsOfTwo(talk, ids))) {
          throw new Wrong(
            `${error.message} Two ids are told of, so the text is too long for it: ${ids.join(',').length} characters.`,
          )
        }
        throw error
      }
      return undefined
    },
  },
  {
    id: 'query-unknown',
    group,
    level: 'must',
    title: 'queryInstance tells nothing of an instance that is not there',
    source,
    mend: `Answer ${unknownInstance}, or leave the instance out; never make up one.`,
    async run(talk) {
      await talk.accepted()
      const id = talk.uuid()
      const spoken = await talk.send('queryInstance', { instanceId: id })
      expectCode(spoken, [unknownInstance, succeeded], 'queryInstance for an instance that was never made')
      if (codeOf(spoken) === unknownInstance) return undefined
      const [info] = infosOf(spoken)
      if (info === undefined) return 'It is left out of the answer.'
      const whose = info.instanceId === id ? 'that was never made' : 'nobody asked for'
      throw new Wrong(
        `queryInstance for an instance that was never made tells of one ${whose}: ${shown(JSON.stringify(info.instanceId))}.`,
      )
    },
  },
  {
    id: 'query-fields',
    group,
    level: 'must',
    title: `queryInstance without instanceId is refused with ${invalidParameter}`,
    source,
    mend: `Answer ${invalidParameter} where instanceId is missing.`,
    async run(talk) {
      await talk.accepted()
      expectCode(await talk.send('queryInstance', {}), [invalidParameter], 'queryInstance without instanceId')
      return undefined
    },
  },
]

async function tellsOf(talk: Talk, ids: readonly string[]): Promise<void> {
  const what = ids.length === 1 ? 'queryInstance' : `queryInstance for ${ids.length} instances`
  const spoken = await talk.send('queryInstance', { instanceId: ids.join(',') })
  if (codeOf(spoken) === beingProcessed) {
    throw new Wrong(`${what} is answered with ${codeInWords(beingProcessed)}, though they are there.`)
  }
  expectCode(spoken, [succeeded], what)
  const told = infosOf(spoken).map(({ instanceId }) => instanceId)
  const missing = ids.filter((id) => !told.includes(id))
  if (missing.length === 0) return
  throw new Wrong(
    ids.length === 1 ? insteadOf(spoken, ids[0] ?? '') : `${what} tells of ${ids.length - missing.length} of them.`,
  )
}

function insteadOf(spoken: Spoken, id: string): string {
  const info = spoken.json?.info
  if (info === undefined || info === null) return 'queryInstance succeeds, and its answer has no info.'
  if (!Array.isArray(info)) return `info in the answer to queryInstance is no list: ${shown(JSON.stringify(info))}`
  if (info.length === 0) return 'info in the answer to queryInstance is empty.'
  const [first] = infosOf(spoken)
  if (first === undefined || first.instanceId === undefined)
    return 'info in the answer to queryInstance has no instanceId.'
  return `queryInstance for ${shown(id)} tells of ${shown(JSON.stringify(first.instanceId))} instead.`
}

async function tellsOfTwo(talk: Talk, ids: readonly string[]): Promise<boolean> {
  try {
    await tellsOf(talk, ids.slice(0, 2))
    return true
  } catch (error) {
    if (error instanceof Wrong) return false
    throw error
  }
}
