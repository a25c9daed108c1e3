/** What a fault of the reference server is. */
import type { Suite } from '../../model/access/report.ts'
import type { Behaviour } from './behaviour.ts'

export interface Fault {
  /** What the server does wrong, after "it". */
  readonly does: string
  /** The suite that speaks of it; left out: that of version 2.0. */
  readonly suite?: Suite
  /** Ids of exactly the cases that fail in a run of that suite. */
  readonly fails: readonly string[]
  readonly behaviour: Partial<Behaviour>
  /** It is one of TLS: the server also speaks TLS 1.0 and 1.1, which takes a certificate. */
  readonly oldTls?: true
}

export type Faults = Readonly<Record<string, Fault>>
