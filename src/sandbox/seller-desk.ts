/** What KooGallery does with orders: makes them, and calls the seller's production interface for real. */
import { setMaxListeners } from 'node:events'
import type { JsonObject } from '../access/spoken.ts'
import { suiteNamed } from '../access/suites.ts'
import { answerTime } from '../model/access/activities.ts'
import { lineOf } from '../model/access/mock-orders.ts'
import { isDeliveryMethod, rowOf } from '../model/delivery-methods.ts'
import { addressReferences } from '../model/references.ts'
import type { Clock, SellerServer } from '../ports.ts'
import type { Desk } from './create-release.ts'
import { deedNamed, deeds, hasOrder } from './deeds.ts'
import { face, type Product } from './market.ts'
import { orderRunner } from './order-runner.ts'
import type { OrderStore } from './order-store.ts'
import type { Instance, Order } from './orders.ts'
import { notFound, Refusal } from './refusal.ts'
import { accessOf, type Caller, calledSeller, keptCall, observationsIn, troubleOf } from './seller-call.ts'

/** The seller's side of the sandbox, as far as it is known. */
export interface SellerOptions {
  /** What the seller and KooGallery sign each other's messages with; asked for when it is needed. */
  key(): Promise<string>
  /** Left out: nothing can be bought. Opened at the first call. */
  readonly server?: () => Promise<SellerServer>
  /** Where the interfaces of products are called instead of where their manifests say, by key. */
  readonly interfaces?: ReadonlyMap<string, string>
  /** Milliseconds, and how often it is asked whether an instance is there. */
  readonly times?: { readonly answer: number; readonly poll: number; readonly polls: number }
}

/** What is bought; `once`, hex digits, makes an order of its own, and the same again when it is sent again. */
export interface Purchase {
  readonly once: string
  readonly instance: Omit<Instance, 'number' | 'status' | 'boughtAt'>
}

export interface SellerDesk {
  readonly orders: OrderStore
  key(): Promise<string | undefined>
  /** Whether sellers can be called at all. */
  readonly canCall: boolean
  /** Where a product's interface is called; undefined where it has none. */
  addressOf(product: Product): string | undefined
  /** Makes the order and calls the seller once; whatever comes of it is in the order. */
  buy(purchase: Purchase): Promise<Order>
  /** Calls the seller for the same order again. */
  restart(orderId: string): Promise<void>
  /** Does what a deed of the console is; gives the number of the call. */
  perform(instance: number, deed: string, target: string): Promise<number>
  /** The seller is being called about the instance, or will be soon. */
  isBusy(instance: number): boolean
  /** Goes on asking about instances that were being made. */
  resume(): void
  /** Ends what waits. */
  stop(): void
}

/** Some minutes, as KooGallery asks again and again. */
const usualTimes = { answer: answerTime, poll: 3_000, polls: 100 }

/** Whether products of a delivery method are opened over an interface of the seller's. */
function hasInterface(method: string): boolean {
  if (!isDeliveryMethod(method)) return false
  return Object.values(rowOf(method).fields).some((field) => field.kind === 'text' && field.address === 'interface')
}

export function openSellerDesk(
  { store, inMarket, randomness }: Pick<Desk, 'store' | 'inMarket' | 'randomness'>,
  orders: OrderStore,
  clock: Clock,
  options: SellerOptions | undefined,
): SellerDesk {
  const times = options?.times ?? usualTimes
  const halt = new AbortController()
  // Each call that waits listens.
  setMaxListeners(0, halt.signal)
  const busy = new Set<number>()
  let opened: Promise<SellerServer> | undefined

  function addressOf(product: Product): string | undefined {
    if (!hasInterface(product.method)) return undefined
    const own = options?.interfaces?.get(product.key)
    return own ?? addressReferences(face(product).manifest).find(({ kind }) => kind === 'interface')?.address
  }

  async function callerFor({ productKey }: Instance): Promise<Caller> {
    const product = inMarket(() => store.productByKey(productKey))
    const url = product && addressOf(product)
    if (options?.server === undefined || url === undefined) {
      throw new Refusal('KOO.01409004', `There is no address at which the interface of ${productKey} can be called.`)
    }
    const { cases } = await suiteNamed('v2')
    const key = await options.key()
    opened ??= options.server()
    const server = await opened
    const observations = observationsIn(cases)
    return { server, clock, randomness, key, url, observations, answerTime: times.answer, stop: halt.signal }
  }

  async function call(instance: Instance, activity: string, fields: JsonObject, orderId?: string) {
    const caller = await callerFor(instance)
    const spoken = await calledSeller(caller, activity, fields)
    const of = { instance: instance.number, ...(orderId === undefined ? {} : { orderId }) }
    return { spoken, number: orders.addCall({ ...keptCall(spoken, caller), ...of }) }
  }

  const runner = orderRunner({ orders, clock, randomness, inMarket, times, stop: halt.signal, call })
  const isBusy = (number: number): boolean => busy.has(number) || runner.isPolling(number)

  /** Nobody else calls about the instance meanwhile. */
  async function alone<T>(number: number, work: () => Promise<T>): Promise<T> {
    if (isBusy(number)) throw new Refusal('KOO.01409004', 'The seller is being called about this instance right now.')
    busy.add(number)
    try {
      return await work()
    } finally {
      busy.delete(number)
    }
  }

  function added(order: Omit<Order, 'orderLineId' | 'state'>): Order {
    const whole = { ...order, orderLineId: lineOf(order.orderId), state: 'processing' } as const
    orders.addOrder(whole)
    return whole
  }

  return {
    orders,
    key: async () => options?.key(),
    canCall: options?.server !== undefined,
    addressOf,
    isBusy,
    async buy({ once, instance }) {
      const orderId = `CS${once.toUpperCase()}`
      const made = inMarket((now) => {
        if (orders.order(orderId) !== undefined) return undefined
        const { number } = orders.addInstance({ ...instance, status: 'opening', boughtAt: now })
        const { orderType, terms } = deeds.open
        const type = instance.isTrial ? 'TRIAL' : orderType
        const of = terms(runner.instanceOf(number), now, '')
        return added({ orderId, instance: number, deed: 'open', orderType: type, ...of, createdAt: now })
      })
      if (made !== undefined) await alone(made.instance, () => runner.run(made))
      const order = orders.order(orderId)
      if (order === undefined) throw new TypeError(`The order ${orderId} was not kept.`)
      return order
    },
    async restart(orderId) {
      const order = orders.order(orderId)
      if (order === undefined) throw notFound('order', orderId)
      await alone(order.instance, async () => {
        const { state } = orders.order(orderId) ?? order
        if (state === 'succeeded') throw new Refusal('KOO.01409004', 'The order has succeeded already.')
        if (runner.instanceOf(order.instance).status === 'released') {
          throw new Refusal('KOO.01409004', 'The instance is released.')
        }
        await runner.run(order)
      })
    },
    perform: (number, name, target) =>
      alone(number, async () => {
        const instance = runner.instanceOf(number)
        const deed = deedNamed(name)
        if (deed === undefined || !deed.isPossible(instance, orders.ordersOf(number))) {
          throw new Refusal('KOO.01409004', 'That is not possible: the instance has changed meanwhile.')
        }
        if (hasOrder(deed)) {
          const order = inMarket((now) => {
            const orderId = `CS${randomness.hex(8).toUpperCase()}`
            const { orderType, terms } = deed
            const of = terms(instance, now, target)
            return added({ orderId, instance: number, deed: name, orderType, ...of, createdAt: now })
          })
          return runner.run(order)
        }
        const done = await call(instance, deed.activity, deed.fields(instance, target))
        if (troubleOf(done.spoken, times.answer) === undefined) {
          const access = deed === deeds.query ? accessOf(done.spoken, instance.instanceId ?? '') : undefined
          runner.change(number, { ...deed.changes(), ...(access === undefined ? {} : { access }) })
        }
        return done.number
      }),
    resume() {
      if (options?.server === undefined) return
      for (const number of orders.opening()) {
        const order = orders.ordersOf(number).find(({ deed }) => deed === 'open')
        if (order !== undefined) runner.poll(number, order.orderId)
      }
    },
    stop() {
      halt.abort()
      void opened?.then((server) => server.close())
    },
  }
}
