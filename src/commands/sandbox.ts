/** `koo sandbox`: the marketplace at home, in the foreground. */

import { isLoopback } from '../model/address.ts'
import { Failure, usage } from '../model/failure.ts'
import type { Complaint } from '../model/release.ts'
import type { World } from '../ports.ts'
import type { Asset } from '../sandbox/assets.ts'
import type { Faults } from '../sandbox/faults.ts'
import type { ImsImage } from '../sandbox/images.ts'
import { command } from './command.ts'
import { keyOption, localKey } from './interconnection-key.ts'
import { marketplaceOptions, withMarket } from './market.ts'
import { duration, wholeNumber } from './numbers.ts'

const defaultPort = 8099
const modes = ['auto', 'manual', 'reject'] as const

const review = command({
  name: 'review',
  summary: 'give the verdict on a product that is in review',
  arguments: '<key-or-path>',
  options: {
    ...marketplaceOptions,
    approve: { flag: '--approve', about: 'put it on sale' },
    reject: { flag: '--reject', about: 'send it back' },
    complaint: { flag: '--complaint <path=message...>', about: 'what is wrong, at a JSON Pointer into the manifest' },
  },
  examples: [
    'koo sandbox review harbor-crm --approve',
    'koo sandbox review harbor-crm --reject --complaint "/product/name=Not the registered name."',
  ],
  async run({ arguments: [name = ''], options }, world) {
    if (Boolean(options.approve) === Boolean(options.reject)) {
      throw usage('missing-flag', 'Give one verdict: --approve or --reject.')
    }
    const complaints = (options.complaint ?? []).map(complaintOf)
    const { productNamed } = await import('./named.ts')
    return withMarket(world, options, async (market) => {
      const product = await productNamed(world, market, name)
      const { key } = product
      const reviewed = (await market.marketplace.releases(product.id)).find(({ state }) => state === 'in-review')
      if (reviewed === undefined) {
        throw new Failure({ code: 'not-in-review', exit: 'conflict', message: `${key} has no release in review.` })
      }
      const verdict = options.approve
        ? ({ decision: 'approve' } as const)
        : ({ decision: 'reject', complaints } as const)
      const { version, state } = await market.marketplace.review(reviewed.id, verdict)
      return { is: 'moved', key, version, state }
    })
  },
})

const edit = command({
  name: 'edit',
  summary: 'change a product on the marketplace, as a colleague would in its console',
  about:
    'Edits the release on sale, or else the newest, in the sandbox or any marketplace that allows it. Values are read as JSON where they are JSON, else as text. Nothing changes in koo.yaml: this is how to see what koo does when somebody else was there.',
  arguments: '<key-or-path>',
  options: {
    ...marketplaceOptions,
    set: { flag: '--set <path=value...>', about: 'a new value at a JSON Pointer into the manifest' },
    remove: { flag: '--remove <path...>', about: 'what to take out, at a JSON Pointer' },
  },
  examples: [
    'koo sandbox edit harbor-crm --set "/product/overview=Now with invoices."',
    'koo sandbox edit harbor-crm --set /specifications/0/price=450 --remove /product/highlights/1',
    `koo sandbox edit harbor-crm --set '/product/highlights=["Fast", "Safe"]'`,
  ],
  async run({ arguments: [name = ''], options }, world) {
    const sets = (options.set ?? []).map(setOf)
    const removed = options.remove ?? []
    const [stray] = removed.filter((path) => !path.startsWith('/'))
    if (stray !== undefined)
      throw usage('bad-flag', `--remove takes a JSON Pointer such as /product/video, not \`${stray}\`.`)
    if (sets.length + removed.length === 0) throw usage('missing-flag', 'Say what to change: --set or --remove.')
    const { productNamed } = await import('./named.ts')
    const { edited } = await import('./edited.ts')
    return withMarket(world, options, async (market) => {
      const { marketplace } = market
      const product = await productNamed(world, market, name)
      const releases = await marketplace.releases(product.id)
      const release = releases.find(({ state }) => state === 'on-sale') ?? releases[0]
      if (release === undefined) throw new TypeError(`Product ${product.id} has no release.`)
      const { manifest, contentDigest } = await marketplace.content(release.id)
      await marketplace.edit(release.id, contentDigest, edited(manifest, sets, removed))
      const { key, version, state } = release
      return { is: 'moved', key, version, state, note: 'edited on the marketplace, not in koo.yaml' }
    })
  },
})

function setOf(text: string): { readonly path: string; readonly value: unknown } {
  const cut = text.indexOf('=')
  if (cut < 1 || !text.startsWith('/')) {
    throw usage('bad-flag', `--set takes PATH=VALUE, as in "/product/overview=New text", not \`${text}\`.`)
  }
  return { path: text.slice(0, cut), value: dataOf(text.slice(cut + 1)) }
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function complaintOf(text: string): Complaint {
  const cut = text.indexOf('=')
  if (cut < 0 || (cut > 0 && !text.startsWith('/'))) {
    throw usage(
      'bad-flag',
      `--complaint takes PATH=MESSAGE, as in "/product/name=Not the registered name.", not \`${text}\`.`,
    )
  }
  return { path: text.slice(0, cut), code: 'review-complaint', message: text.slice(cut + 1) }
}

export const sandbox = command({
  name: 'sandbox',
  summary: 'run a local marketplace that implements koo’s marketplace contract',
  about:
    'A real HTTP server with a real store on this machine. It is not KooGallery: it implements koo’s own contract, checks signatures, validates with koo’s rules and reviews what is handed in. In a browser it has a storefront of what is on sale and a console for reviews by hand. A product with a production interface can be bought there: its address, or that of --interface, is called as KooGallery calls it, and no other. Ctrl-C stops it.',
  options: {
    port: { flag: '--port <number>', about: `port to listen at; 0 takes a free one (default: ${defaultPort})` },
    host: { flag: '--host <address>', about: 'listen for other machines, too; its pages have a password then' },
    passwordFile: {
      flag: '--password-file <file>',
      about: 'file with the password of its pages (KOO_SANDBOX_PASSWORD)',
    },
    data: { flag: '--data <folder>', about: 'folder for its data (default: koo’s own data folder)' },
    review: { flag: '--review <mode>', about: `${modes.join(', ')} (default: auto)` },
    reviewDelay: { flag: '--review-delay <duration>', about: 'time a review takes (default: 0s)' },
    images: { flag: '--images <file>', about: 'JSON list of the IMS images there are; without it, any well-formed id' },
    assets: { flag: '--assets <file>', about: 'the same for the released assets of the asset center' },
    faults: { flag: '--faults <file>', about: 'YAML or JSON list of what goes wrong: latency, errors, lost replies …' },
    seed: { flag: '--seed <number>', about: 'with --faults: the same seed meets the same faults (default: 0)' },
    ...keyOption,
    interface: {
      flag: '--interface <key=url...>',
      about: 'call the production interface of a product there, as in harbor-crm=http://localhost:8097/',
    },
    ca: { flag: '--ca <file>', about: 'certificates of authorities to trust for production interfaces, in PEM' },
    log: { flag: '--log <file>', about: 'append a line of JSON for each request to this file' },
  },
  commands: [review, edit],
  examples: [
    'koo sandbox',
    'koo sandbox --port 0 --json',
    'koo sandbox --review manual',
    'koo sandbox --review reject',
    'koo sandbox --host 0.0.0.0 --password-file password.txt',
    'koo sandbox --faults faults.yaml --seed 7 --log requests.ndjson',
    'koo sandbox --interface harbor-crm=http://localhost:8097/',
  ],
  async run({ options }, world) {
    const port = wholeNumber('--port', options.port, defaultPort, [0, 65_535])
    const reviewDelay = duration('--review-delay', options.reviewDelay, 0)
    const mode = modes.find((each) => each === (options.review ?? 'auto'))
    if (mode === undefined) throw usage('bad-flag', `--review takes ${modes.join(', ')}, not \`${options.review}\`.`)
    const interfaces = new Map((options.interface ?? []).map(interfaceOf))
    const authority =
      options.ca === undefined ? undefined : new TextDecoder().decode(await world.files.read(options.ca))
    const { key, isOwn } = await localKey(world, options)
    const { startSandbox } = await import('../sandbox/sandbox.ts')
    const data = world.files.absolute(options.data ?? world.files.join((await world.folders()).data, 'sandbox'))
    const images = options.images === undefined ? {} : { images: await readImages(world, options.images) }
    const assets = options.assets === undefined ? {} : { assets: await readAssets(world, options.assets) }
    const { passwordOf } = await import('./sandbox-password.ts')
    const pages = await passwordOf(world, options.passwordFile)
    const { clock, randomness, stop } = world
    const faults = await faultsOf(world, options)
    const running = await startSandbox({
      port,
      data,
      review: mode,
      reviewDelay,
      ...images,
      ...assets,
      ...faults,
      ...(options.log === undefined ? {} : { log: world.files.absolute(options.log) }),
      ...(options.host === undefined ? {} : { host: options.host }),
      pages,
      seller: { key: async () => key, server: () => world.sellerServer({ authority }), interfaces },
      clock,
      randomness,
    })
    try {
      const { url, credentials, password } = running
      const made = {
        ...(password === undefined ? {} : { password }),
        ...(isOwn ? { interconnectionKey: key } : {}),
      }
      world.emit({ is: 'listening', url, credentials, data: world.files.shown(data), ...made })
      await clock.sleep(Number.POSITIVE_INFINITY, stop)
    } finally {
      await running.close()
    }
    return { is: 'closed' }
  },
})

/** @throws {Failure} (usage) where a product's interface must not be called there. */
function interfaceOf(text: string): readonly [key: string, url: string] {
  const cut = text.indexOf('=')
  const address = text.slice(cut + 1)
  if (cut < 1 || !URL.canParse(address)) {
    const example = 'harbor-crm=http://localhost:8097/'
    throw usage('bad-flag', `--interface takes KEY=URL, as in ${example}, not \`${text}\`.`)
  }
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw usage('bad-address', 'The address has a user, a password or a fragment, and KooGallery would not send it.')
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return [text.slice(0, cut), url.href]
  const hint = 'Plain http is for a server on this machine only.'
  throw usage('insecure-address', `KooGallery calls over HTTPS only, and ${address} is something else.`, hint)
}

/** The faults of a file, told on standard error; none where no file is given. */
async function faultsOf(
  world: World,
  { faults: file, seed: text }: { readonly faults?: string | undefined; readonly seed?: string | undefined },
): Promise<{ readonly faults?: Faults; readonly seed?: number }> {
  if (file === undefined) {
    if (text !== undefined) throw usage('contradiction', '--seed belongs to --faults, which is not there.')
    return {}
  }
  const seed = wholeNumber('--seed', text, 0, [0, Number.MAX_SAFE_INTEGER])
  const { readFaults } = await import('../sandbox/fault-file.ts')
  const faults = readFaults(world.files.shown(world.files.absolute(file)), await world.files.read(file))
  const names = [...new Set(faults.map(({ fault }) => fault))]
  world.emit({ is: 'notice', text: `Faults of ${file}, seed ${seed}: ${names.join(', ') || 'none'}.` })
  return { faults, seed }
}

/** A JSON list of IMS images, or the answer of ListImages; what an image does not say is as for one that can be sold. */
async function readImages(world: World, path: string): Promise<readonly ImsImage[]> {
  const { imagesOf } = await import('../sandbox/images.ts')
  const images = imagesOf(new TextDecoder().decode(await world.files.read(path)))
  if (images !== undefined) return images
  const hint = 'Write [{ "region": "ap-southeast-3", "id": "…" }], with the attributes of IMS as needed.'
  throw usage('bad-flag', `${path} is not a JSON list of images with a region and an id each.`, hint)
}

/** A JSON list of assets, or the open API's answer; what an asset does not say is as for a package of version V1.0. */
async function readAssets(world: World, path: string): Promise<readonly Asset[]> {
  const { assetsOf } = await import('../sandbox/assets.ts')
  const assets = assetsOf(new TextDecoder().decode(await world.files.read(path)))
  if (assets !== undefined) return assets
  const hint = 'Write [{ "asset_id": "…" }], with the attributes of the open API as needed.'
  throw usage('bad-flag', `${path} is not a JSON list of assets with an asset_id each.`, hint)
}
