/** A manifest handed over, with files that are only named. */
import { namedFiles } from '../../src/listing/handoff/file-names.ts'
import { formOf } from '../../src/listing/handoff/form.ts'
import { type HandedFile, type HandoffMaterial, handoffOf } from '../../src/listing/handoff/handoff.ts'
import { rowOf } from '../../src/model/delivery-methods.ts'
import type { Handoff } from '../../src/model/handoff.ts'
import type { Manifest } from '../../src/model/manifest.ts'

export function handedOver(manifest: Manifest, more: Partial<HandoffMaterial> = {}): Handoff {
  const named = namedFiles(manifest, formOf(rowOf(manifest.delivery.method)))
  const files = new Map<string, HandedFile>(
    named.map(({ field, name }) => [field, { name, bytes: 1234, sha256: `hash of ${field}` }]),
  )
  const digest = (text: string) => text
  return handoffOf({ manifest, file: 'koo.yaml', files, diagnostics: [], koo: '1', record: 'koo', digest, ...more })
}
