/** Draws the page again when its server says that something changed, where the reader was; says so when it is gone. */

const place = document.querySelector<HTMLElement>('[data-drawn]')
const key = `koo-scroll ${location.pathname}`
const pause = 400
/** Where nothing answers, there is no hurry, and each try is a line in the browser's console. */
const longPause = 1500

/**
 * Asks for the server's state, again and again; `drawn` is the one this page was made in. A page nobody sees asks when it
 * is shown again: a browser has many tabs, and few connections for them.
 */
function follow(told: HTMLElement, drawn: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false
  const look = async (): Promise<void> => {
    clearTimeout(timer)
    if (document.hidden || isAsking) return
    isAsking = true
    const state = await stateOfServer()
    isAsking = false
    say(told, state === undefined)
    if (state !== undefined && state !== drawn) return reload()
    timer = setTimeout(look, state === undefined ? longPause : pause)
  }
  document.addEventListener('visibilitychange', look)
  void look()
}

async function stateOfServer(): Promise<string | undefined> {
  try {
    const answer = await fetch('/state', { cache: 'no-store' })
    return answer.ok ? await answer.text() : undefined
  } catch {
    return undefined
  }
}

function say(told: HTMLElement, isGone: boolean): void {
  const text = isGone
    ? 'The preview was stopped. Start koo preview again with the same --port, and this page goes on.'
    : ''
  // What stays the same is not announced again.
  if (told.textContent !== text) told.textContent = text
}

function reload(): void {
  sessionStorage.setItem(key, String(scrollY))
  location.reload()
}

function restore(): void {
  const top = sessionStorage.getItem(key)
  if (top !== null) scrollTo({ top: Number(top), behavior: 'instant' })
}

if (place?.dataset.drawn !== undefined) {
  follow(place, place.dataset.drawn)
  restore()
  // Pictures may have moved what was below them.
  addEventListener('load', () => {
    restore()
    sessionStorage.removeItem(key)
  })
}

export {}
