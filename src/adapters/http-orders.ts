/**
 * The SellerApi port over KooGallery's open API: the order query, and the push of usage records.
 * Source: SaaS access guide, and the open API's table of result codes.
 */
import type { OrderFacts, OrderLine, ShownOrder } from '../model/access/order.ts'
import { Failure } from '../model/failure.ts'
import type { PushEnd, SellerApi } from '../ports.ts'
import { tooLarge } from './answer.ts'
import { type Answer, causeCode, errorOf, type SignedHttp } from './signed-http.ts'
import { troubleOf } from './trouble.ts'
import { printable } from './wire.ts'

const orderPath = '/api/mkp-openapi-public/global/v1/order/query'
const usagePath = '/api/mkp-openapi-public/global/v1/isv/usage-data'

type Fields = Readonly<Record<string, unknown>>

/** The same table has been printed with two prefixes; a refusal may come with status 200, so the code decides. */
const meanings: Readonly<Record<string, 'success' | 'unknown' | 'not-allowed' | 'too-often'>> = {
  '0000': 'success',
  '0100': 'unknown',
  '0101': 'unknown',
  '0150': 'not-allowed',
  '0151': 'not-allowed',
  '0154': 'not-allowed',
  '0250': 'too-often',
}

function meaningOf(code: string) {
  if (code === '92020000') return 'success'
  if (code === '92020002') return 'unknown'
  return meanings[/^(?:MKT|CBC)\.(\d{4})$/.exec(code)?.[1] ?? '']
}

export function httpOrders(http: SignedHttp): SellerApi {
  return {
    async order({ orderId, lineId }) {
      const query: readonly (readonly [string, string])[] = [
        ['orderId', orderId],
        ...(lineId === undefined ? [] : [['orderLineId', lineId] as const]),
      ]
      return orderIn(await http.call({ method: 'GET', path: orderPath, query, repeatable: true }), orderId)
    },
    async pushUsage({ body, signature, timestamp, nonce }) {
      const headers: readonly (readonly [string, string])[] = [
        ['signature', signature],
        ['ts', timestamp],
        ['nonce', nonce],
      ]
      try {
        const sent = { type: 'application/json', bytes: body }
        // KooGallery's pages do not say that a record which is pushed twice counts once.
        return pushEnd(await http.call({ method: 'POST', path: usagePath, headers, body: sent, repeatable: false }))
      } catch (error) {
        if (error instanceof Failure && mayHaveHadEffect(error)) return { is: 'unknown', message: error.message }
        throw error
      }
    },
    close: () => http.close(),
  }
}

function orderIn(answer: Answer, orderId: string): ShownOrder {
  const { code, message } = errorOf(answer)
  const body = fieldsOf(answer.json)
  const info = fieldsOf(body?.orderInfo)
  const meaning = meaningOf(code)
  if (answer.status === 200 && info !== undefined && (meaning === 'success' || body?.resultCode === undefined)) {
    return { is: 'order', order: orderOf(info, orderId), raw: answer.json }
  }
  if (meaning === 'unknown') return { is: 'none', code, message }
  throw refusal(answer)
}

function refusal(answer: Answer): Failure {
  const { code, message } = errorOf(answer)
  const said = `${message} (${code})`
  switch (meaningOf(code)) {
    case 'not-allowed':
      return new Failure({
        code: 'not-allowed',
        exit: 'credentials',
        message: `The open API does not allow this: ${said}`,
        hint: 'The access key has to be that of the seller whose product it is about.',
      })
    case 'too-often':
      return new Failure({
        code: 'marketplace-throttled',
        exit: 'marketplace',
        message: `The open API refuses requests for their rate: ${said}`,
        hint: 'Nothing is half done; run the same command again later.',
      })
    default:
      return new Failure({
        code: 'open-api-refused',
        exit: 'marketplace',
        message: `The open API does not answer as its documentation says: ${said}`,
        ...(answer.status === 404 ? { hint: 'Check the address in KOO_OPEN_API.' } : {}),
      })
  }
}

function orderOf(info: Fields, asked: string): OrderFacts {
  const buyer = Object.entries(fieldsOf(info.buyerInfo) ?? {}).flatMap(([name, value]) => {
    const text = textOf(value)
    return text === undefined ? [] : [[printable(name), text] as const]
  })
  return {
    orderId: textOf(info.orderId) ?? asked,
    ...given('orderType', textOf(info.orderType)),
    ...given('createdAt', timeOf(info.createTime)),
    lines: listOf(info.orderLine).map(lineOf),
    buyer: Object.fromEntries(buyer),
  }
}

function lineOf(line: Fields): OrderLine {
  const type = textOf(line.periodType)
  const number = Number(textOf(line.periodNumber) ?? Number.NaN)
  return {
    ...given('lineId', textOf(line.orderLineId)),
    ...given('chargingMode', textOf(line.chargingMode)),
    ...(type === undefined ? {} : { period: { type, ...(Number.isNaN(number) ? {} : { number }) } }),
    ...given('expiresAt', timeOf(line.expireTime)),
    products: listOf(line.productInfo).map((product) => ({
      ...given('productId', textOf(product.productId)),
      ...given('name', textOf(product.productName)),
      ...given('sku', textOf(product.skuCode)),
    })),
  }
}

function given<K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, T>>)
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function listOf(value: unknown): readonly Fields[] {
  return (Array.isArray(value) ? value : []).map(fieldsOf).filter((each) => each !== undefined)
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? printable(value) : undefined
}

/** Of yyyyMMddHHmmss in UTC, perhaps with milliseconds, or with the T and Z other calls of the API have. */
function timeOf(value: unknown): number | undefined {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(?:\.?\d{3})?Z?$/.exec(textOf(value) ?? '')
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : time
}

/** The request may have been carried out, although no answer says so. */
function mayHaveHadEffect({ code, cause }: Failure): boolean {
  if (code === 'marketplace-failed') return true
  if (code !== 'marketplace-unreachable') return false
  return troubleOf({ is: 'lost', cause }) === 'lost' || causeCode(cause) === tooLarge
}

function pushEnd(answer: Answer): PushEnd {
  const { code, message } = errorOf(answer)
  const body = fieldsOf(answer.json)
  const meaning = meaningOf(code)
  if (answer.status < 300 && meaning === 'success') return { is: 'accepted', code, message }
  if (answer.status < 300 && (body === undefined || code === String(answer.status))) {
    return { is: 'unknown', message: `The answer of the open API has no code: ${message}` }
  }
  if (meaning === 'not-allowed' || meaning === 'too-often') throw refusal(answer)
  return { is: 'refused', code, message, abnormal: abnormalIn(body) }
}

/** The pages tell that there is a list, and not how it is called. */
function abnormalIn(body: Fields | undefined): readonly unknown[] {
  const lists = [body, fieldsOf(body?.data)].flatMap((each) => Object.values(each ?? {}).filter(Array.isArray))
  return lists[0] ?? []
}
