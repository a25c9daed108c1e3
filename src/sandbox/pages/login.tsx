/** Signing in, where the pages have a password, and out. */
import { Notice } from '../../web/parts.tsx'
import { type Answer, html, moved } from './answer.ts'
import { type Ask, demandFresh } from './ask.ts'
import { complaintName } from './fields.tsx'
import { page, Token } from './frame.tsx'
import { drawnRelease } from './release.tsx'
import { releaseAsked } from './release-asked.ts'
import { typedIn } from './review.tsx'

/** What comes after signing in. */
interface After {
  readonly next: string
  /** Complaints of a form that was sent when the session was over, by path. */
  readonly typed: ReadonlyMap<string, string>
}

/** Also in place of any page that is not to be seen yet; what a form sent there had in it is not lost. */
export function loginPage(ask: Ask): Answer {
  const { pathname, search } = ask.url
  const isAsked = pathname === '/login'
  if (isAsked && ask.visitor.isIn) return moved('/')
  const next = isAsked ? '/' : pageOf(ask, `${pathname}${search}`)
  return drawn(ask, isAsked ? 200 : 401, { next, typed: typedIn(ask.form) })
}

function drawn(
  ask: Ask,
  status: number,
  { next, typed }: After,
  wrong?: string,
  headers: Answer['headers'] = {},
): Answer {
  const text = page(ask, {
    title: 'Sign in',
    children: (
      <div class="card narrow">
        <h1>Sign in</h1>
        <p class="quiet">
          These pages are open to other machines, so they ask for a password: the one koo sandbox printed when it
          started, or was given.
        </p>
        {typed.size === 0 ? null : (
          <Notice tone="info" title="The session is over">
            <p>Nothing was decided. What was typed is kept, and will be in its form again.</p>
          </Notice>
        )}
        {wrong === undefined ? null : (
          <Notice tone="bad" title="Not signed in">
            <p>{wrong}</p>
          </Notice>
        )}
        <form method="post" action="/login" class="stack">
          <Token visitor={ask.visitor} />
          <input type="hidden" name="next" value={next} />
          {[...typed].map(([path, text]) => (
            <input key={path} type="hidden" name={complaintName(path)} value={text} />
          ))}
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
  const after = { next: pageOf(ask, ask.form.get('next') ?? ''), typed: typedIn(ask.form) }
  if (!ask.isFresh) return drawn(ask, 403, after, 'This form was drawn before the sandbox was started. Send it again.')
  const entrance = await ask.door.enter(ask.headers, ask.form.get('password') ?? '', ask.address)
  switch (entrance.is) {
    case 'in': {
      const headers = { 'set-cookie': [entrance.cookie] }
      const again = await resumed({ ...ask, visitor: entrance.visitor }, after)
      return again === undefined ? moved(after.next, headers) : { ...again, headers: { ...again.headers, ...headers } }
    }
    case 'wrong':
      return drawn(ask, 403, after, 'This is not the password.')
    default: {
      const { seconds } = entrance
      const wrong = `There were too many attempts. Try again in ${seconds} seconds.`
      return drawn(ask, 429, after, wrong, { 'retry-after': seconds })
    }
  }
}

/** The form that was sent too late, with all that was typed; undefined where there is none. */
async function resumed(ask: Ask, { next, typed }: After): Promise<Answer | undefined> {
  const id = /^\/console\/releases\/([^/?]+)$/.exec(next)?.[1]
  if (typed.size === 0 || id === undefined) return undefined
  if (ask.tools.desk.store.productOfRelease(id) === undefined) return undefined
  const asked = { ...ask, url: new URL(next, ask.url), parts: [id] }
  const title = 'The session was over'
  const text = 'Nothing was decided. What was typed is here again: look through it and send it.'
  return drawnRelease(asked, releaseAsked(asked), { status: 200, title, text, typed })
}

export function leave(ask: Ask): Answer {
  demandFresh(ask)
  return moved('/login', { 'set-cookie': [ask.door.leave(ask.headers, ask.visitor)] })
}

/** An address to go on with: a page of these, which is for a form's own address the one above it. */
function pageOf({ isPage }: Ask, text: string): string {
  const own = ownPath(text)
  const [path = '/'] = own.split('?')
  if (isPage(path)) return own
  const above = path.slice(0, path.lastIndexOf('/'))
  return isPage(above) ? above : '/'
}

/** Never an address elsewhere: a path, without what browsers take for a host. */
function ownPath(text: string): string {
  return /^\/(?:(?:products|console)(?:[/?][\w\-.~%/?=&+]*)?)?$/.test(text) && !text.includes('//') ? text : '/'
}
