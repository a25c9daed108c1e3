/** Draws the page again when its server says that something changed, where the reader was; says so when it is gone. */

const place = document.querySelector<HTMLElement>('[data-drawn]')
const key = `koo-scroll ${location.pathname}`
const pause = 1000

/** Reads the server's state; `drawn` is the one this page was made in. */
function listen(told: HTMLElement, drawn: string): void {
  const source = new EventSource('/events')
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    told.textContent = ''
    if (data === drawn) return
    sessionStorage.setItem(key, String(scrollY))
    location.reload()
  })
  source.addEventListener('error', () => {
    told.textContent = 'The preview was stopped. Start koo preview again with the same --port, and this page goes on.'
    // Some browsers give up where nothing listens any more.
    if (source.readyState !== EventSource.CLOSED) return
    source.close()
    setTimeout(() => listen(told, drawn), pause)
  })
}

function restore(): void {
  const top = sessionStorage.getItem(key)
  if (top !== null) scrollTo({ top: Number(top), behavior: 'instant' })
}

if (place?.dataset.drawn !== undefined) {
  listen(place, place.dataset.drawn)
  restore()
  // Pictures may have moved what was below them.
  addEventListener('load', () => {
    restore()
    sessionStorage.removeItem(key)
  })
}

export {}
