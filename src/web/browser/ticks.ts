/**
 * Tick boxes that remember. Inside `data-ticks="NAME"`, each `data-tick` box keeps the `data-digest` of what it stood
 * for when it was ticked, so that it is empty again where that has changed. Storage may be forbidden; then they forget.
 */

type Boxes = readonly HTMLInputElement[]

const root = document.querySelector<HTMLElement>('[data-ticks]')
if (root !== null) {
  const place = `koo ticks ${root.dataset.ticks ?? ''}`
  const boxes: Boxes = [...root.querySelectorAll<HTMLInputElement>('[data-tick]')]
  restore(place, boxes)
  tell(root, boxes)

  root.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.tick === undefined) return
    // Read again, because another tab may have ticked something.
    const ticks = read(place)
    if (target.checked) ticks[target.dataset.tick] = target.dataset.digest ?? ''
    else delete ticks[target.dataset.tick]
    write(place, ticks)
    tell(root, boxes)
  })

  addEventListener('storage', ({ key }) => {
    if (key !== place) return
    restore(place, boxes)
    tell(root, boxes)
  })

  const clear = root.querySelector<HTMLButtonElement>('[data-clear-ticks]')
  if (clear !== null) {
    clear.hidden = false
    clear.addEventListener('click', () => {
      write(place, {})
      for (const box of boxes) box.checked = false
      tell(root, boxes)
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

/** How far each step and all of them are. */
function tell(top: HTMLElement, boxes: Boxes): void {
  for (const step of top.querySelectorAll<HTMLElement>('[data-step]')) {
    const own = boxes.filter((box) => step.contains(box))
    if (own.length === 0) continue
    const done = own.filter(({ checked }) => checked).length
    step.classList.toggle('done', done === own.length)
    for (const each of top.querySelectorAll<HTMLElement>(`[data-progress="${step.dataset.step}"]`)) {
      each.textContent = `${done} of ${own.length}`
      each.classList.toggle('good', done === own.length)
    }
  }
  const done = boxes.filter(({ checked }) => checked).length
  for (const each of top.querySelectorAll<HTMLElement>('[data-progress-all]')) {
    each.textContent = `${done} of ${boxes.length} done`
  }
  for (const each of top.querySelectorAll<HTMLProgressElement>('[data-progress-bar]')) each.value = done
}
