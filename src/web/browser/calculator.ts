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

for (const root of document.querySelectorAll<HTMLElement>('[data-calculator]')) {
  const specifications: readonly Priced[] = JSON.parse(root.dataset.calculator ?? '[]')
  root.addEventListener('input', () => update(root, specifications))
  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-step]') : null
    if (button === null) return
    step(button)
    update(root, specifications)
  })
  root.hidden = false
  update(root, specifications)
}
