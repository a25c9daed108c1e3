/** The verdict of a person: what the form says, given as the API's ReviewRelease gives it; else told, with all that was typed. */
import { isDeepStrictEqual } from 'node:util'
import type { Complaint } from '../../model/release.ts'
import type { Verdict } from '../market.ts'
import { Refusal } from '../refusal.ts'
import { validate } from '../validation.ts'
import { review } from '../verdicts.ts'
import { type Answer, moved } from './answer.ts'
import type { Ask } from './ask.ts'
import { complaintName, longestComplaint } from './fields.tsx'
import { releaseAddress } from './frame.tsx'
import { drawnRelease, type NotGiven, stateText } from './release.tsx'
import { releaseAsked } from './release-asked.ts'

export function reviewIt(ask: Ask): Answer | Promise<Answer> {
  const { release } = releaseAsked(ask)
  const typed = typedIn(ask.form)
  const verdict = verdictOf(ask, typed)
  if ('status' in verdict) return drawnRelease(ask, releaseAsked(ask), verdict)
  try {
    validate('ReviewRelease', { params: { release_id: release.id }, querystring: {}, headers: {}, body: verdict })
    const contentDigest = ask.form.get('content_digest') ?? ''
    review(ask.tools.desk, release.id, verdict, { by: 'console', contentDigest })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (isGiven(ask, verdict)) return told(release.id, verdict)
    return drawnRelease(ask, releaseAsked(ask), conflict(ask, error, typed))
  }
  return told(release.id, verdict)
}

function told(id: string, { decision }: Verdict): Answer {
  return moved(`${releaseAddress(id)}?told=${decision === 'approve' ? 'approved' : 'rejected'}`)
}

/** Whether these pages have given this very verdict on what was drawn, as with the first click of two. */
function isGiven(ask: Ask, verdict: Verdict): boolean {
  const { product, release } = releaseAsked(ask)
  if (ask.form.get('content_digest') !== release.contentDigest) return false
  const last = ask.tools.desk.store.history(product.id).findLast(({ releaseId }) => releaseId === release.id)
  if (last?.by !== 'console') return false
  if (verdict.decision === 'approve') return last.what === 'approved'
  return last.what === 'rejected' && isDeepStrictEqual(release.complaints, verdict.complaints)
}

/** The complaints of a form by the path they are about, empty ones left out. */
export function typedIn(form: URLSearchParams): ReadonlyMap<string, string> {
  const typed = new Map<string, string>()
  const start = complaintName('')
  for (const [name, value] of form) {
    const path = name.slice(start.length)
    if (!name.startsWith(start) || (path !== '' && !path.startsWith('/'))) continue
    const text = value.replace(/\r\n?/g, '\n').trim()
    if (text !== '') typed.set(path, text)
  }
  return typed
}

function verdictOf({ form, isFresh }: Ask, typed: ReadonlyMap<string, string>): Verdict | NotGiven {
  if (!isFresh) {
    const title = 'The form was an old one'
    const text =
      'It was drawn before the sandbox was started, or for another session. Nothing was done; look through it and send it again.'
    return { status: 403, title, text, typed }
  }
  if ([...typed.values()].some((text) => text.length > longestComplaint)) {
    const text = `A complaint has at most ${longestComplaint.toLocaleString('en-US')} characters. Nothing was decided; shorten it.`
    return { status: 422, title: 'A complaint is too long', text, typed }
  }
  const decision = form.get('decision')
  if (decision === 'approve') {
    if (typed.size === 0) return { decision }
    const text = 'There are complaints. Take them out to approve the release, or reject it with them.'
    return { status: 422, title: 'Approved with complaints?', text, typed }
  }
  if (decision !== 'reject') {
    return { status: 422, title: 'No verdict', text: 'Approve the release or reject it.', typed }
  }
  if (typed.size === 0) {
    const text = 'The seller has to learn what is wrong: complain about a field, or about the whole product.'
    return { status: 422, title: 'A rejection needs a complaint', text, typed }
  }
  return { decision, complaints: [...typed].map(([path, message]): Complaint => ({ path, code, message })) }
}

const code = 'review-complaint'

function conflict(ask: Ask, error: Refusal, typed: ReadonlyMap<string, string>): NotGiven {
  const { release } = releaseAsked(ask)
  if (release.state !== 'in-review') {
    const text = 'Somebody else decided meanwhile, or the seller took it back. This verdict was not given.'
    return { status: error.status, title: stateText(release), text, typed }
  }
  const isEdited = error.code === 'KOO.01409007'
  return {
    status: error.status,
    title: isEdited ? 'The release was edited meanwhile' : 'The verdict was refused',
    text: isEdited ? 'Below is what it is now. Nothing was decided; look at it again.' : error.message,
    typed,
  }
}
