/** Any field of a manifest, drawn by its kind alone, so that fields nobody has thought of are on the page, too. */
import type { ComponentChildren } from 'preact'
import type { Field, Fields } from '../model/field.ts'
import { decimalOf, decimalText } from './decimals.ts'
import { FileLine, Prose } from './files.tsx'
import { elsewhere, linkAddress } from './links.ts'
import { type Fact, PlacedFacts, type Scene } from './scene.tsx'

interface Drawn<F extends Field = Field> {
  readonly scene: Scene
  readonly field: F
  readonly value: unknown
  /** JSON Pointer of the value. */
  readonly path: string
}

/** What a field holds; a value that is none of its kind is told to be missing. */
export function FieldValue({ scene, field, value, path }: Drawn): ComponentChildren {
  switch (field.kind) {
    case 'list':
      return <List scene={scene} field={field} value={value} path={path} />
    case 'group':
      return <PlacedFacts facts={fieldFacts(scene, field.fields, value, path)} />
    case 'map':
      return <PlacedFacts facts={mapFacts({ scene, field: field.item, value, path })} />
    case 'flag':
      return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : none
    case 'number': {
      const number = decimalOf(value)
      return number === undefined ? none : decimalText(number)
    }
    default:
      return typeof value === 'string' || typeof value === 'number' ? textOf(scene, field, String(value)) : none
  }
}

const none = <span class="quiet">–</span>

function textOf(scene: Scene, field: Field, text: string): ComponentChildren {
  if (field.kind === 'file') return <FileLine scene={scene} path={text} />
  if (field.kind === 'choice') return Object.hasOwn(field.options, text) ? field.options[text] : text
  if (field.kind !== 'text') return text
  if (field.long) return <Prose scene={scene} text={text} below={3} />
  if (field.address === undefined) return text
  return <Link address={text}>{text}</Link>
}

/** A link out of a manifest; the words alone where it may not be one. */
export function Link({ address, children }: { readonly address: string; readonly children: ComponentChildren }) {
  const href = linkAddress(address)
  return href === undefined ? (
    <span>{children}</span>
  ) : (
    <a href={href} {...elsewhere}>
      {children}
    </a>
  )
}

function List({ scene, field, value, path }: Drawn<Extract<Field, { kind: 'list' }>>) {
  if (!Array.isArray(value) || value.length === 0) return none
  return (
    <ul class="plain">
      {value.map((item: unknown, index) => (
        <li key={index}>
          <FieldValue scene={scene} field={field.item} value={item} path={`${path}/${index}`} />
        </li>
      ))}
    </ul>
  )
}

/** The fields of a group that are there. */
export function fieldFacts(scene: Scene, fields: Fields, value: unknown, path: string): readonly Fact[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const inside = ofKey(value, key)
    const at = `${path}/${key}`
    if (inside === undefined || inside === null) return []
    return [{ name: field.title, path: at, value: <FieldValue scene={scene} field={field} value={inside} path={at} /> }]
  })
}

function mapFacts({ scene, field, value, path }: Drawn): readonly Fact[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([key, inside]) => {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return { name: key, path: at, value: <FieldValue scene={scene} field={field} value={inside} path={at} /> }
  })
}

export function ofKey(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}
