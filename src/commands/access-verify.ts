/** `koo access verify`: checks the signature of one message by hand, and names the mistake of a wrong one. */
import type { CheckedMessage, SignedMessage } from '../model/access/signing.ts'
import { isLoopback } from '../model/address.ts'
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { command } from './command.ts'
import { bodyOption, formOf, type GivenQuery, givenBody, queryIn } from './given-message.ts'
import { keyFor, keyOption } from './interconnection-key.ts'

export const accessVerify = command({
  name: 'verify',
  summary: 'check the signature of one message, and name the mistake of a wrong one',
  about:
    'Takes the address of a call with its query, as it stands in a log, and its body. A wrong signature is compared with those that known mistakes give; where none of them does, every step is shown. The age of the call is told, and is no mistake: it may be from an old log. Nothing is sent.',
  arguments: '[message...]',
  options: {
    ...bodyOption,
    ...keyOption,
    signature: { flag: '--signature <text>', about: 'instead of the one in the address' },
    timestamp: { flag: '--timestamp <digits>', about: 'the same' },
    nonce: { flag: '--nonce <text>', about: 'the same' },
    v1: { flag: '--v1', about: 'a call of version 1.0, which has no body' },
    answer: { flag: '--answer', about: 'an answer of the seller’s, with --body-sign' },
    bodySign: { flag: '--body-sign <value>', about: 'the value of the header Body-Sign' },
  },
  examples: [
    'koo access verify "https://saas.example.com/produce?signature=2cce…&timestamp=1680508066618&nonce=50D8…" --body call.json',
    'koo access verify --signature 2cce… --timestamp 1680508066618 --nonce 50D8… --body call.json',
    'koo access verify --v1 "activity=expireInstance&instanceId=i-1&timeStamp=20230327065233980&authToken=hgqF…"',
    'koo access verify --answer --body answer.json --body-sign \'sign_type="HMAC-SHA256", signature="bfPo…"\'',
  ],
  async run({ arguments: messages, options }, world) {
    const form = formOf(options)
    if (form !== 'answer' && options.bodySign !== undefined) {
      throw usage('contradiction', '--body-sign is for answers: give --answer with it.')
    }
    if (form === 'answer') return answer(world, messages, options)
    return form === 'v1' ? v1(world, messages, options) : v2(world, messages, options)
  },
})

interface Given {
  readonly body?: string | undefined
  readonly keyFile?: string | undefined
  readonly signature?: string | undefined
  readonly timestamp?: string | undefined
  readonly nonce?: string | undefined
  readonly bodySign?: string | undefined
}

async function v2(world: World, messages: readonly string[], given: Given) {
  const { address, text } = parted(messages)
  const query = queryIn(address ?? '')
  const [signature, timestamp, nonce] = (['signature', 'timestamp', 'nonce'] as const).map((name) =>
    one(name, given[name], query),
  )
  const missing = Object.entries({ signature, timestamp, nonce }).flatMap(([name, value]) => (value ? [] : [name]))
  if (signature === undefined || timestamp === undefined || nonce === undefined || missing.length > 0) {
    throw usage('no-signature', `There is no ${missing.join(', no ')}.`, 'Give the address with its query, or flags.')
  }
  const { bytes, what } = await givenBody(world, text, given.body)
  const { readObject } = await import('../access/json-text.ts')
  const read = readObject(bytes, what)
  const key = await keyOf(world, given, address)
  const { signV2, withoutKey } = await import('../access/sign-steps.ts')
  const { checkV2 } = await import('../access/check-signature.ts')
  const signed = signV2(key, read, { nonce, timestamp })
  const call = { body: read.value, nonce, timestamp }
  const checked = checkV2(key, call, { signed, text: read.text, given: signature, now: world.clock.now() })
  return outcome(signed, checked, query, (text) => withoutKey(text, key))
}

async function v1(world: World, messages: readonly string[], given: Given) {
  const [address, ...others] = messages
  if (address === undefined || others.length > 0 || given.body !== undefined) {
    throw usage('no-message', 'A call of version 1.0 is an address with its query, and nothing else.')
  }
  if (given.nonce !== undefined) throw usage('contradiction', '--nonce contradicts --v1, which has none.')
  const query = queryIn(address)
  const { authToken, timeStamp } = query.values
  const token = given.signature ?? authToken
  const timestamp = given.timestamp ?? timeStamp
  if (!token || !timestamp)
    throw usage('no-signature', `There is no ${token ? 'timeStamp' : 'authToken'} in the address.`)
  const key = await keyOf(world, given, address)
  const { signV1, withoutKey } = await import('../access/sign-steps.ts')
  const { checkV1 } = await import('../access/check-signature.ts')
  const signed = signV1(key, query.values, timestamp)
  const checked = checkV1(key, query.values, query.raw, { signed, timestamp, given: token, now: world.clock.now() })
  return outcome(signed, checked, query, (text) => withoutKey(text, key))
}

async function answer(world: World, messages: readonly string[], given: Given) {
  const [text, ...others] = messages
  if (others.length > 0) throw usage('no-message', 'Give the answer’s body once.')
  if (given.signature ?? given.timestamp ?? given.nonce) {
    throw usage('contradiction', 'An answer has neither signature, timestamp nor nonce, but --body-sign.')
  }
  const value = given.bodySign?.replace(/^\s*body-sign\s*:\s*/i, '')
  if (!value) throw usage('no-signature', 'There is no Body-Sign.', 'Give --body-sign with the value of the header.')
  const { bytes } = await givenBody(world, text, given.body)
  const key = await keyOf(world, given, undefined)
  const { signAnswer, withoutKey } = await import('../access/sign-steps.ts')
  const { checkAnswer } = await import('../access/check-signature.ts')
  const none: GivenQuery = { values: {}, raw: {}, repeated: [] }
  return outcome(signAnswer(key, bytes), checkAnswer(key, bytes, value), none, (text) => withoutKey(text, key))
}

/** @param hide for the key, which may be in what was given by mistake */
function outcome(
  signed: SignedMessage,
  checked: CheckedMessage,
  { repeated }: GivenQuery,
  hide: (text: string) => string,
) {
  const twice = repeated.map((name) => `${name} is in the address more than once; the first one counts here.`)
  return {
    is: 'signature-checked',
    signed,
    checked: { ...checked, given: hide(checked.given), notes: [...checked.notes, ...twice] },
  } as const
}

/** Which of the arguments is the address, and which the body. */
function parted(messages: readonly string[]): { readonly address?: string; readonly text?: string } {
  const bodies = messages.filter((each) => /^\s*\{|^-$/.test(each))
  const addresses = messages.filter((each) => !bodies.includes(each))
  const [text, ...moreBodies] = bodies
  const [address, ...moreAddresses] = addresses
  if (moreBodies.length + moreAddresses.length > 0) {
    throw usage('no-message', 'Give one address with its query, and one body, a JSON object.')
  }
  return { ...(address === undefined ? {} : { address }), ...(text === undefined ? {} : { text }) }
}

function one(name: string, flag: string | undefined, query: GivenQuery): string | undefined {
  const found = query.values[name]
  if (flag !== undefined && found !== undefined && flag !== found) {
    throw usage('contradiction', `The address has another ${name} than --${name}.`)
  }
  return flag ?? found
}

/** For a call to this machine also the key koo made for it. */
async function keyOf(world: World, given: Given, address: string | undefined): Promise<string> {
  const isLocal = address !== undefined && URL.canParse(address) && isLoopback(new URL(address))
  return keyFor(world, given, isLocal)
}
