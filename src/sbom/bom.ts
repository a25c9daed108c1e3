/** Components → CycloneDX 1.6 in JSON (https://cyclonedx.org/docs/1.6/json/), the same bytes for the same components. */
import { createHash } from 'node:crypto'
// By parts, because the whole also loads validators that koo does not have.
import * as Enums from '@cyclonedx/cyclonedx-library/Enums'
import * as Models from '@cyclonedx/cyclonedx-library/Models'
import * as Serialize from '@cyclonedx/cyclonedx-library/Serialize'
import * as Spec from '@cyclonedx/cyclonedx-library/Spec'
import { version as kooVersion } from '../version.ts'
import { licencesOf } from './licences.ts'
import type { Component, Merged } from './merge.ts'
import type { HashName } from './package.ts'

export interface Product {
  readonly key: string
  readonly name: string
  readonly version: string
}

const algorithms: Readonly<Record<HashName, Enums.HashAlgorithm>> = {
  MD5: Enums.HashAlgorithm.MD5,
  'SHA-1': Enums.HashAlgorithm['SHA-1'],
  'SHA-256': Enums.HashAlgorithm['SHA-256'],
  'SHA-384': Enums.HashAlgorithm['SHA-384'],
  'SHA-512': Enums.HashAlgorithm['SHA-512'],
}

export function bomText(product: Product, { components, roots }: Omit<Merged, 'impossible'>, time?: Date): string {
  const root = new Models.Component(Enums.ComponentType.Application, product.name, {
    bomRef: `${product.key}@${product.version}`,
    version: product.version,
  })
  const made = new Map(components.map((each) => [each.purl, libraryOf(each)]))
  const connect = (from: Models.Component, purls: readonly string[]) => {
    for (const purl of purls) {
      const to = made.get(purl)
      if (to !== undefined) from.dependencies.add(to.bomRef)
    }
  }
  connect(root, roots)
  for (const { purl, needs } of components) {
    const from = made.get(purl)
    if (from !== undefined) connect(from, needs)
  }
  const koo = new Models.Component(Enums.ComponentType.Application, 'koo', { version: kooVersion })
  const metadata = new Models.Metadata({
    component: root,
    tools: new Models.Tools({ components: new Models.ComponentRepository([koo]) }),
  })
  if (time !== undefined) metadata.timestamp = time
  const bom = new Models.Bom({ metadata, components: new Models.ComponentRepository(made.values()) })
  bom.serialNumber = `urn:uuid:${uuidOf(serialized(bom))}`
  return `${serialized(bom)}\n`
}

/** The library would sort by the rules of the user's language; here everything is sorted already. */
function serialized(bom: Models.Bom): string {
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)
  return new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: false, space: 2 })
}

function libraryOf({ purl, type, namespace, name, version, licences, hashes }: Component): Models.Component {
  // A Go module is known by its whole path.
  const group = type === 'golang' ? undefined : namespace
  const made = new Models.Component(
    Enums.ComponentType.Library,
    type === 'golang' && namespace !== undefined ? `${namespace}/${name}` : name,
    { bomRef: purl, purl, version, licenses: new Models.LicenseRepository(licencesOf(licences)) },
  )
  if (group !== undefined) made.group = group
  for (const hash of hashes) made.hashes.set(algorithms[hash.name], hash.content)
  return made
}

/** Version 8 of a UUID, made of a SHA-256 (RFC 9562, appendix B.2): version 5 would take SHA-1. */
function uuidOf(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}
