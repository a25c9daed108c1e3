/** The price calculator: fields for every specification, which `web/browser/calculator.ts` brings to life. */
import type { ComponentChildren } from 'preact'
import type { Specification } from '../model/manifest.ts'
import { Icon } from '../web/icons.tsx'
import { decimalText } from './decimals.ts'
import type { Partly } from './listed.ts'
import { type Priced, periodsOf } from './prices.ts'
import { leastOf, rangeOf, rangeText } from './quantities.ts'
import type { Scene } from './scene.tsx'
import { attributeName, specificationName } from './specifications.tsx'

type SpecificationPart = Partly<Specification>

/** Hidden until its script runs: without one, the tables say the prices. */
export function PriceCalculator({ scene, labelledBy }: { readonly scene: Scene; readonly labelledBy: string }) {
  const specifications = (scene.product.manifest.specifications ?? []).map((each) => each ?? {})
  const id = `${scene.prefix}calculator`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset around all would be read before each field
    <div
      class="calculator"
      role="group"
      aria-labelledby={labelledBy}
      data-calculator={JSON.stringify(specifications.map(pricedParts))}
      hidden
    >
      <Options
        id={`${id}-specification`}
        part="specification"
        title="Specification"
        options={specifications.map((each, index) => [String(index), specificationName(each, index)])}
        isTall
      />
      {specifications.map((each, index) => (
        <div key={`${index} ${each.name}`} class="calculator-fields" data-for={index} hidden={index > 0}>
          <Fields scene={scene} specification={each} id={`${id}-${index}`} />
        </div>
      ))}
      <div class="calculator-result">
        <output class="calculator-total">
          <strong data-total="" /> <span data-per="" />
        </output>
        <p class="saving" data-saving="" hidden />
        <ul class="calculator-working" data-working="" hidden />
      </div>
    </div>
  )
}

/** Only what prices depend on goes to the browser once more. */
function pricedParts(each: SpecificationPart): Priced {
  const { billing, price, yearlyPrice, periods, quantity, tiers, choices, skus } = each
  return { billing, price, yearlyPrice, periods, quantity, tiers, choices, skus }
}

const typicalHours = '720'

function Fields({
  scene,
  specification,
  id,
}: {
  readonly scene: Scene
  readonly specification: SpecificationPart
  readonly id: string
}) {
  const { billing, quantity, choices = [] } = specification
  const periods = periodsOf(specification)
  const name = quantity && 'attribute' in quantity ? attributeName(scene, quantity.attribute) : 'Quantity'
  return (
    <>
      {periods.length === 0 ? null : (
        <Options
          id={`${id}-period`}
          part="period"
          title="Period"
          options={periods.map(({ months, title }) => [String(months), title])}
        />
      )}
      {choices.map((choice, index) => (
        <Options
          key={`${index} ${choice?.attribute}`}
          id={`${id}-choice-${index}`}
          part={`choice:${choice?.attribute ?? ''}`}
          title={attributeName(scene, choice?.attribute)}
          options={(choice?.values ?? []).map((value) => [value, value])}
        />
      ))}
      {quantity === undefined ? null : <QuantityField id={`${id}-quantity`} title={name} quantity={quantity} />}
      {billing === 'pay-per-use' ? (
        <NumberField
          id={`${id}-hours`}
          part="hours"
          title="Hours"
          help="30 days of 24 hours are 720 hours."
          least="0"
          step="1"
          value={typicalHours}
        />
      ) : null}
    </>
  )
}

function QuantityField({
  id,
  title,
  quantity,
}: {
  readonly id: string
  readonly title: string
  readonly quantity: NonNullable<SpecificationPart['quantity']>
}) {
  const range = rangeOf(quantity)
  const plain = (value: Parameters<typeof decimalText>[0]) => decimalText(value).replaceAll(',', '')
  return (
    <NumberField
      id={id}
      part="quantity"
      title={title}
      help={`${rangeText(range).replace(/^f/, 'F')}.`}
      least={plain(range.from)}
      {...(range.to === undefined ? {} : { most: plain(range.to) })}
      step={range.step.digits === 0n ? 'any' : plain(range.step)}
      value={plain(leastOf(range))}
    />
  )
}

function NumberField({
  id,
  part,
  title,
  help,
  least,
  most,
  step,
  value,
}: {
  readonly id: string
  readonly part: string
  readonly title: string
  readonly help: string
  readonly least: string
  readonly most?: string
  readonly step: string
  readonly value: string
}) {
  return (
    <div class="calculator-field" data-part={part}>
      <label for={id}>{title}</label>
      <div class="stepper">
        <button type="button" data-step="-1" aria-label={`${title}: less`}>
          <Icon name="minus" />
        </button>
        <input
          id={id}
          type="number"
          inputmode="decimal"
          min={least}
          {...(most === undefined ? {} : { max: most })}
          step={step}
          value={value}
          autocomplete="off"
          aria-describedby={`${id}-help`}
        />
        <button type="button" data-step="1" aria-label={`${title}: more`}>
          <Icon name="plus" />
        </button>
      </div>
      <p class="quiet small" id={`${id}-help`}>
        {help}
      </p>
    </div>
  )
}

/** More than these, or longer ones, are a list to open. */
const mostRadios = 6
const longestRadio = 60

/** One of several: side by side where they are few. */
function Options({
  id,
  part,
  title,
  options,
  isTall = false,
}: {
  readonly id: string
  readonly part: string
  readonly title: ComponentChildren
  readonly options: readonly (readonly [value: string, title: string])[]
  readonly isTall?: boolean
}) {
  if (options.length > mostRadios || options.some(([, each]) => each.length > longestRadio)) {
    return (
      <div class="calculator-field" data-part={part}>
        <label for={id}>{title}</label>
        <select id={id} autocomplete="off">
          {options.map(([value, each]) => (
            <option key={value} value={value}>
              {each}
            </option>
          ))}
        </select>
      </div>
    )
  }
  return (
    <fieldset class="calculator-field" data-part={part}>
      <legend>{title}</legend>
      <div class={isTall ? 'options options-tall' : 'options'}>
        {options.map(([value, each], index) => (
          <label key={value}>
            <input type="radio" name={id} value={value} checked={index === 0} autocomplete="off" />
            <span>{each}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
