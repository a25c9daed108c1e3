/** `koo access sign`: signs one message by hand and shows each step. */
import { keyMark, type SignedMessage } from '../model/access/signing.ts'
import { isLoopback } from '../model/address.ts'
import { usage } from '../model/failure.ts'
import { command } from './command.ts'
import { bodyOption, formOf, givenBody, queryIn } from './given-message.ts'
import { keyFor, keyOption } from './interconnection-key.ts'

export const accessSign = command({
  name: 'sign',
  summary: 'sign one message as KooGallery or a seller does, and show each step',
  about:
    'To compare with your own code line by line: the body as it is given, the sorted body, the inner hash, the string, the signature, each with its length in bytes. The key is never printed. Nothing is sent.',
  arguments: '[body]',
  options: {
    ...bodyOption,
    ...keyOption,
    nonce: { flag: '--nonce <text>', about: 'default: a new one' },
    timestamp: {
      flag: '--timestamp <digits>',
      about: 'milliseconds since 1970, with --v1 yyyyMMddHHmmssSSS (default: now)',
    },
    v1: { flag: '--v1', about: 'a call of version 1.0: the body is the query of its address' },
    answer: { flag: '--answer', about: 'an answer of the seller’s: Body-Sign over its very bytes' },
    usage: { flag: '--usage', about: 'a push of usage records' },
    misreadings: { flag: '--misreadings', about: 'also the signatures that common mistakes give' },
    curl: { flag: '--curl <url>', about: 'also print a curl command that makes the call' },
  },
  examples: [
    'koo access sign \'{"activity":"queryInstance","instanceId":"i-1"}\' --key-file key.txt',
    'koo access sign --body call.json --nonce 50D83FDECAED6CCD --timestamp 1680508066618 --misreadings',
    'koo access sign --v1 "activity=expireInstance&instanceId=i-1&testFlag=1"',
    'koo access sign --answer --body answer.json --json',
    'koo access sign --body call.json --curl http://localhost:8097/',
  ],
  async run({ arguments: [text], options }, world) {
    const form = formOf(options)
    const url = options.curl === undefined ? undefined : curlUrl(options.curl, form)
    if (form === 'answer' && (options.nonce !== undefined || options.timestamp !== undefined)) {
      throw usage('contradiction', 'An answer is signed without nonce and timestamp.')
    }
    const { bytes, what } = await givenBody(world, text, options.body)
    const key = await keyFor(world, options, url !== undefined && isLoopback(url))
    const steps = await import('../access/sign-steps.ts')
    if (form === 'answer') return { is: 'signed-by-hand', signed: steps.signAnswer(key, bytes), showsMisread: false }
    if (form === 'v1') {
      const { values, raw } = queryIn(new TextDecoder().decode(bytes).trim())
      const timestamp = options.timestamp ?? values.timeStamp ?? compactTime(world.clock.now())
      const signed = steps.signV1(key, values, timestamp)
      const { v1ReadingsOf } = await import('../access/other-readings.ts')
      const misread = options.misreadings ? v1ReadingsOf(key, values, raw, timestamp) : []
      return outcome({ ...signed, misread: misread.filter(({ signature }) => signature !== signed.signature) })
    }
    const { readObject } = await import('../access/json-text.ts')
    const read = readObject(bytes, what)
    const nonce = options.nonce ?? world.randomness.hex(32).toUpperCase()
    const timestamp = options.timestamp ?? String(world.clock.now())
    return outcome((form === 'usage' ? steps.signUsage : steps.signV2)(key, read, { nonce, timestamp }))

    function outcome(signed: SignedMessage) {
      const call = url === undefined ? {} : callOf(url, signed)
      return { is: 'signed-by-hand', signed, showsMisread: options.misreadings === true, ...call } as const
    }
  },
})

/** @throws {Failure} (usage) where there is no call, or the address is none. */
function curlUrl(text: string, form: SignedMessage['form']): URL {
  if (form === 'answer' || form === 'usage') {
    throw usage('contradiction', `--curl is for calls of KooGallery’s, and contradicts --${form}.`)
  }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hash !== '') {
    throw usage('bad-address', `\`${text}\` is no https address without a fragment.`)
  }
  if (url.username === '' && url.password === '') return url
  throw usage('bad-address', 'The address has a user or a password, and KooGallery would not send it.')
}

/** What is sent is the sorted body, as KooGallery sends it. */
function callOf(url: URL, { form, query = '', payload = '' }: SignedMessage) {
  if (query.includes(encodeURIComponent(keyMark)) || payload.includes(keyMark)) {
    throw usage('key-in-body', 'The key itself is in what is to be sent, and koo does not print it.')
  }
  const address = `${url.href}${url.search === '' ? '?' : '&'}${query}`
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  if (form === 'v1') return { url: address, curl: `curl ${quoted(address)}` }
  const headers = `-H 'Accept: application/json' -H 'Content-Type: application/json;charset=utf8'`
  return { url: address, curl: `curl -X POST ${quoted(address)} ${headers} --data-binary ${quoted(payload)}` }
}

/** yyyyMMddHHmmssSSS in UTC. */
function compactTime(time: number): string {
  return new Date(time).toISOString().replace(/\D/g, '')
}
