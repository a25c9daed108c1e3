/** What queryInstance tells a buyer and KooGallery about an instance, looked at in all answers of a run. */
import { answerFields, appInfoFields, usageInfoFields } from '../../model/access/activities.ts'
import type { Observation } from '../case.ts'
import { shown } from '../shown.ts'
import type { JsonObject } from '../spoken.ts'
import { infosOf } from '../talk.ts'

const group = 'answer'
const source = 'saasQueryInstance'

/** Milliseconds a clock may be ahead, which no time zone is. */
const clockTolerance = 10 * 60 * 1000

export const appInfoCases: readonly Observation[] = [
  {
    id: 'instance-id',
    group,
    level: 'must',
    title: `An instanceId has at most ${answerFields.instanceId} characters`,
    source: 'saasNewInstance',
    mend: 'Take the businessId of the first call, or another id that is short enough.',
    observe({ json, ...spoken }) {
      const ids = [json?.instanceId, ...infosOf({ json, ...spoken }).map(({ instanceId }) => instanceId)]
      const texts = ids.filter((id) => typeof id === 'string')
      if (texts.length === 0) return undefined
      const long = texts.find((id) => id.length > answerFields.instanceId)
      if (long === undefined) return 'fine'
      return {
        wrong: `the instanceId has ${long.length} characters, and ${answerFields.instanceId} at most fit: ${shown(long)}`,
      }
    },
  },
  {
    id: 'app-info',
    group,
    level: 'must',
    title: 'The access data in appInfo have the form and length of the table',
    source,
    mend: 'Tell where the buyer signs in: frontEndUrl as a whole address, each text within its length; or leave appInfo out where buyers learn it in another way.',
    observe(spoken) {
      const infos = infosOf(spoken).filter(({ appInfo }) => appInfo !== undefined && appInfo !== null)
      if (infos.length === 0) return undefined
      const [wrong] = infos.flatMap(({ appInfo }) => appInfoTrouble(appInfo) ?? [])
      return wrong === undefined ? 'fine' : { wrong }
    },
  },
  {
    id: 'memo-escaped',
    group,
    level: 'should',
    title: 'What is not ASCII in a memo is written as \\uXXXX',
    source,
    mend: 'Have the JSON written with escapes for what is not ASCII, in Python json.dumps(answer), in Jackson ESCAPE_NON_ASCII.',
    observe(spoken) {
      const memos = infosOf(spoken).map(({ appInfo }) => (isObject(appInfo) ? appInfo.memo : undefined))
      if (!memos.some((memo) => typeof memo === 'string' && /\P{ASCII}/u.test(memo))) return undefined
      const raw = [...(spoken.text ?? '').matchAll(/"memo"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map(([, memo = '']) => memo)
      const plain = raw.find((memo) => /\P{ASCII}/u.test(memo))
      return plain === undefined ? 'fine' : { wrong: `the memo has characters as they are: ${shown(plain)}` }
    },
  },
  {
    id: 'usage-info',
    group,
    level: 'must',
    title: 'The usage in usageInfo has the form and length of the table',
    source,
    mend: 'usageValue is a number with at most 8 digits before the point and 4 after it, statisticalTime yyyyMMddHHmmssSSS in UTC.',
    observe(spoken) {
      const infos = infosOf(spoken).filter(({ usageInfo }) => usageInfo !== undefined && usageInfo !== null)
      if (infos.length === 0) return undefined
      const [wrong] = infos.flatMap(({ usageInfo }) => usageListTrouble(usageInfo, spoken.at) ?? [])
      return wrong === undefined ? 'fine' : { wrong }
    },
  },
]

function appInfoTrouble(appInfo: unknown): string | undefined {
  if (!isObject(appInfo)) return `appInfo is no object: ${shown(JSON.stringify(appInfo))}`
  const { frontEndUrl } = appInfo
  if (frontEndUrl === undefined || frontEndUrl === null || frontEndUrl === '') return 'appInfo has no frontEndUrl.'
  for (const [name, { most }] of Object.entries(appInfoFields)) {
    const isAddress = name.endsWith('Url')
    const trouble = textTrouble(`appInfo.${name}`, appInfo[name], most, isAddress)
    if (trouble !== undefined) return trouble
  }
  return undefined
}

/** A value is never shown but an address: it may be a password. */
function textTrouble(name: string, value: unknown, most: number, isAddress: boolean): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return `${name} is no text.`
  const length = [...value].length
  if (length > most) return `${name} has ${length} characters, and ${most} at most fit.`
  if (!isAddress || isWebAddress(value)) return undefined
  return `${name} is no whole http or https address: ${shown(value)}`
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

function usageListTrouble(usageInfo: unknown, at: number): string | undefined {
  if (!Array.isArray(usageInfo)) return `usageInfo is no list: ${shown(JSON.stringify(usageInfo))}`
  for (const usage of usageInfo) {
    const trouble = isObject(usage) ? usageTrouble(usage, at) : 'usageInfo has something else than objects.'
    if (trouble !== undefined) return trouble
  }
  return undefined
}

function usageTrouble(usage: JsonObject, at: number): string | undefined {
  const { usageValue, statisticalTime, relatedInstanceId, dashboardUrl } = usage
  const { relatedInstanceId: related, dashboardUrl: dashboard } = usageInfoFields
  return (
    valueTrouble(usageValue) ??
    timeTrouble(statisticalTime, at) ??
    textTrouble('relatedInstanceId', relatedInstanceId, related.most, false) ??
    textTrouble('dashboardUrl', dashboardUrl, dashboard.most, true)
  )
}

function valueTrouble(value: unknown): string | undefined {
  if (value === undefined || value === null) return 'usageInfo has no usageValue.'
  if (typeof value !== 'number') return `usageValue is ${shown(JSON.stringify(value))}, which is no number.`
  if (/^\d{1,8}(\.\d{1,4})?$/.test(String(value))) return undefined
  const why = value < 0 ? 'less than nothing' : 'more than 8 digits before the point, or more than 4 after it'
  return `usageValue is ${value}: ${why}.`
}

function timeTrouble(time: unknown, at: number): string | undefined {
  if (time === undefined || time === null) return 'usageInfo has no statisticalTime.'
  const parts = typeof time === 'string' ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(time) : null
  if (parts === null) return `statisticalTime is ${shown(JSON.stringify(time))}, not of the form yyyyMMddHHmmssSSS.`
  const [, year, month, day, hour, minute, second, millisecond] = parts
  const then = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`)
  if (Number.isNaN(then)) return `statisticalTime is ${time}, and there is no such time.`
  const ahead = then - at
  if (ahead <= clockTolerance) return undefined
  return `statisticalTime is ${time}, ${Math.round(ahead / 60_000)} minutes in the future: it has to be in UTC.`
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
