/** Carries an order out: calls the seller for it and settles it by what is answered; asks until an instance is there. */
import type { JsonObject, Spoken } from '../access/spoken.ts'
import { beingProcessed, succeeded } from '../model/access/result-codes.ts'
import type { Clock, Randomness } from '../ports.ts'
import type { Desk } from './create-release.ts'
import { type Deed, deedNamed, deeds, hasOrder } from './deeds.ts'
import type { OrderStore } from './order-store.ts'
import type { Instance, Order } from './orders.ts'
import { notFound, Refusal } from './refusal.ts'
import { accessOf, newInstanceId, troubleOf } from './seller-call.ts'

export interface RunnerTools extends Pick<Desk, 'inMarket'> {
  readonly orders: OrderStore
  readonly clock: Clock
  readonly randomness: Randomness
  /** Milliseconds, and how often it is asked whether an instance is there. */
  readonly times: { readonly answer: number; readonly poll: number; readonly polls: number }
  readonly stop: AbortSignal
  /** Makes a call and keeps it. */
  call(
    instance: Instance,
    activity: string,
    fields: JsonObject,
    orderId?: string,
  ): Promise<{ readonly spoken: Spoken; readonly number: number }>
}

export interface OrderRunner {
  instanceOf(number: number): Instance
  /** What has become of the instance since it was read stays. */
  change(number: number, changes: Partial<Instance>): void
  /** Calls the seller for an order that is written down already; gives the number of the call. */
  run(order: Order): Promise<number>
  /** Goes on asking, in the background, for as long as the sandbox runs. */
  poll(instance: number, orderId: string, remark?: string): void
  isPolling(instance: number): boolean
}

export function orderRunner({ orders, clock, randomness, inMarket, times, stop, call }: RunnerTools): OrderRunner {
  const polled = new Set<number>()

  function instanceOf(number: number): Instance {
    const instance = orders.instance(number)
    if (instance === undefined) throw notFound('instance', String(number))
    return instance
  }

  function change(number: number, changes: Partial<Instance>): void {
    inMarket(() => orders.saveInstance({ ...instanceOf(number), ...changes }))
  }

  async function run(order: Order): Promise<number> {
    const instance = instanceOf(order.instance)
    const deed: Deed | undefined = deedNamed(order.deed)
    if (deed === undefined || !hasOrder(deed)) throw new TypeError(`${order.deed} has no orders.`)
    const isNew = deed === deeds.open
    const fields = { ...deed.fields(instance, order), ...(isNew ? { businessId: randomness.uuid() } : {}) }
    orders.settleOrder(order.orderId, 'processing')
    const { spoken, number } = await call(instance, deed.activity, fields, order.orderId)
    if (isNew) {
      await opened(instance, order, spoken)
      return number
    }
    const trouble = troubleOf(spoken, times.answer)
    inMarket(() => {
      if (trouble === undefined) orders.saveInstance({ ...instanceOf(instance.number), ...deed.changes(order) })
      orders.settleOrder(order.orderId, trouble === undefined ? 'succeeded' : 'failed', trouble)
    })
    return number
  }

  /** After newInstance: the instance is there, is being made, or is not. */
  async function opened({ number, instanceId }: Instance, { orderId }: Order, spoken: Spoken): Promise<void> {
    const named = newInstanceId(spoken)
    const trouble =
      troubleOf(spoken, times.answer, [succeeded, beingProcessed]) ?? ('trouble' in named ? named.trouble : undefined)
    if (trouble !== undefined || 'trouble' in named) {
      orders.settleOrder(orderId, 'failed', trouble)
      return
    }
    const remark = remarkOn(number, instanceId, named.id)
    change(number, { instanceId: named.id })
    const isMade = spoken.code === succeeded
    if (isMade && (await asked(number, orderId, { isMade, remark })) === 'settled') return
    poll(number, orderId, remark)
  }

  /** One order line is one instance, and one instance is of one order line. */
  function remarkOn(number: number, before: string | undefined, id: string): string | undefined {
    if (before !== undefined && before !== id) {
      return 'The repeated order was answered with another instanceId than before: one order line is one instance.'
    }
    const other = orders.instanceNamed(id)
    if (other === undefined || other.number === number) return undefined
    return 'The instanceId is that of another order: each order line is an instance of its own.'
  }

  /** Asks whether the instance is there, and settles its order if that is known by now. */
  async function asked(
    number: number,
    orderId: string,
    { isMade, remark }: { readonly isMade: boolean; readonly remark?: string | undefined },
  ): Promise<'settled' | 'not yet'> {
    const instance = instanceOf(number)
    const { instanceId = '' } = instance
    const { spoken } = await call(instance, 'queryInstance', { instanceId }, orderId)
    if (spoken.code === beingProcessed) return 'not yet'
    const trouble = troubleOf(spoken, times.answer)
    const access = trouble === undefined ? accessOf(spoken, instanceId) : undefined
    if (!isMade) {
      // Who is busy making it may once be too slow to answer.
      if (spoken.end.is !== 'answer' || (trouble === undefined && access === undefined)) return 'not yet'
      if (trouble !== undefined) {
        orders.settleOrder(orderId, 'failed', trouble)
        return 'settled'
      }
    }
    const missing = access === undefined ? 'queryInstance told nothing of the instance.' : undefined
    const said = [remark, trouble ?? missing].filter((each) => each !== undefined).join(' ')
    inMarket(() => {
      const known = access === undefined ? {} : { access }
      orders.saveInstance({ ...instanceOf(number), status: 'active', ...known })
      orders.settleOrder(orderId, 'succeeded', said === '' ? undefined : said)
    })
    return 'settled'
  }

  function poll(number: number, orderId: string, remark?: string): void {
    polled.add(number)
    pollTo(number, orderId, remark)
      .catch((error: unknown) => {
        // A sandbox that ends goes on with it when it starts again.
        if (stop.aborted || error instanceof Refusal) return
        orders.settleOrder(orderId, 'failed', `koo failed: ${String(error)}`)
      })
      .finally(() => polled.delete(number))
  }

  async function pollTo(number: number, orderId: string, remark: string | undefined): Promise<void> {
    for (let turn = 0; turn < times.polls; turn++) {
      await clock.sleep(times.poll, stop)
      if (stop.aborted) return
      if ((await asked(number, orderId, { isMade: false, remark })) === 'settled') return
    }
    const minutes = Math.round((times.poll * times.polls) / 60_000)
    const trouble = `The seller’s server says that it is making the instance, which was not there after ${minutes} minutes.`
    orders.settleOrder(orderId, 'failed', trouble)
  }

  return { instanceOf, change, run, poll, isPolling: (number) => polled.has(number) }
}
