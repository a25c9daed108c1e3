/**
 * Tables that can be sorted and filtered: `table[data-sorted=NAME]`, and beside it `[data-filters=NAME]` with a search
 * field, chips (`data-tag`) and a place for the count (`role=status`). What is chosen is kept in the address after `#`, to be
 * shared. Only some rows are in the page at once, so that thousands stay quick.
 */

interface Choice {
  readonly find: string
  readonly tags: ReadonlySet<string>
  /** The name of a column; empty for the order of the page. */
  readonly sort: string
  readonly isDescending: boolean
}

interface Row {
  readonly element: HTMLTableRowElement
  readonly text: string
  readonly tags: readonly string[]
}

/** As many rows as are shown before more are asked for. */
const mostShown = 200
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function choiceOf(hash: string): Choice {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  return {
    find: given.get('find') ?? '',
    tags: new Set((given.get('is') ?? '').split(',').filter((tag) => tag !== '')),
    sort: given.get('sort') ?? '',
    isDescending: given.has('down'),
  }
}

function hashOf({ find, tags, sort, isDescending }: Choice): string {
  const parts = [
    ...(find === '' ? [] : [`find=${encodeURIComponent(find)}`]),
    ...(tags.size === 0 ? [] : [`is=${[...tags].map(encodeURIComponent).join(',')}`]),
    ...(sort === '' ? [] : [`sort=${encodeURIComponent(sort)}${isDescending ? '&down=1' : ''}`]),
  ]
  return parts.length === 0 ? '#' : `#${parts.join('&')}`
}

/** Other addresses lead to a place on the page. */
function isChoice(hash: string): boolean {
  return hash === '' || hash === '#' || hash.includes('=')
}

function rowOf(element: HTMLTableRowElement): Row {
  return { element, text: (element.textContent ?? '').toLowerCase(), tags: (element.dataset.is ?? '').split(' ') }
}

/** Every word is in the row, and one of the tags where any is chosen. */
function matching(rows: readonly Row[], { find, tags }: Choice): readonly Row[] {
  const words = find.toLowerCase().split(/\s+/)
  return rows.filter(
    (row) =>
      words.every((word) => row.text.includes(word)) && (tags.size === 0 || row.tags.some((tag) => tags.has(tag))),
  )
}

/** By the numbers in `data-v` where there are any, else by what is read; what has nothing comes last either way. */
function sorted(rows: readonly Row[], column: number, isDescending: boolean): readonly Row[] {
  const keyed = rows.map((row) => {
    const cell = row.element.cells[column]
    const value = cell?.dataset.v
    const text = cell?.textContent ?? ''
    return {
      row,
      number: value === undefined ? undefined : Number(value),
      text,
      isNothing: value === undefined && text === '–',
    }
  })
  const sign = isDescending ? -1 : 1
  return keyed
    .sort((a, b) => {
      if (a.isNothing || b.isNothing) return Number(a.isNothing) - Number(b.isNothing)
      if (a.number !== undefined && b.number !== undefined) return sign * (a.number - b.number)
      return sign * collator.compare(a.text, b.text)
    })
    .map(({ row }) => row)
}

/** The headers become buttons. */
function withButtons(table: HTMLTableElement, press: (column: string) => void): readonly HTMLTableCellElement[] {
  const heads = [...table.querySelectorAll<HTMLTableCellElement>('th[data-column]')]
  for (const head of heads) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'sort'
    button.append(...head.childNodes)
    button.addEventListener('click', () => press(head.dataset.column ?? ''))
    head.append(button)
  }
  return heads
}

function enhance(table: HTMLTableElement, filters: HTMLElement): void {
  const [body] = table.tBodies
  const field = filters.querySelector<HTMLInputElement>('input[type=search]')
  const status = filters.querySelector<HTMLElement>('[role=status]')
  if (body === undefined || field === null || status === null) return
  const rows = [...body.rows].map(rowOf)
  const chips = [...filters.querySelectorAll<HTMLButtonElement>('[data-tag]')]
  const more = document.createElement('button')
  more.type = 'button'
  more.className = 'more'
  table.after(more)
  let choice = choiceOf(isChoice(location.hash) ? location.hash : '')
  let found: readonly Row[] = rows

  const show = (most: number) => {
    const shown = found.slice(0, most)
    body.replaceChildren(...shown.map(({ element }) => element))
    const counted = `${found.length.toLocaleString('en')} of ${rows.length.toLocaleString('en')} products`
    status.textContent = shown.length < found.length ? `${counted}, the first ${shown.length} of them shown` : counted
    more.hidden = shown.length === found.length
    more.textContent = `Show all ${found.length.toLocaleString('en')}`
  }
  const draw = () => {
    const column = heads.findIndex(({ dataset }) => dataset.column === choice.sort)
    for (const [index, head] of heads.entries()) {
      if (index === column) head.setAttribute('aria-sort', choice.isDescending ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    }
    for (const chip of chips) chip.setAttribute('aria-pressed', String(choice.tags.has(chip.dataset.tag ?? '')))
    if (field.value !== choice.find) field.value = choice.find
    const some = matching(rows, choice)
    found = column < 0 ? some : sorted(some, column, choice.isDescending)
    show(mostShown)
  }
  const choose = (change: Partial<Choice>) => {
    choice = { ...choice, ...change }
    history.replaceState(null, '', hashOf(choice))
    draw()
  }
  // Up, down, and back to the order of the page.
  const heads = withButtons(table, (sort) => {
    if (choice.sort !== sort) choose({ sort, isDescending: false })
    else choose(choice.isDescending ? { sort: '', isDescending: false } : { isDescending: true })
  })

  field.addEventListener('input', () => choose({ find: field.value }))
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      const tag = chip.dataset.tag ?? ''
      const tags = new Set(choice.tags)
      if (!tags.delete(tag)) tags.add(tag)
      choose({ tags })
    })
  }
  for (const link of document.querySelectorAll<HTMLElement>('[data-filter]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      choose(choiceOf(link.dataset.filter ?? ''))
      filters.scrollIntoView()
      field.focus({ preventScroll: true })
    })
  }
  more.addEventListener('click', () => {
    show(Number.POSITIVE_INFINITY)
    table.parentElement?.focus()
  })
  addEventListener('hashchange', () => {
    if (!isChoice(location.hash)) return
    choice = choiceOf(location.hash)
    draw()
  })
  // Paper has room for all, and nothing to press.
  addEventListener('beforeprint', () => show(Number.POSITIVE_INFINITY))
  addEventListener('afterprint', () => show(mostShown))
  filters.hidden = false
  draw()
}

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sorted]')) {
  const filters = document.querySelector<HTMLElement>(`[data-filters="${table.dataset.sorted}"]`)
  if (filters !== null) enhance(table, filters)
}
