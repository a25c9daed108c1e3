/** The specifications of a product with all their prices, readable without a script. */
import type { ComponentChildren } from 'preact'
import { billings } from '../model/delivery-methods.ts'
import type { Specification } from '../model/manifest.ts'
import { Badge } from '../web/parts.tsx'
import { decimalOf } from './decimals.ts'
import { methodRow } from './delivery.tsx'
import { fieldFacts } from './field-value.tsx'
import type { Partly } from './listed.ts'
import { type PriceTable, priceTable } from './price-table.ts'
import { noPrice, periodsOf, quote } from './prices.ts'
import { rangeOf, rangeText } from './quantities.ts'
import { Place, Remarks } from './remarks.tsx'
import { Gap, Heading, Part, PlacedFacts, type Scene } from './scene.tsx'

type SpecificationPart = Partly<Specification>

/** The name, or words for one that has none. */
export function specificationName({ name }: SpecificationPart, index: number): string {
  return name?.trim() || `Specification ${index + 1}`
}

/** What buyers read of an attribute's code. */
export function attributeName({ product }: Scene, code: string | undefined): string {
  const known = (product.manifest.attributes ?? []).find((each) => each?.code === code)
  return known?.name?.trim() || code || 'Attribute'
}

export function SpecificationsPart({ scene }: { readonly scene: Scene }) {
  const { specifications = [] } = scene.product.manifest
  return (
    <Part scene={scene} id="prices" title="Specifications and prices" path="/specifications">
      <p class="quiet">All prices in US dollars.</p>
      {specifications.length === 0 ? <Gap>No specifications yet</Gap> : null}
      <Attributes scene={scene} />
      <div class="specifications">
        {specifications.map((each, index) => (
          <Place key={`${index} ${each?.name}`} path={`/specifications/${index}`}>
            <SpecificationCard scene={scene} specification={each ?? {}} index={index} />
          </Place>
        ))}
      </div>
    </Part>
  )
}

/** What the prices depend on, where that has to be explained. */
function Attributes({ scene }: { readonly scene: Scene }) {
  const { attributes = [] } = scene.product.manifest
  if (attributes.length === 0) return null
  return (
    <Place path="/attributes">
      <PlacedFacts
        facts={attributes.map((each, index) => ({
          name: attributeName(scene, each?.code),
          path: `/attributes/${index}`,
          value: each?.description ?? (each?.type === 'quantity' ? 'A number you choose' : 'One of several values'),
        }))}
      />
    </Place>
  )
}

function SpecificationCard({
  scene,
  specification,
  index,
}: {
  readonly scene: Scene
  readonly specification: SpecificationPart
  readonly index: number
}) {
  const at = `/specifications/${index}`
  const table = priceTable(specification, (code) => attributeName(scene, code))
  const { billing, description } = specification
  const isList = table.rows.length === 1 && table.columns.every(({ isPrice }) => isPrice)
  return (
    <div class={isList ? 'specification' : 'specification specification-wide'}>
      <Place path={`${at}/name`}>
        <Heading scene={scene} below={2}>
          {specificationName(specification, index)}
        </Heading>
      </Place>
      <Place path={`${at}/billing`}>
        <p>
          <Badge>{billing === undefined ? 'No billing mode yet' : (billings[billing]?.title ?? billing)}</Badge>
        </p>
      </Place>
      <Place path={`${at}/description`}>
        {description === undefined ? null : <p class="specification-about">{description}</p>}
      </Place>
      <Sold scene={scene} specification={specification} at={at} />
      {isList ? (
        <PriceList specification={specification} table={table} at={at} />
      ) : (
        <PriceRows table={table} at={at} label={`Prices of ${specificationName(specification, index)}`} />
      )}
      <Remarks of={cellPaths(table, at)} />
      <PeriodNote specification={specification} />
      <Terms scene={scene} specification={specification} at={at} />
    </div>
  )
}

/** How many there are to choose from, and among what. */
function Sold({
  scene,
  specification,
  at,
}: {
  readonly scene: Scene
  readonly specification: SpecificationPart
  readonly at: string
}) {
  const { quantity, choices = [] } = specification
  if (quantity === undefined && choices.length === 0) return null
  const name = quantity && 'attribute' in quantity ? attributeName(scene, quantity.attribute) : 'Quantity'
  return (
    <PlacedFacts
      facts={[
        ...(quantity === undefined
          ? []
          : [{ name, path: `${at}/quantity`, value: `${rangeText(rangeOf(quantity))}; prices are those of one` }]),
        ...choices.map((choice, index) => ({
          name: attributeName(scene, choice?.attribute),
          path: `${at}/choices/${index}`,
          value: (choice?.values ?? []).join(', ') || '–',
        })),
      ]}
    />
  )
}

/** A price, or one for each period. */
function PriceList({
  specification,
  table: { columns, rows },
  at,
}: {
  readonly specification: SpecificationPart
  readonly table: PriceTable
  readonly at: string
}) {
  const periods = periodsOf(specification)
  return (
    <dl class="prices">
      {columns.map(({ title, path }, index) => {
        const cell = rows[0]?.cells[index]
        const period = periods[index]
        const quoted = period === undefined ? undefined : quote(specification, { period: String(period.months) })
        return (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <Cell at={at} path={path}>
                <span class={cell === noPrice ? 'gap' : 'price'}>{cell}</span>
                {quoted?.is === 'total' && quoted.saving !== undefined && specification.quantity === undefined ? (
                  <span class="saving">{quoted.saving}</span>
                ) : null}
              </Cell>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** A price for each SKU and tier. */
function PriceRows({ table, at, label }: { readonly table: PriceTable; readonly at: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group, because regions of one name may stand twice on a page
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <div class="scrolled price-rows" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.columns.map(({ title, path, isPrice }, index) => (
              <th key={`${index} ${title}`} scope="col" class={isPrice ? 'number' : ''}>
                <Cell at={at} path={path}>
                  {title}
                </Cell>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ path, cells }) => (
            <tr key={path}>
              {cells.map((cell, index) => (
                <td key={`${index} ${cell}`} class={table.columns[index]?.isPrice ? 'number' : ''}>
                  <Cell at={at} path={index > 0 ? undefined : path}>
                    {cell}
                  </Cell>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is said of a cell stands below its table. One without a path of its own is the specification. */
function Cell({
  at,
  path,
  children,
}: {
  readonly at: string
  readonly path: string | undefined
  readonly children: ComponentChildren
}) {
  if (!path) return <>{children}</>
  return (
    <Place path={`${at}${path}`} isNarrow>
      {children}
    </Place>
  )
}

function cellPaths({ columns, rows }: PriceTable, at: string): readonly string[] {
  return [...columns, ...rows].flatMap(({ path }) => (path ? [`${at}${path}`] : []))
}

/** The format has one price for a period, also where other prices depend on what is chosen. */
function PeriodNote({
  specification: { billing, periods = [], skus, tiers },
}: {
  readonly specification: SpecificationPart
}) {
  const isOne = skus === undefined && tiers === undefined
  if (billing !== 'yearly-monthly' || periods.length === 0 || isOne) return null
  return (
    <p class="quiet small">
      A price for a period of its own is that of one unit, whatever the {skus === undefined ? 'tier' : 'SKU'}.
    </p>
  )
}

/** Trial, upgrades, and whatever else only this delivery method has. */
function Terms({
  scene,
  specification,
  at,
}: {
  readonly scene: Scene
  readonly specification: SpecificationPart
  readonly at: string
}) {
  const { trial, upgrades = [] } = specification
  const { trial: _trial, upgrades: _upgrades, ...others } = methodRow(scene)?.specificationFields ?? {}
  const days = decimalOf(trial?.days)
  const facts = [
    ...(trial === undefined
      ? []
      : [
          {
            name: 'Trial',
            path: `${at}/trial`,
            value: days === undefined ? '–' : `${trial.days} day${trial.days === 1 ? '' : 's'} to try it first`,
          },
        ]),
    ...(upgrades.length === 0
      ? []
      : [
          {
            name: 'Upgrades',
            path: `${at}/upgrades`,
            value: (
              <ul class="plain">
                {upgrades.map((each, index) => (
                  <li key={`${index} ${each?.from}`}>
                    From {each?.from ?? '–'} to {each?.to ?? '–'}
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    ...fieldFacts(scene, others, specification, at),
  ]
  return facts.length === 0 ? null : <PlacedFacts facts={facts} />
}
