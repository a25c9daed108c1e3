/**
 * Buttons that copy: `data-copy` has the text, or `data-copy-from` the id of what holds it. Those that are hidden, as they
 * do nothing without this, come into sight.
 */

for (const each of document.querySelectorAll<HTMLElement>('[data-copy], [data-copy-from]')) each.hidden = false

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // A page from the disk has no clipboard of its own in some browsers; a selection can still be copied.
    const field = document.createElement('textarea')
    field.value = text
    field.setAttribute('readonly', '')
    field.className = 'unseen'
    document.body.append(field)
    field.select()
    const copied = document.execCommand('copy')
    field.remove()
    return copied
  }
}

function textOf(button: HTMLElement): string {
  const from = button.dataset.copyFrom
  if (from === undefined) return button.dataset.copy ?? ''
  return document.getElementById(from)?.textContent ?? ''
}

document.addEventListener('click', async (event) => {
  const button =
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy], [data-copy-from]') : null
  if (button === null) return
  const copied = await write(textOf(button))
  const told = button.querySelector<HTMLElement>('[data-told]') ?? button
  const before = button.dataset.before ?? told.textContent ?? ''
  button.dataset.before = before
  told.textContent = copied ? 'Copied' : 'Select and copy by hand'
  button.focus()
  setTimeout(() => {
    told.textContent = before
  }, 1500)
})
