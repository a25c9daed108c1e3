/** Times, sizes, money and states as the pages show them. */
import type { ProductState } from '../../model/release.ts'
import type { Tone } from '../../web/parts.tsx'
import type { Actor, HistoryEvent } from '../history.ts'
import type { InstanceStatus, OrderPeriod, OrderState } from '../orders.ts'

export function timeText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** How long something takes, or took, in its two largest units. */
export function spanText(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return `${days} d${hours % 24 === 0 ? '' : ` ${hours % 24} h`}`
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

export const stateTitles: Readonly<Record<ProductState, string>> = {
  'in-review': 'In review',
  'on-sale': 'On sale',
  rejected: 'Rejected',
  draft: 'Draft',
  withdrawn: 'Withdrawn',
  discontinued: 'Discontinued',
}

export const stateTones: Readonly<Record<ProductState, Tone>> = {
  'in-review': 'info',
  'on-sale': 'good',
  rejected: 'bad',
  draft: 'plain',
  withdrawn: 'warning',
  discontinued: 'plain',
}

export const eventTitles: Readonly<Record<HistoryEvent['what'], string>> = {
  created: 'Created',
  submitted: 'Submitted for review',
  approved: 'Approved, and on sale',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  edited: 'Edited on the marketplace',
  replaced: 'Replaced by a newer release',
  discontinued: 'Discontinued',
}

export const eventTones: Readonly<Record<HistoryEvent['what'], Tone>> = {
  created: 'plain',
  submitted: 'info',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'warning',
  edited: 'warning',
  replaced: 'plain',
  discontinued: 'plain',
}

export const actorTitles: Readonly<Record<Actor, string>> = {
  api: 'over the API',
  console: 'by a person, on these pages',
  reviewer: 'by the automatic reviewer',
  colleague: 'by the colleague of --faults',
}

export const instanceTitles: Readonly<Record<InstanceStatus, string>> = {
  opening: 'Not there yet',
  active: 'Active',
  frozen: 'Frozen',
  released: 'Released',
}

export const instanceTones: Readonly<Record<InstanceStatus, Tone>> = {
  opening: 'info',
  active: 'good',
  frozen: 'warning',
  released: 'plain',
}

export const orderTitles: Readonly<Record<OrderState, string>> = {
  processing: 'Processing',
  succeeded: 'Succeeded',
  failed: 'Failed',
}

export const orderTones: Readonly<Record<OrderState, Tone>> = {
  processing: 'info',
  succeeded: 'good',
  failed: 'bad',
}

export function periodText({ type, number }: OrderPeriod): string {
  return countText(number, type)
}
