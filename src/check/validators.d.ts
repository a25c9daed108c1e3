/** The type of `validators.js`, which the build compiles from the JSON Schemas (see `src/build/generate.ts`). */
import type { DeliveryMethod } from '../model/delivery-methods.ts'

export interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly schemaPath: string
  readonly params: Readonly<Record<string, unknown>>
}

interface SchemaValidator {
  (value: unknown): boolean
  readonly errors?: readonly SchemaError[] | null
}

/** `shared` for what all manifests have, and for each delivery method what it adds (see `branchSchema`). */
export declare const validators: Readonly<Record<DeliveryMethod | 'shared', SchemaValidator>>
