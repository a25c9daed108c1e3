/** A message signed or checked by hand, as JSON. */
import type { SignedMessage } from '../model/access/signing.ts'
import type { Outcome } from '../model/outcome.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

export function signedOf({ signed, showsMisread, url, curl }: Of<'signed-by-hand'>) {
  return {
    ...messageOf(signed),
    ...(url === undefined ? {} : { url }),
    ...(curl === undefined ? {} : { curl }),
    steps: signed.steps,
    ...(showsMisread ? { misreadings: signed.misread } : {}),
  }
}

export function checkedOf({ signed, checked }: Of<'signature-checked'>) {
  const { right, given, mistake, notes } = checked
  return {
    right,
    given,
    ...(right ? {} : { mistake: mistake ?? null }),
    notes,
    expected: messageOf(signed),
    ...(right ? {} : { steps: signed.steps, misreadings: signed.misread }),
  }
}

function messageOf({ form, payload, innerHash, text, signature, nonce, timestamp, query, headers }: SignedMessage) {
  return {
    form,
    ...(payload === undefined ? {} : { payload }),
    ...(innerHash === undefined ? {} : { inner_hash: innerHash }),
    string: text,
    signature,
    ...(nonce === undefined ? {} : { nonce }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(query === undefined ? {} : { query }),
    ...(headers === undefined ? {} : { headers: Object.fromEntries(headers) }),
  }
}
