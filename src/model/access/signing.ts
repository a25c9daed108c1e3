/** A message signed or checked by hand, with all it is made from, for whoever compares it with their own code. */

export const signedForms = {
  v2: 'a call of version 2.0',
  v1: 'a call of version 1.0',
  answer: 'an answer (Body-Sign)',
  usage: 'a usage push',
} as const
export type SignedForm = keyof typeof signedForms

/** Shown in place of the key. */
export const keyMark = '<key>'

/** What is made of the steps before it. */
export interface SignStep {
  readonly title: string
  /** How it is made, as in "HMAC-SHA256 with the key, of the sorted body, in lower-case hex". */
  readonly how: string
  /** With the key masked. */
  readonly text: string
  /** Of the text with the key in it. */
  readonly bytes: number
  /** What happened to this very message, as sentences. */
  readonly remarks: readonly string[]
  /** Where people go wrong. */
  readonly hint?: string
}

/** The signature one gets who takes a rule otherwise. */
export interface MisreadSignature {
  /** A word for scripts. */
  readonly name: string
  /** After "who", as in "sorts the keys of the body from Z to A". */
  readonly does: string
  readonly mend: string
  readonly signature: string
}

export interface SignedMessage {
  readonly form: SignedForm
  readonly steps: readonly SignStep[]
  /** What is hashed or signed of the body; left out where there is none. */
  readonly payload?: string
  readonly innerHash?: string
  /** What is signed, with the key masked. */
  readonly text: string
  readonly signature: string
  readonly nonce?: string
  readonly timestamp?: string
  /** What is sent beside the body: the query of the address, or headers. */
  readonly query?: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** What misreadings make of it. */
  readonly misread: readonly MisreadSignature[]
}

/** What came of comparing a signature with the one koo makes. */
export interface CheckedMessage {
  readonly right: boolean
  /** As it was given. */
  readonly given: string
  /** Of a wrong one: in a sentence, what gives exactly this signature; left out where koo knows nothing that does. */
  readonly mistake?: { readonly name: string; readonly wrong: string; readonly mend?: string }
  /** Worth knowing whether it is right or wrong, such as its age. */
  readonly notes: readonly string[]
}
