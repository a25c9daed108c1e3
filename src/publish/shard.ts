/** Divides the products of a run among several machines: each is in exactly one shard, wherever that is worked out. */
import { createHash } from 'node:crypto'

/** `number` counts from 1. */
export interface Shard {
  readonly number: number
  readonly of: number
}

export function isInShard({ number, of }: Shard, key: string): boolean {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % of === number - 1
}
