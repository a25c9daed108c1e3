/** `koo access serve`: a reference production interface, which makes known mistakes where it is told to. */
import { usage } from '../model/failure.ts'
import { command } from './command.ts'
import { keyOption, localKey } from './interconnection-key.ts'
import { duration, wholeNumber } from './numbers.ts'

const defaultPort = 8097

export const accessServe = command({
  name: 'serve',
  summary: 'run a small production interface that is right, or makes a known mistake',
  about:
    'It answers every call of KooGallery as it should, from memory, on this machine only: those of version 2.0, of version 1.0 and about license authorization codes, all at one address. With --fault it makes one known mistake, to see what koo access test says of it. Ctrl-C stops it.',
  options: async () => {
    const { faults } = await import('../access/server/faults.ts')
    const { madeUpLicense } = await import('../access/server/license-codes.ts')
    const names = Object.entries(faults).map(([name, { does }]) => `${name} (${does})`)
    return {
      port: { flag: '--port <number>', about: `port to listen at; 0 takes a free one (default: ${defaultPort})` },
      ...keyOption,
      fault: { flag: '--fault <name>', about: `a mistake to make: ${names.join(', ')}` },
      creation: { flag: '--creation <duration>', about: 'time it takes to make an instance (default: 0s)' },
      license: {
        flag: '--license <code...>',
        about: `license authorization codes it knows (default: ${madeUpLicense}, which is made up)`,
      },
      tlsCertificate: { flag: '--tls-certificate <file>', about: 'speak HTTPS with this certificate, in PEM' },
      tlsKey: { flag: '--tls-key <file>', about: 'the private key of the certificate' },
    } as const
  },
  examples: [
    'koo access serve',
    'koo access serve --fault duplicate-instance',
    'koo access serve --port 0 --json',
    'koo access serve --tls-certificate cert.pem --tls-key key.pem',
  ],
  async run({ options }, world) {
    const port = wholeNumber('--port', options.port, defaultPort, [0, 65_535])
    const creationTime = duration('--creation', options.creation, 0)
    const { faultNamed } = await import('../access/server/faults.ts')
    const fault = options.fault === undefined ? undefined : faultNamed(options.fault)
    const { key, isOwn } = await localKey(world, options)
    const tls = await tlsOf(options)
    if (fault?.oldTls === true && tls === undefined) {
      throw usage('missing-flag', `The fault ${options.fault} is one of TLS.`, 'Give --tls-certificate and --tls-key.')
    }
    const { referenceServer } = await import('../access/server/reference.ts')
    const { madeUpLicense } = await import('../access/server/license-codes.ts')
    const { clock, stop } = world
    const licenses = options.license?.flatMap((each) => each.split(',')) ?? [madeUpLicense]
    const answer = referenceServer({
      key,
      clock,
      behaviour: fault?.behaviour,
      creationTime,
      licenses,
      told: ({ activity, code }) => world.emit({ is: 'notice', text: `${activity || 'a call'} ${code}` }),
    })
    const failed = (error: unknown): void => world.emit({ is: 'notice', text: `koo failed: ${String(error)}` })
    const server = await world.serve({ port, tls, answer, failed })
    try {
      const url = `${tls === undefined ? 'http' : 'https'}://localhost:${server.port}/`
      world.emit({
        is: 'interface-serving',
        url,
        ...(isOwn ? { key } : {}),
        licenses,
        ...(options.fault === undefined ? {} : { fault: options.fault }),
      })
      await clock.sleep(Number.POSITIVE_INFINITY, stop)
    } finally {
      await server.close()
    }
    return { is: 'closed' }

    async function tlsOf({
      tlsCertificate,
      tlsKey,
    }: {
      tlsCertificate?: string | undefined
      tlsKey?: string | undefined
    }) {
      if (tlsCertificate === undefined && tlsKey === undefined) return undefined
      if (tlsCertificate === undefined || tlsKey === undefined) {
        throw usage('missing-flag', 'For HTTPS give both --tls-certificate and --tls-key.')
      }
      const [certificate, secret] = await Promise.all([tlsCertificate, tlsKey].map((file) => world.files.read(file)))
      const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
      return { certificate: text(certificate), key: text(secret), old: fault?.oldTls === true }
    }
  },
})
