/** Price calculators: `data-calculator` has the specifications, the fields inside say what is chosen of them. */
import { type Choice, type Priced, type Quote, quote } from '../../listing/prices.ts'

const valued = 'select, input:checked, input[type="number"]'

function field(root: ParentNode, part: string): HTMLInputElement | HTMLSelectElement | null {
  return root.querySelector(`[data-part="${part}"] :is(${valued})`)
}

function choiceIn(fields: HTMLElement): Choice {
  const period = field(fields, 'period')?.value
  const quantity = field(fields, 'quantity')?.value
  const hours = field(fields, 'hours')?.value
  const chosen = [...fields.querySelectorAll<HTMLElement>('[data-part^="choice:"]')].map((each) => [
    (each.dataset.part ?? '').slice('choice:'.length),
    each.querySelector<HTMLInputElement | HTMLSelectElement>(valued)?.value ?? '',
  ])
  return {
    choose: Object.fromEntries(chosen),
    ...(period === undefined ? {} : { period }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(hours === undefined ? {} : { hours }),
  }
}

/** Text that says nothing is not there. */
function say(root: HTMLElement, name: string, text: string): void {
  for (const each of root.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
    // What stays the same is not announced again.
    if (each.textContent !== text) each.textContent = text
    each.hidden = text === ''
  }
}

function show(root: HTMLElement, made: Quote): void {
  const isTotal = made.is === 'total'
  say(root, 'total', isTotal ? made.total : '')
  say(root, 'per', isTotal ? made.per : made.why)
  say(root, 'saving', isTotal ? (made.saving ?? '') : '')
  const lines = (isTotal ? made.working : []).map((line) => {
    const item = document.createElement('li')
    item.textContent = line
    return item
  })
  for (const list of root.querySelectorAll<HTMLElement>('[data-working]')) {
    list.replaceChildren(...lines)
    list.hidden = lines.length === 0
  }
}

function update(root: HTMLElement, specifications: readonly Priced[]): void {
  const chosen = field(root, 'specification')?.value ?? '0'
  for (const fields of root.querySelectorAll<HTMLElement>('[data-for]')) {
    fields.hidden = fields.dataset.for !== chosen
    if (fields.hidden) continue
    const made = quote(specifications[Number(chosen)] ?? {}, choiceIn(fields))
    for (const input of fields.querySelectorAll('input[type="number"]')) {
      input.setAttribute('aria-invalid', String(made.is === 'refused'))
    }
    show(root, made)
  }
}

function step(button: HTMLElement): void {
  const input = button.closest('.stepper')?.querySelector('input')
  if (!input) return
  // A step of any size goes by 1.
  if (button.dataset.step === '1') input.stepUp()
  else input.stepDown()
}

/** What has been chosen, by words that mean the same when the product has changed a little. */
interface Kept {
  readonly specification: string
  readonly parts: Readonly<Record<string, string>>
}

/** The specifications on offer, by their names. */
function offers(root: ParentNode): readonly (readonly [name: string, choose: () => void, value: string])[] {
  const part = root.querySelector('[data-part="specification"]')
  const radios = [...(part?.querySelectorAll('input') ?? [])].map((input) => {
    const choose = () => {
      input.checked = true
    }
    return [input.labels?.[0]?.textContent ?? '', choose, input.value] as const
  })
  const options = [...(part?.querySelectorAll('option') ?? [])].map((option) => {
    const choose = () => {
      option.selected = true
    }
    return [option.textContent ?? '', choose, option.value] as const
  })
  return [...radios, ...options]
}

function kept(root: ParentNode): Kept {
  const chosen = field(root, 'specification')?.value ?? '0'
  const specification = offers(root).find(([, , value]) => value === chosen)?.[0] ?? ''
  const parts = [...root.querySelectorAll<HTMLElement>(`[data-for="${chosen}"] [data-part]`)].map((each) => [
    each.dataset.part ?? '',
    each.querySelector<HTMLInputElement | HTMLSelectElement>(valued)?.value ?? '',
  ])
  return { specification, parts: Object.fromEntries(parts) }
}

/** As far as it can still be chosen. */
function choose(root: ParentNode, { specification, parts }: Kept): void {
  const offer = offers(root).find(([name]) => name === specification)
  if (offer === undefined) return
  offer[1]()
  for (const part of root.querySelectorAll<HTMLElement>(`[data-for="${offer[2]}"] [data-part]`)) {
    const value = parts[part.dataset.part ?? '']
    if (value !== undefined) set(part, value)
  }
}

function set(part: ParentNode, value: string): void {
  const number = part.querySelector<HTMLInputElement>('input[type="number"]')
  if (number !== null) number.value = value
  for (const radio of part.querySelectorAll<HTMLInputElement>('input[type="radio"]')) {
    if (radio.value === value) radio.checked = true
  }
  for (const option of part.querySelectorAll('option')) if (option.value === value) option.selected = true
}

/** What was chosen before the page was drawn again; a browser that keeps nothing, or something else, is no trouble. */
function remembered(key: string): Kept | undefined {
  try {
    const { specification, parts } = JSON.parse(sessionStorage.getItem(key) ?? '')
    return typeof specification === 'string' && typeof parts === 'object' && parts !== null
      ? { specification, parts }
      : undefined
  } catch {
    return undefined
  }
}

function remember(key: string, choice: Kept): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(choice))
  } catch {
    // It starts anew next time.
  }
}

const roots = [...document.querySelectorAll<HTMLElement>('[data-calculator]')]
for (const [index, root] of roots.entries()) {
  const key = `koo-calculator ${index} ${location.pathname}`
  const specifications: readonly Priced[] = JSON.parse(root.dataset.calculator ?? '[]')
  const changed = () => {
    update(root, specifications)
    remember(key, kept(root))
  }
  root.addEventListener('input', changed)
  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-step]') : null
    if (button === null) return
    step(button)
    changed()
  })
  // Of two products side by side, both begin with what the first begins with, to be compared.
  const start =
    remembered(key) ?? (roots[0] === undefined || index === 0 ? undefined : { ...kept(roots[0]), parts: {} })
  if (start !== undefined) choose(root, start)
  root.hidden = false
  update(root, specifications)
}
