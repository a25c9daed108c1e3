/** What carries the calls: a domain name, TLS and a certificate. Nothing signed is sent for it. */
import type { Handshake } from '../../ports.ts'
import { Blocked, type Scenario, Skipped, Wrong } from '../case.ts'
import { prior, type Talk } from '../talk.ts'

const group = 'transport'
const source = 'saasAccess'

const day = 24 * 60 * 60 * 1000
/** Less than this is worth a word: the certificate of a product on sale must not end. */
const soon = 14 * day

export const transportCases: readonly Scenario[] = [
  {
    id: 'domain-name',
    group,
    level: 'must',
    title: 'The address has a domain name',
    source,
    mend: 'Give KooGallery an address with a domain name, not with an IP address.',
    async run(talk) {
      const { hostname } = secure(talk)
      // Other ways to write an IPv4 address are made this one by the parser of addresses.
      if (/^(\d+\.){3}\d+$|^\[/.test(hostname)) throw new Wrong(`The address names the IP address ${hostname}.`)
      return undefined
    },
  },
  {
    id: 'tls-version',
    group,
    level: 'must',
    title: 'TLS 1.2 or newer is spoken',
    source,
    mend: 'Turn on TLS 1.2 and 1.3.',
    async run(talk) {
      const { protocol } = await agreed(talk)
      return `${protocol.replace('v', ' ')} was agreed on.`
    },
  },
  {
    id: 'tls-old',
    group,
    level: 'should',
    title: 'TLS 1.0 and 1.1 are refused',
    source,
    mend: 'Turn TLS 1.0 and 1.1 off: they are broken, and KooGallery does not use them.',
    async run(talk) {
      await current(talk)
      const handshake = await talk.partner.server.handshake(secure(talk).href, 'old')
      if (handshake.is === 'made') throw new Wrong(`${handshake.protocol.replace('v', ' ')} is spoken.`)
      return undefined
    },
  },
  {
    id: 'certificate',
    isGate: true,
    group,
    level: 'must',
    title: 'The certificate is valid, for this name and of a trusted authority',
    source,
    mend: 'Get a certificate for the domain name from a public authority, and serve it with those that vouch for it.',
    async run(talk) {
      const { untrusted, validUntil } = await current(talk)
      if (untrusted !== undefined) throw new Wrong(`It is not to be trusted: ${untrusted}.`)
      const left = validUntil === undefined ? Number.POSITIVE_INFINITY : validUntil - talk.partner.clock.now()
      if (left >= soon) return undefined
      const days = Math.max(0, Math.floor(left / day))
      return `The certificate ends in ${days === 1 ? 'a day' : `${days} days`}.`
    },
  },
]

type Made = Extract<Handshake, { readonly is: 'made' }>

/** @throws {Skipped} where there is no TLS. */
function secure(talk: Talk): URL {
  const url = new URL(talk.partner.url)
  if (url.protocol !== 'https:') throw new Skipped('The server is called without TLS, which is for this machine only.')
  return url
}

/** @throws {Blocked} {Wrong} where TLS cannot be agreed on, or only one that is too old. */
async function agreed(talk: Talk): Promise<Made> {
  const handshake = await talk.partner.server.handshake(secure(talk).href, 'current')
  if (handshake.is === 'refused') {
    if (!handshake.reached) throw new Blocked('reachable', `The server could not be called: ${handshake.why}.`)
    throw new Wrong(`No TLS can be agreed on: ${handshake.why}.`)
  }
  if (!/^TLSv1(\.1)?$|^SSL/.test(handshake.protocol)) return handshake
  throw new Wrong(`Nothing newer than ${handshake.protocol.replace('v', ' ')} is spoken.`)
}

/** As above, where it is another case that says so. */
function current(talk: Talk): Promise<Made> {
  return prior('tls-version', () => agreed(talk))
}
