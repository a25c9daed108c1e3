/** The marketplace a command speaks to: the one named by flag or environment, else the sandbox inside koo. */
import { isLoopback } from '../model/address.ts'
import { Failure, usage } from '../model/failure.ts'
import { byHand } from '../model/hand-over.ts'
import type { Connection, Credentials, Environment, Images, Marketplace, World } from '../ports.ts'

export const marketplaceOptions = {
  marketplace: {
    flag: '--marketplace <url>',
    about: `marketplace to use (KOO_MARKETPLACE); without one, the local sandbox; ${byHand}: what was entered by hand`,
  },
  data: { flag: '--data <folder>', about: 'folder of the local sandbox’s data' },
} as const

export interface Market {
  /** As it is shown: an address, or `sandbox`. */
  readonly name: string
  readonly marketplace: Marketplace
  readonly images: Images
  /** Nothing here can reach a buyer, so nothing has to be confirmed. */
  readonly embedded: boolean
  /** The address is on this machine. */
  readonly local: boolean
  /** Only records of what a person entered in Seller Console. */
  readonly byHand?: true
}

interface Choice {
  readonly marketplace?: string | undefined
  readonly data?: string | undefined
  /** What becomes of requests in flight when the user stops; aborted, if nothing is said. */
  readonly whenStopped?: Connection['whenStopped']
}

/** Opens the marketplace, hands it over and closes it, whatever happens. */
export async function withMarket<T>(world: World, choice: Choice, use: (market: Market) => Promise<T>): Promise<T> {
  if (isByHand(world.environment, choice)) return withRecords(world, choice, use)
  const base = chosenUrl(world.environment, choice)
  if (base === undefined) return withEmbeddedSandbox(world, choice, use)
  refuseData(choice)
  return open(world, { ...connect(world.environment, base), ...stopping(choice) }, (ports) =>
    use({ ...ports, name: base.origin, embedded: false, local: isLoopback(base) }),
  )
}

function refuseData({ data, marketplace }: Choice): void {
  if (data === undefined) return
  const named = marketplace === undefined ? 'KOO_MARKETPLACE' : '--marketplace'
  throw usage('contradiction', `--data belongs to the local sandbox and contradicts ${named}.`)
}

/** What was entered by hand is meant, of which there are records only. */
export function isByHand(environment: Environment, choice: Pick<Choice, 'marketplace'>): boolean {
  return (choice.marketplace ?? environment.KOO_MARKETPLACE) === byHand
}

/** @throws {Failure} (usage) where what is named can only be done by a person. */
export async function refuseByHand(world: World, choice: Pick<Choice, 'marketplace'>, doing: string): Promise<void> {
  if (!isByHand(world.environment, choice)) return
  const { onlyByHand } = await import('../publish/handed-over.ts')
  throw onlyByHand(doing)
}

async function withRecords<T>(world: World, choice: Choice, use: (market: Market) => Promise<T>): Promise<T> {
  refuseData(choice)
  const { handedOverMarket, onlyByHand, openHandOvers } = await import('../publish/handed-over.ts')
  const marketplace = handedOverMarket(openHandOvers(world.files, (await world.folders()).data, world.emit))
  const images: Images = {
    async find() {
      throw onlyByHand('look up images')
    },
  }
  return use({ name: byHand, marketplace, images, embedded: false, local: false, byHand: true })
}

/** The marketplace the user names; undefined where the sandbox stands in. */
export function chosenUrl(environment: Environment, choice: Choice): URL | undefined {
  const text = choice.marketplace ?? environment.KOO_MARKETPLACE
  return text === undefined || text === '' || text === byHand ? undefined : serviceUrl(text, 'a marketplace')
}

function stopping({ whenStopped }: Choice): Pick<Connection, 'whenStopped'> {
  return whenStopped === undefined ? {} : { whenStopped }
}

async function withEmbeddedSandbox<T>(world: World, choice: Choice, use: (market: Market) => Promise<T>): Promise<T> {
  const sandbox = await startEmbedded(world, choice.data)
  try {
    const text = `No marketplace is configured, so this is the local sandbox (data in ${sandbox.folder}).`
    world.emit({ is: 'notice', text })
    return await open(world, { ...sandbox.connection, ...stopping(choice) }, (ports) =>
      use({ ...ports, name: 'sandbox', embedded: true, local: true }),
    )
  } finally {
    await sandbox.close()
  }
}

export interface Embedded {
  readonly connection: Connection
  /** Where its data are, as shown. */
  readonly folder: string
  close(): Promise<void>
}

/** The sandbox inside this process. */
export async function startEmbedded(world: World, data: string | undefined): Promise<Embedded> {
  const { startSandbox } = await import('../sandbox/sandbox.ts')
  const folder = world.files.absolute(data ?? world.files.join((await world.folders()).data, 'sandbox'))
  const { clock, randomness } = world
  const seller = {
    // Only for usage that is pushed to it, so nobody waits for it.
    async key() {
      const { localKey } = await import('./interconnection-key.ts')
      return (await localKey(world, {})).key
    },
  }
  const options = { port: 0, data: folder, review: 'auto', reviewDelay: 0, seller, clock, randomness } as const
  const sandbox = await startSandbox(options)
  return {
    connection: connectionTo(sandbox.url, sandbox.credentials, {}),
    folder: world.files.shown(folder),
    close: () => sandbox.close(),
  }
}

async function open<T>(
  world: World,
  connection: Connection,
  use: (ports: { readonly marketplace: Marketplace; readonly images: Images }) => Promise<T>,
): Promise<T> {
  const marketplace = await world.marketplace(connection)
  try {
    return await use({ marketplace: knowingItsAccount(marketplace), images: await world.images(connection) })
  } finally {
    await marketplace.close()
  }
}

/** Asked for once: neither account nor rights change while a command runs. */
function knowingItsAccount(marketplace: Marketplace): Marketplace {
  let account: ReturnType<Marketplace['account']> | undefined
  return {
    ...marketplace,
    account() {
      account ??= marketplace.account()
      return account
    },
  }
}

/** The connection to a marketplace, or to services of Huawei Cloud's where the environment names them. */
export function connect(environment: Environment, base: URL): Connection {
  const projectId = environment.HUAWEICLOUD_SDK_PROJECT_ID ?? environment.HW_PROJECT_ID
  const connection = connectionTo(base.href.replace(/\/$/, ''), credentialsFrom(environment), ownServices(environment))
  return { ...connection, ...(projectId ? { projectId } : {}) }
}

function connectionTo(url: string, credentials: Credentials, own: Services): Connection {
  return { url, credentials, imageService: `${url}/ims/{region}`, openApi: url, ...own }
}

export type Services = Partial<Pick<Connection, 'imageService' | 'openApi'>>

/** The services the environment names; without a name they are the marketplace's own. */
export function ownServices({ KOO_IMS_ENDPOINT: images, KOO_OPEN_API: openApi }: Environment): Services {
  if (images) serviceUrl(images.replace('{region}', 'ap-southeast-3'), 'an image service (KOO_IMS_ENDPOINT)')
  if (openApi) serviceUrl(openApi, 'an open API (KOO_OPEN_API)')
  return { ...(images ? { imageService: images } : {}), ...(openApi ? { openApi } : {}) }
}

export function serviceUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw usage('marketplace-url', `\`${text}\` is not the address of ${what}.`, 'Write https://host[:port].')
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw usage(
      'marketplace-url',
      `${url.origin} is not encrypted.`,
      'Use https://; plain http is for this machine only.',
    )
  }
  return url
}

/** Variables of an access key, its secret key, and a token. */
export type Pair = readonly [string, string, string]

const pairs: readonly Pair[] = [
  ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  ['HW_ACCESS_KEY', 'HW_SECRET_KEY', 'HW_SECURITY_TOKEN'],
]

/** The first pair of the environment; half a pair is a mistake to be told, not to be passed over. */
export function credentialsFrom(environment: Environment, own: readonly Pair[] = []): Credentials {
  for (const [accessName, secretName, tokenName] of [...own, ...pairs]) {
    const accessKey = keyIn(environment, accessName)
    const secretKey = keyIn(environment, secretName)
    const securityToken = keyIn(environment, tokenName)
    if (accessKey && secretKey) return { accessKey, secretKey, ...(securityToken ? { securityToken } : {}) }
    if (accessKey) throw missingCredentials(`${secretName} is missing beside ${accessName}.`)
    if (secretKey) throw missingCredentials(`${accessName} is missing beside ${secretName}.`)
  }
  throw missingCredentials(
    own.length > 0 ? 'There are no credentials for the bucket.' : 'There are no credentials for the marketplace.',
  )
}

export function hasCredentials(environment: Environment, own: readonly Pair[] = []): boolean {
  return [...own, ...pairs].some(([accessName, secretName]) => environment[accessName] && environment[secretName])
}

function keyIn(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  if (value && !/^[\x21-\x7e]+$/.test(value)) throw strangeCharacters(name)
  return value
}

function strangeCharacters(name: string): Failure {
  const message = `${name} holds characters no key has, such as a space or a line break.`
  return new Failure({ code: 'no-credentials', exit: 'credentials', message, hint: 'Copy the key once more.' })
}

function missingCredentials(message: string): Failure {
  const hint = 'Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK to the access key pair of the seller’s account.'
  return new Failure({ code: 'no-credentials', exit: 'credentials', message, hint })
}
