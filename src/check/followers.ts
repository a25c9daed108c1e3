/** One finding a mistake: what only follows from another finding is not told. */
import { type DeliveryMethod, deliveryMethodIds, rowOf } from '../model/delivery-methods.ts'
import type { Finding } from '../model/diagnostic.ts'
import type { Fields } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { partsOf, pointer, valueAt } from '../model/pointer.ts'

export interface ShapeFinding extends Finding {
  /** The pointer a mistyped key was meant to be. */
  readonly meant?: string
}

export function withoutFollowers(
  found: readonly ShapeFinding[],
  value: unknown,
  method: DeliveryMethod | undefined,
): readonly Finding[] {
  const mistaken = method === undefined ? undefined : mistakenMethod(found, value, method)
  if (mistaken !== undefined) return [mistaken]
  const meant = new Set(found.map((each) => each.meant))
  const seen = new Set<string>()
  const single = found
    .filter(({ code, path }) => !(code === 'missing-field' && meant.has(path)))
    .filter(({ path }) => !seen.has(path) && seen.add(path))
  return renamed(single).map(({ meant: _, ...finding }) => finding)
}

/** Where all of `delivery` is another method's, it is the method that is wrong. */
function mistakenMethod(found: readonly ShapeFinding[], value: unknown, method: DeliveryMethod): Finding | undefined {
  const inDelivery = (code: Finding['code']) =>
    found.some((each) => each.code === code && partsOf(each.path).length === 2 && each.path.startsWith('/delivery/'))
  if (!(inDelivery('missing-field') && inDelivery('not-for-method'))) return undefined
  const keys = Object.keys(valueAt(value, ['delivery']) as object)
  const [fitting, ...others] = deliveryMethodIds.filter((id) => fits(keys, deliveryFields(id)))
  if (fitting === undefined || others.length > 0) return undefined
  const title = rowOf(fitting).title
  return {
    code: 'not-for-method',
    path: pointer(['delivery', 'method']),
    message: `The delivery method is ${rowOf(method).title}, but the other fields of \`delivery\` are those of ${title}.`,
    hint: `Write \`method: ${fitting}\`, or the fields of ${rowOf(method).title}.`,
  }
}

function deliveryFields(method: DeliveryMethod): Fields {
  const { delivery } = manifestFields(method)
  return delivery?.kind === 'group' ? delivery.fields : {}
}

function fits(keys: readonly string[], fields: Fields): boolean {
  const required = Object.keys(fields).filter((key) => !fields[key]?.optional)
  return keys.every((key) => Object.hasOwn(fields, key)) && required.every((key) => keys.includes(key))
}

/** A key under another name, or in another place, than the one that is missing. */
function renamed(found: readonly ShapeFinding[]): readonly ShapeFinding[] {
  const missing = found.filter(({ code }) => code === 'missing-field')
  if (missing.length === 0) return found
  const dropped = new Set<ShapeFinding>()
  const told = found.map((finding): ShapeFinding => {
    if (finding.code !== 'not-for-method' && (finding.code !== 'unknown-field' || finding.meant !== undefined)) {
      return finding
    }
    const elsewhere = missing.find((each) => lastOf(each.path) === lastOf(finding.path))
    if (elsewhere !== undefined) {
      dropped.add(elsewhere)
      return { ...finding, hint: `It belongs in \`${partsOf(elsewhere.path).slice(0, -1).join('.')}\`.` }
    }
    const beside = missing.filter((each) => parentOf(each.path) === parentOf(finding.path))
    const strangers = found.filter((each) => isStranger(each) && parentOf(each.path) === parentOf(finding.path))
    const [lacking] = beside
    if (lacking === undefined || beside.length > 1 || strangers.length > 1) return finding
    dropped.add(lacking)
    return { ...finding, hint: `\`${lastOf(lacking.path)}\` is missing here; is it what this is meant to be?` }
  })
  return told.filter((_, index) => !dropped.has(found[index] as ShapeFinding))
}

function isStranger({ code }: ShapeFinding): boolean {
  return code === 'unknown-field' || code === 'not-for-method'
}

function lastOf(path: string): string {
  return partsOf(path).at(-1) ?? ''
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
