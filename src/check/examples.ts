/** The examples of the table of codes as whole manifests, so that they can be tried. */
import { Document, isMap, type Node, parseDocument, type YAMLMap } from 'yaml'
import { deliveryMethodIds, isDeliveryMethod } from '../model/delivery-methods.ts'
import type { GroupField } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { partsOf } from '../model/pointer.ts'
import { sampleManifest } from '../model/sample.ts'

/**
 * The text of a manifest that holds a part such as `product:\n  version: v1.0\n`, and is sound in everything else; `without` is a
 * JSON Pointer to take away first. A text that begins with `koo:` is whole already.
 */
export function wholeManifest(part: string, without?: string): string {
  if (/^koo: 1\n./.test(part)) return part
  const change = parseDocument<YAMLMap, false>(part)
  const named = change.getIn(['delivery', 'method'])
  const method = isDeliveryMethod(named) ? named : deliveryMethodIds[0]
  if (method === undefined) return part
  const whole = new Document<YAMLMap, false>(sampleManifest(method) as unknown as YAMLMap)
  const fields = { kind: 'group', title: '', about: '', fields: manifestFields(method) } as const
  if (without !== undefined) whole.deleteIn(partsOf(without))
  merge(whole.contents, change.contents, fields)
  return whole.toString({ lineWidth: 0 })
}

/** The nodes themselves are moved, so that comments and quotes come along. Lists are replaced as a whole. */
function merge(into: YAMLMap, from: YAMLMap, group: GroupField): void {
  for (const { key, value } of from.items) {
    const name = String(key)
    const there: unknown = into.get(name, true)
    const field = group.fields[name]
    // Where fields stand for each other, the sample's choice gives way.
    const grows = field?.kind === 'group' && field.needs === undefined && isMap(there) && isMap(value)
    if (grows) merge(there as YAMLMap, value as YAMLMap, field)
    else into.set(name, value as Node)
  }
}
