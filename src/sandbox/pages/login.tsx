/** Signing in, where the pages have a password, and out. */
import { Notice } from '../../web/parts.tsx'
import { type Answer, html, moved } from './answer.ts'
import { type Ask, demandFresh } from './ask.ts'
import { page, Token } from './frame.tsx'

export function loginPage(ask: Ask): Answer {
  const { pathname, search } = ask.url
  const isAsked = pathname === '/login'
  if (isAsked && ask.visitor.isIn) return moved('/')
  return drawn(ask, isAsked ? 200 : 401, isAsked ? '/' : `${pathname}${search}`)
}

function drawn(ask: Ask, status: number, next: string, wrong?: string, headers: Answer['headers'] = {}): Answer {
  const text = page(ask, {
    title: 'Sign in',
    children: (
      <div class="card narrow">
        <h1>Sign in</h1>
        <p class="quiet">
          These pages are open to other machines, so they ask for a password: the one koo sandbox printed when it
          started, or was given.
        </p>
        {wrong === undefined ? null : (
          <Notice tone="bad" title="Not signed in">
            <p>{wrong}</p>
          </Notice>
        )}
        <form method="post" action="/login" class="stack">
          <Token visitor={ask.visitor} />
          <input type="hidden" name="next" value={next} />
          <p class="labelled">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
          </p>
          <p>
            <button type="submit" class="primary">
              Sign in
            </button>
          </p>
        </form>
      </div>
    ),
  })
  return html(status, text, headers)
}

export async function enter(ask: Ask): Promise<Answer> {
  demandFresh(ask)
  const next = ownPath(ask.form.get('next') ?? '')
  const entrance = await ask.door.enter(ask.headers, ask.form.get('password') ?? '', ask.address)
  switch (entrance.is) {
    case 'in':
      return moved(next, { 'set-cookie': [entrance.cookie] })
    case 'wrong':
      return drawn(ask, 403, next, 'This is not the password.')
    default: {
      const { seconds } = entrance
      const wrong = `There were too many attempts. Try again in ${seconds} seconds.`
      return drawn(ask, 429, next, wrong, { 'retry-after': seconds })
    }
  }
}

export function leave(ask: Ask): Answer {
  demandFresh(ask)
  return moved('/login', { 'set-cookie': [ask.door.leave(ask.headers, ask.visitor)] })
}

/** Never an address elsewhere: a path, without what browsers take for a host. */
function ownPath(text: string): string {
  return /^\/(?:(?:products|console)(?:[/?][\w\-.~%/?=&+]*)?)?$/.test(text) && !text.includes('//') ? text : '/'
}
