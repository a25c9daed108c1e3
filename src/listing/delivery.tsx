/** What is delivered, where it runs, and how an order goes on. */
import type { ComponentChildren } from 'preact'
import { type DeliveryMethodRow, deploymentTitle, isDeliveryMethod, rowOf } from '../model/delivery-methods.ts'
import type { Field } from '../model/field.ts'
import { type Delivery, manifestFields } from '../model/manifest.ts'
import { regionCity } from '../model/regions.ts'
import { decimalOf, decimalText } from './decimals.ts'
import { FieldValue, ofKey } from './field-value.tsx'
import { FileLine } from './files.tsx'
import type { Partly } from './listed.ts'
import { type Fact, Gap, Part, PlacedFacts, type Scene } from './scene.tsx'

type DeliveryPart = Partly<Delivery>

/** The row of the method, where one is named that exists. */
export function methodRow({ product }: Scene): DeliveryMethodRow | undefined {
  const method = product.manifest.delivery?.method
  return isDeliveryMethod(method) ? rowOf(method) : undefined
}

/** Where the product runs, as the table of methods says it; undefined where that is no question. */
export function whereItRuns(scene: Scene): string | undefined {
  const allowed = methodRow(scene)?.deployment ?? []
  if (allowed.length === 0) return undefined
  const named = scene.product.manifest.delivery?.deployment ?? []
  const places = allowed.filter((each) => (allowed.length === 1 ? true : named.includes(each)))
  return places.length === 0 ? undefined : deploymentTitle(places)
}

export function DeliveryPart({ scene }: { readonly scene: Scene }) {
  const delivery = scene.product.manifest.delivery ?? {}
  const row = methodRow(scene)
  return (
    <Part scene={scene} id="delivery" title="Delivery" path="/delivery">
      {row === undefined ? <Gap>No delivery method yet</Gap> : <PlacedFacts facts={factsOf(scene, delivery, row)} />}
    </Part>
  )
}

function factsOf(scene: Scene, delivery: DeliveryPart, row: DeliveryMethodRow): readonly Fact[] {
  const place = whereItRuns(scene)
  return [
    {
      name: 'Delivery method',
      path: '/delivery/method',
      value: (
        <>
          <p>{row.title}</p>
          <p class="quiet small">{row.description}</p>
        </>
      ),
    },
    ...(row.deliverable === null
      ? []
      : [{ name: 'Deliverable', path: '/delivery/method', value: row.deliverable.title }]),
    ...(row.deployment.length === 0
      ? []
      : [{ name: 'Runs in', path: '/delivery/deployment', value: place ?? <Gap>No deployment location yet</Gap> }]),
    ...Object.entries(row.fields).flatMap(([key, field]) => factOf(scene, delivery, key, field)),
  ]
}

/** Interfaces are between the seller and KooGallery, and assets are its own records. */
const notForBuyers = new Set(['asset'])

function factOf(scene: Scene, delivery: DeliveryPart, key: string, field: Field): readonly Fact[] {
  if (notForBuyers.has(key) || (field.kind === 'text' && field.address === 'interface')) return []
  const path = `/delivery/${key}`
  const value = ofKey(delivery, key)
  if (value === undefined || value === null) {
    return field.optional ? [] : [{ name: field.title, path, value: <Gap>{`No ${lower(field.title)} yet`}</Gap> }]
  }
  const drawing = Object.hasOwn(drawings, key) ? drawings[key]?.(scene, delivery) : undefined
  return [
    { name: field.title, path, value: drawing ?? <FieldValue scene={scene} field={field} value={value} path={path} /> },
  ]
}

/** "IMS images" keeps its capitals. */
function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
}

/** Fields that deserve more than their kind says; every other is drawn by its kind. */
const drawings: Readonly<Record<string, (scene: Scene, delivery: DeliveryPart) => ComponentChildren | undefined>> = {
  images: (_scene, { images }) =>
    images && (
      <ul class="plain">
        {images.map((each, index) => (
          <li key={`${index} ${each?.region}`}>
            {regionText(each?.region)} {each?.id === undefined ? null : <code class="quiet">{each.id}</code>}
          </li>
        ))}
      </ul>
    ),
  days: (_scene, { days }) => {
    const number = decimalOf(days)
    return number && `${decimalText(number)} calendar day${days === 1 ? '' : 's'}`
  },
  authorization: (scene, { authorization }) => {
    const kinds = optionsOf(scene, 'authorization', 'kind')
    const { kind, instructions, files = [] } = authorization ?? {}
    return (
      <>
        <p>{kind === undefined ? <span class="gap">No kind of authorization yet</span> : (kinds[kind] ?? kind)}</p>
        {instructions === undefined ? null : <p class="quiet">{instructions}</p>}
        {files.length === 0 ? null : <Files scene={scene} paths={files} />}
      </>
    )
  },
  package: (scene, delivery) => {
    const { archive, format, sbom } = delivery.package ?? {}
    const formats = optionsOf(scene, 'package', 'format')
    return (
      <>
        {archive === undefined ? (
          <p>{formats[format ?? 'tar.gz'] ?? format}</p>
        ) : (
          <p>
            <FileLine scene={scene} path={archive} />
          </p>
        )}
        <p class="quiet small">
          {sbom === undefined
            ? 'With digests of all its files.'
            : 'With digests of all its files, and a software bill of materials.'}
        </p>
      </>
    )
  },
  requestTemplates: (scene, { requestTemplates = [] }) => <Files scene={scene} paths={requestTemplates} />,
  serviceSupervision: (_scene, { serviceSupervision }) =>
    serviceSupervision
      ? 'Yes: the buyer hands in what is needed, and an order is settled when its service flow ends.'
      : 'No',
  extensionParameters: (_scene, { extensionParameters = [] }) => (
    <ul class="plain">
      {extensionParameters.map((each, index) => (
        <li key={`${index} ${each?.name}`}>
          <strong>{each?.name}</strong>
          {each?.description === undefined ? null : <span class="quiet">: {each.description}</span>}
        </li>
      ))}
    </ul>
  ),
}

function Files({ scene, paths }: { readonly scene: Scene; readonly paths: readonly string[] }) {
  return (
    <ul class="plain">
      {paths.map((path) => (
        <li key={path}>
          <FileLine scene={scene} path={path} />
        </li>
      ))}
    </ul>
  )
}

/** As in "Singapore (ap-southeast-3)". */
function regionText(region: string | undefined): string {
  if (region === undefined) return 'No region yet'
  const city = regionCity(region)
  return city === undefined ? region : `${city} (${region})`
}

/** What the values of a choice in a group of `delivery` mean. */
function optionsOf({ product }: Scene, group: string, key: string): Readonly<Record<string, string>> {
  const method = product.manifest.delivery?.method
  const delivery = isDeliveryMethod(method) ? manifestFields(method).delivery : undefined
  const outer = delivery?.kind === 'group' ? delivery.fields[group] : undefined
  const inner = outer?.kind === 'group' ? outer.fields[key] : undefined
  return inner?.kind === 'choice' ? inner.options : {}
}
