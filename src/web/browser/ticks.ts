/**
 * Tick boxes that remember. Inside `data-ticks="NAME"`, each `data-tick` box keeps the `data-digest` of what it stood
 * for when it was ticked, so that it is empty again where that has changed. Storage may be forbidden; then they forget.
 */

type Box = HTMLInputElement
type Boxes = readonly Box[]

const root = document.querySelector<HTMLElement>('[data-ticks]')
if (root !== null) {
  const place = `koo ticks ${root.dataset.ticks ?? ''}`
  const boxes: Boxes = [...root.querySelectorAll<HTMLInputElement>('[data-tick]')]
  const progress = progressIn(root, boxes)
  restore(place, boxes)
  progress.all()

  root.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.tick === undefined) return
    // Read again, because another tab may have ticked something.
    const ticks = read(place)
    if (target.checked) ticks[target.dataset.tick] = target.dataset.digest ?? ''
    else delete ticks[target.dataset.tick]
    write(place, ticks)
    progress.one(target)
  })

  addEventListener('storage', ({ key }) => {
    if (key !== place) return
    restore(place, boxes)
    progress.all()
  })

  const clear = root.querySelector<HTMLButtonElement>('[data-clear-ticks]')
  if (clear !== null) {
    clear.hidden = false
    clear.addEventListener('click', () => {
      write(place, {})
      for (const box of boxes) box.checked = false
      progress.all()
    })
  }
}

function read(place: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...(value as Record<string, string>) } : {}
  } catch {
    return {}
  }
}

function write(place: string, ticks: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(place, JSON.stringify(ticks))
  } catch {
    // Forbidden or full: the boxes still tick.
  }
}

function restore(place: string, boxes: Boxes): void {
  const ticks = read(place)
  for (const box of boxes) box.checked = ticks[box.dataset.tick ?? ''] === box.dataset.digest
}

/** Tells how far each step and all of them are, again and again. What a tick changes is counted, never all boxes anew. */
function progressIn(top: HTMLElement, boxes: Boxes): { readonly all: () => void; readonly one: (box: Box) => void } {
  const steps = new Map([...top.querySelectorAll<HTMLElement>('[data-step]')].map((each) => [each, stepOf(top, each)]))
  const homes = new Map(boxes.map((box) => [box, steps.get(box.closest<HTMLElement>('[data-step]') ?? top)]))
  for (const step of homes.values()) if (step !== undefined) step.boxes += 1
  const totals = [...top.querySelectorAll<HTMLElement>('[data-progress-all]')]
  const bars = [...top.querySelectorAll<HTMLProgressElement>('[data-progress-bar]')]
  let done = 0
  const tellAll = (): void => {
    for (const each of totals) each.textContent = `${done} of ${boxes.length} done`
    for (const each of bars) each.value = done
  }
  return {
    all() {
      done = 0
      for (const step of steps.values()) step.done = 0
      for (const [{ checked }, step] of homes) {
        if (!checked) continue
        done += 1
        if (step !== undefined) step.done += 1
      }
      for (const step of steps.values()) tellStep(step)
      tellAll()
    },
    one(box) {
      const change = box.checked ? 1 : -1
      done += change
      const step = homes.get(box)
      if (step !== undefined) {
        step.done += change
        tellStep(step)
      }
      tellAll()
    },
  }
}

interface Step {
  readonly section: HTMLElement
  readonly told: readonly HTMLElement[]
  boxes: number
  done: number
}

function stepOf(top: HTMLElement, section: HTMLElement): Step {
  const told = top.querySelectorAll<HTMLElement>(`[data-progress="${section.dataset.step}"]`)
  return { section, told: [...told], boxes: 0, done: 0 }
}

function tellStep({ section, told, boxes, done }: Step): void {
  if (boxes === 0) return
  section.classList.toggle('done', done === boxes)
  for (const each of told) {
    each.textContent = `${done} of ${boxes}`
    each.classList.toggle('good', done === boxes)
  }
}
