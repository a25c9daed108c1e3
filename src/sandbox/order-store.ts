/** Keeps what was bought on the storefront: instances, their orders, the calls made to sellers, and pushed usage. */
import type { CaseLevel, Exchange } from '../model/access/report.ts'
import type { Cell, Database } from './database.ts'
import type { Access, Instance, Order, OrderPeriod, OrderState } from './orders.ts'
import type { Schemas } from './views.ts'

/** What is wrong with an answer, by the cases of `koo access test`. */
export interface CallFinding {
  readonly id: string
  readonly level: CaseLevel
  readonly wrong: string
  readonly mend: string
}

/** A call as lists show it. */
export interface SellerCall {
  readonly number: number
  /** Number of its instance. */
  readonly instance: number
  readonly orderId?: string
  readonly activity: string
  readonly at: number
  readonly milliseconds: number
  /** Of HTTP; left out where there was no answer. */
  readonly status?: number
  /** The result code. */
  readonly code?: string
  readonly findings: readonly CallFinding[]
}

export interface WholeCall extends SellerCall {
  /** With secrets masked. */
  readonly exchange: Exchange
}

export type UsageRecord = Schemas['UsageRecord']

export interface KeptUsage {
  readonly receivedAt: number
  readonly record: UsageRecord
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

/** What belongs together is for the caller to put into one transaction. */
export interface OrderStore {
  addInstance(instance: Omit<Instance, 'number'>): Instance
  saveInstance(instance: Instance): void
  instance(number: number): Instance | undefined
  /** By the seller's id; the newest where several orders were answered with the same. */
  instanceNamed(instanceId: string): Instance | undefined
  /** Newest first. */
  instances(page: Page): readonly Instance[]
  instanceCount(): number
  addOrder(order: Order): void
  order(orderId: string): Order | undefined
  settleOrder(orderId: string, state: OrderState, trouble?: string): void
  /** Newest first. */
  orders(page: Page): readonly Order[]
  orderCount(): number
  /** Newest first. */
  ordersOf(instance: number): readonly Order[]
  /** Numbers of the instances that sellers said they were making. */
  opening(): readonly number[]
  addCall(call: Omit<WholeCall, 'number'>): number
  call(number: number): WholeCall | undefined
  /** Newest first; of one instance, or of all. */
  calls(page: Page, instance?: number): readonly SellerCall[]
  callCount(instance?: number): number
  addUsage(records: readonly UsageRecord[], receivedAt: number): void
  /** Newest first; of one instance, or of all. */
  usage(page: Page, instanceId?: string): readonly KeptUsage[]
  usageCount(instanceId?: string): number
}

/** A sandbox that polls and is polled does not grow for ever. */
const mostCalls = 5_000
const mostUsage = 20_000

interface PeriodRow {
  readonly period_type: OrderPeriod['type'] | null
  readonly period_number: number | null
}

interface InstanceRow extends PeriodRow {
  readonly number: number
  readonly product_id: string
  readonly product_key: string
  readonly product_name: string
  readonly specification: string
  readonly charging: Instance['charging']
  readonly is_trial: number
  readonly instance_id: string | null
  readonly status: Instance['status']
  readonly expires_at: number | null
  readonly access: string | null
  readonly bought_at: number
}

interface OrderRow extends PeriodRow {
  readonly order_id: string
  readonly order_line_id: string
  readonly instance: number
  readonly deed: string
  readonly order_type: Order['orderType']
  readonly specification: string
  readonly expires_at: number | null
  readonly state: OrderState
  readonly trouble: string | null
  readonly created_at: number
}

interface CallRow {
  readonly number: number
  readonly instance: number
  readonly order_id: string | null
  readonly activity: string
  readonly made_at: number
  readonly milliseconds: number
  readonly status: number | null
  readonly code: string | null
  readonly findings: string
}

const callColumns = 'number, instance, order_id, activity, made_at, milliseconds, status, code, findings'

export function openOrderStore(database: Database): OrderStore {
  const count = (sql: string, ...cells: readonly Cell[]): number =>
    database.get<{ count: number }>(`SELECT COUNT(*) AS count FROM ${sql}`, ...cells)?.count ?? 0
  const instanceWhere = (where: string, ...cells: readonly Cell[]): Instance | undefined => {
    const row = database.get<InstanceRow>(`SELECT * FROM instances WHERE ${where}`, ...cells)
    return row && instanceOf(row)
  }
  const some = <Row>(columns: string, from: string, { limit, offset }: Page, ...cells: readonly Cell[]) =>
    database.all<Row>(
      `SELECT ${columns} FROM ${from} ORDER BY number DESC LIMIT ? OFFSET ?`,
      ...[...cells, limit, offset],
    )

  return {
    addInstance: (instance) => {
      database.run(
        `INSERT INTO instances (product_id, product_key, product_name, specification, charging, is_trial, period_type,
             period_number, instance_id, status, expires_at, access, bought_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        instance.productId,
        instance.productKey,
        instance.productName,
        ...changing(instance),
        instance.boughtAt,
      )
      const number = database.get<{ number: number }>('SELECT last_insert_rowid() AS number')?.number ?? 0
      return { ...instance, number }
    },
    saveInstance: (instance) => {
      database.run(
        `UPDATE instances SET specification = ?, charging = ?, is_trial = ?, period_type = ?, period_number = ?,
           instance_id = ?, status = ?, expires_at = ?, access = ? WHERE number = ?`,
        ...changing(instance),
        instance.number,
      )
    },
    instance: (number) => instanceWhere('number = ?', number),
    instanceNamed: (instanceId) => instanceWhere('instance_id = ? ORDER BY number DESC LIMIT 1', instanceId),
    instances: (page) => some<InstanceRow>('*', 'instances', page).map(instanceOf),
    instanceCount: () => count('instances'),
    addOrder: (order) => {
      database.run(
        `INSERT INTO orders (order_id, order_line_id, instance, deed, order_type, specification, period_type,
           period_number, expires_at, state, trouble, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        order.orderId,
        order.orderLineId,
        order.instance,
        order.deed,
        order.orderType,
        order.specification,
        order.period?.type ?? null,
        order.period?.number ?? null,
        order.expiresAt ?? null,
        order.state,
        order.trouble ?? null,
        order.createdAt,
      )
    },
    order: (orderId) => {
      const row = database.get<OrderRow>('SELECT * FROM orders WHERE order_id = ?', orderId)
      return row && orderOf(row)
    },
    settleOrder: (orderId, state, trouble) => {
      database.run('UPDATE orders SET state = ?, trouble = ? WHERE order_id = ?', state, trouble ?? null, orderId)
    },
    orders: (page) => some<OrderRow>('*', 'orders', page).map(orderOf),
    orderCount: () => count('orders'),
    ordersOf: (instance) =>
      database.all<OrderRow>('SELECT * FROM orders WHERE instance = ? ORDER BY number DESC', instance).map(orderOf),
    opening: () =>
      database
        .all<{ number: number }>(
          `SELECT number FROM instances WHERE status = 'opening' AND instance_id IS NOT NULL
           AND EXISTS (SELECT 1 FROM orders WHERE instance = instances.number AND state = 'processing')`,
        )
        .map(({ number }) => number),
    addCall: (call) => {
      database.run(
        `INSERT INTO calls (instance, order_id, activity, made_at, milliseconds, status, code, findings, exchange)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        call.instance,
        call.orderId ?? null,
        call.activity,
        call.at,
        call.milliseconds,
        call.status ?? null,
        call.code ?? null,
        JSON.stringify(call.findings),
        JSON.stringify(call.exchange),
      )
      const number = database.get<{ number: number }>('SELECT last_insert_rowid() AS number')?.number ?? 0
      database.run('DELETE FROM calls WHERE number <= ?', number - mostCalls)
      return number
    },
    call: (number) => {
      const row = database.get<CallRow & { readonly exchange: string }>('SELECT * FROM calls WHERE number = ?', number)
      return row && { ...callOf(row), exchange: JSON.parse(row.exchange) as Exchange }
    },
    calls: (page, instance) =>
      (instance === undefined
        ? some<CallRow>(callColumns, 'calls', page)
        : some<CallRow>(callColumns, 'calls WHERE instance = ?', page, instance)
      ).map(callOf),
    callCount: (instance) => (instance === undefined ? count('calls') : count('calls WHERE instance = ?', instance)),
    addUsage: (records, receivedAt) => {
      for (const record of records) {
        database.run(
          'INSERT INTO usage_records (instance_id, received_at, record) VALUES (?, ?, ?)',
          ...[record.instance_id, receivedAt, JSON.stringify(record)],
        )
      }
      database.run('DELETE FROM usage_records WHERE number <= last_insert_rowid() - ?', mostUsage)
    },
    usage: (page, instanceId) =>
      (instanceId === undefined
        ? some<UsageRow>('received_at, record', 'usage_records', page)
        : some<UsageRow>('received_at, record', 'usage_records WHERE instance_id = ?', page, instanceId)
      ).map(({ received_at: receivedAt, record }) => ({ receivedAt, record: JSON.parse(record) as UsageRecord })),
    usageCount: (instanceId) =>
      instanceId === undefined ? count('usage_records') : count('usage_records WHERE instance_id = ?', instanceId),
  }
}

interface UsageRow {
  readonly received_at: number
  readonly record: string
}

/** In the order of the columns from the specification on. */
function changing(instance: Omit<Instance, 'number'>): readonly Cell[] {
  return [
    instance.specification,
    instance.charging,
    instance.isTrial ? 1 : 0,
    instance.period?.type ?? null,
    instance.period?.number ?? null,
    instance.instanceId ?? null,
    instance.status,
    instance.expiresAt ?? null,
    instance.access === undefined ? null : JSON.stringify(instance.access),
  ]
}

function instanceOf(row: InstanceRow): Instance {
  return {
    number: row.number,
    productId: row.product_id,
    productKey: row.product_key,
    productName: row.product_name,
    specification: row.specification,
    charging: row.charging,
    isTrial: row.is_trial === 1,
    ...periodIn(row),
    ...(row.instance_id === null ? {} : { instanceId: row.instance_id }),
    status: row.status,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.access === null ? {} : { access: JSON.parse(row.access) as Access }),
    boughtAt: row.bought_at,
  }
}

function orderOf(row: OrderRow): Order {
  return {
    orderId: row.order_id,
    orderLineId: row.order_line_id,
    instance: row.instance,
    deed: row.deed,
    orderType: row.order_type,
    specification: row.specification,
    ...periodIn(row),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    state: row.state,
    ...(row.trouble === null ? {} : { trouble: row.trouble }),
    createdAt: row.created_at,
  }
}

function periodIn({ period_type: type, period_number: number }: PeriodRow): { readonly period?: OrderPeriod } {
  return type === null || number === null ? {} : { period: { type, number } }
}

function callOf(row: CallRow): SellerCall {
  return {
    number: row.number,
    instance: row.instance,
    ...(row.order_id === null ? {} : { orderId: row.order_id }),
    activity: row.activity,
    at: row.made_at,
    milliseconds: row.milliseconds,
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.code === null ? {} : { code: row.code }),
    findings: JSON.parse(row.findings) as readonly CallFinding[],
  }
}
