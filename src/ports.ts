/** What koo needs from outside. Types only: `adapters` hold the real thing, tests plain objects. */
import type { ShownOrder } from './model/access/order.ts'
import type { AssetKind } from './model/delivery-methods.ts'
import type { Event } from './model/event.ts'
import type { FileFact } from './model/file-fact.ts'
import type { ImageFact } from './model/image-fact.ts'
import type { PackageEntry } from './model/package-contents.ts'
import type {
  Complaint,
  ManifestData,
  ReleaseContent,
  ReleaseRequest,
  RemoteProduct,
  RemoteRelease,
  StoredObject,
} from './model/release.ts'

/** The user's files. Paths are absolute or relative to the working directory, with forward slashes. */
export interface Files {
  /** At most so many bytes of it, where a number is given. Throws a Failure (usage) where it cannot be read. */
  read(path: string, most?: number): Promise<Uint8Array>
  /**
   * What small files say, quickly, byte order marks with it; undefined for a file that is no UTF-8, not small, or cannot
   * be read, which `read` then says.
   */
  smallTexts(paths: readonly string[]): Promise<readonly (string | undefined)[]>
  /**
   * What the rules may know of a file below a folder: whether it is there, its size, its first bytes. Never throws for
   * a missing file, and does not follow a path or a link out of the folder. Pictures are measured where that is wanted.
   */
  fact(folder: string, file: string, wanted?: { readonly measure: boolean }): Promise<FileFact>
  isFolder(path: string): Promise<boolean>
  /**
   * Files of these names at any depth below a folder, sorted by their bytes, relative to it. Does not look into links,
   * nor into folders that hold what others wrote, such as node_modules.
   */
  find(folder: string, names: readonly string[]): Promise<readonly string[]>
  /** Tells whether a path lies below a folder and matches one of the globs, which start there. */
  below(folder: string, globs: readonly string[]): Promise<(path: string) => boolean>
  /** Yields whenever something below one of the folders changed, until the signal aborts. */
  watch(folders: readonly string[], signal: AbortSignal): AsyncIterable<void>
  /**
   * For each file a text that differs whenever its content may differ, beginning with the time of its last change in
   * milliseconds; undefined where there is no such file. With its place, it differs also where a link leads elsewhere.
   */
  stamps(paths: readonly string[], wanted?: { readonly place: boolean }): Promise<readonly (string | undefined)[]>
  /** Files matching the globs, which start at a folder, sorted by their bytes, relative to it; no links. */
  glob(folder: string, patterns: readonly string[], ignore: readonly string[]): Promise<readonly string[]>
  /**
   * Everything below a folder, relative to it and sorted. Folders are entered where `enters` says so, and told where they
   * are not, or where they are empty; links are told and never followed.
   */
  tree(folder: string, enters: (folder: string) => boolean): Promise<readonly TreeEntry[]>
  /** What is at a path, following links; `special` where that is neither a file nor a folder, undefined where it is nothing. */
  entry(path: string): Promise<EntryFacts | undefined>
  /** Opens a file to be packed. */
  open(path: string): Promise<OpenFile>
  /**
   * Opens a file to be sent in parts. `read` fills the whole buffer from an offset on, and throws a Failure (file-changed)
   * where the file ends before, or its size or time of change is another than when it was opened.
   */
  source(path: string): Promise<{
    readonly bytes: number
    read(start: number, into: Uint8Array): Promise<void>
    close(): Promise<void>
  }>
  exists(path: string): Promise<boolean>
  stream(path: string): AsyncIterable<Uint8Array>
  /** Bytes `start` to `end` (exclusive) of a file. */
  slice(path: string, start: number, end: number): Promise<Uint8Array>
  /**
   * Written beside under a temporary name, then renamed; missing folders are made. A pipe or a device that is there is
   * written into instead. What is `spare` can be made again, so that nobody waits until the disk has it.
   */
  write(
    path: string,
    content: string | Uint8Array,
    options?: { readonly secret?: true; readonly spare?: true },
  ): Promise<void>
  /** The same for a stream of chunks, each whole or in parts. A failure leaves nothing behind. */
  writeAll(path: string, chunks: AsyncIterable<Uint8Array | readonly Uint8Array[]>): Promise<void>
  /** Opens a file that only grows; it and missing folders are made, the owner's alone. */
  appended(path: string): Promise<Appended>
  /** Makes a file that is not there yet, to be written piece by piece; missing folders are made. */
  create(path: string, executable: boolean): NewFile
  /** Makes a symbolic link, and the folders above it. */
  link(path: string, target: string): Promise<void>
  /** An empty folder, with those above it. */
  makeFolder(path: string): Promise<void>
  /** To another place on the same disk, over what is there; missing folders are made. */
  rename(from: string, to: string): Promise<void>
  /** A file or a folder with all in it; nothing happens where it is not there. */
  remove(path: string): Promise<void>
  /** A file or a link and never a folder; nothing happens where it is not there. */
  removeFile(path: string): Promise<void>
  /** Folders joined and normalised to forward slashes. */
  join(...parts: readonly string[]): string
  /** The path as the user would write it: relative to the working directory where it lies below it. */
  shown(path: string): string
  absolute(path: string): string
}

/** A file that only grows. */
export interface Appended {
  /** Resolves once the text is on the disk, not only handed to it; texts that come at the same time share one flush. */
  append(text: string): Promise<void>
  /** Waits for what is on its way. */
  close(): Promise<void>
}

/** Something in a folder. */
export interface EntryFacts extends Pick<TreeEntry, 'kind' | 'bytes' | 'executable'> {
  /** Of a file: others than its owner may read it. */
  readonly isShared?: boolean
}

export type TreeEntry = Omit<PackageEntry, 'why'>

/**
 * A file being packed. Synchronous: a package is many small files, and a trip through the thread pool, which compresses,
 * would take longer than each read.
 */
export interface OpenFile {
  /** As in `TreeEntry`. */
  readonly stamp: string
  readonly bytes: number
  readonly executable: boolean
  /** Reads the next bytes into a part of a buffer; gives their number, 0 at the end. */
  read(into: Uint8Array, offset: number, length: number): number
  /** Whether it is another than when it was opened: size, time of change, or what lies at its path. */
  hasChanged(): boolean
  close(): void
}

/** A file being unpacked. Synchronous, as `OpenFile` is, for the same reason. */
export interface NewFile {
  write(bytes: Uint8Array): void
  close(): void
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after the time, or at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export interface Randomness {
  uuid(): string
  /** Lower-case hex digits. */
  hex(bytes: number): string
}

/** Questions to a person; a command asks only where `Terminal.asks`. */
export interface Prompter {
  input(question: {
    readonly message: string
    readonly initial?: string
    /** A sentence that says what is wrong, or undefined. */
    readonly complaint: (answer: string) => string | undefined
  }): Promise<string>
  select<T extends string>(question: {
    readonly message: string
    readonly choices: readonly { readonly value: T; readonly name: string; readonly description?: string }[]
  }): Promise<T>
  confirm(question: { readonly message: string }): Promise<boolean>
  /** An answer that is not shown, neither while it is typed nor afterwards. */
  secret(question: {
    readonly message: string
    readonly complaint: (answer: string) => string | undefined
  }): Promise<string>
}

/** A key pair that signs requests. Never printed but by `koo sandbox`, whose keys they are. */
export interface Credentials {
  readonly accessKey: string
  readonly secretKey: string
  readonly securityToken?: string
}

/** Where a marketplace is and who speaks to it. */
export interface Connection {
  readonly url: string
  readonly credentials: Credentials
  /** Where each region's image service is, with `{region}` in it. */
  readonly imageService: string
  /** Where KooGallery's open API is. */
  readonly openApi: string
  /** Huawei Cloud's regional services want to know the project. */
  readonly projectId?: string
  /** What is in flight when the user stops koo is left to end; else it is aborted. */
  readonly whenStopped?: 'finish'
}

/** A marketplace that speaks `schemas/marketplace.openapi.yaml`. Every method throws a Failure when it cannot. */
export interface Marketplace {
  /** The account the credentials belong to; the cheapest way to learn that they are right. */
  account(): Promise<Account>
  products(): AsyncIterable<RemoteProduct>
  product(key: string): Promise<RemoteProduct | undefined>
  /** Those of the keys there are, by key; a request for each hundred. */
  productsByKey(keys: readonly string[]): Promise<ReadonlyMap<string, RemoteProduct>>
  /** Newest first. */
  releases(productId: string): Promise<readonly RemoteRelease[]>
  release(releaseId: string): Promise<RemoteRelease>
  /** Those of the ids there are; a request for each hundred. */
  releasesById(ids: readonly string[]): Promise<readonly RemoteRelease[]>
  content(releaseId: string): Promise<ReleaseContent>
  /** The bytes of a file of a release that the marketplace holds. */
  file(releaseId: string, sha256: string): AsyncIterable<Uint8Array>
  /** Edits a release as in the marketplace's console; refused where its content is no longer that of the digest. */
  edit(releaseId: string, contentDigest: string, manifest: ManifestData): Promise<ReleaseContent>
  /** Sends a file in parts unless the marketplace has its bytes already; goes on with parts an earlier upload left. */
  upload(file: UploadSource, options: UploadOptions): Promise<{ readonly uploadId: string }>
  /** Creates the product if it is new, and its release, and submits it: all or nothing. */
  createRelease(
    request: ReleaseRequest,
    clientToken: string,
  ): Promise<
    | { readonly is: 'release'; readonly release: RemoteRelease }
    | { readonly is: 'refused'; readonly complaints: readonly Complaint[] }
  >
  submit(releaseId: string, clientToken: string): Promise<RemoteRelease>
  withdraw(releaseId: string, clientToken: string): Promise<RemoteRelease>
  discontinue(productId: string): Promise<RemoteProduct>
  /** The verdict of a reviewer; a marketplace may refuse it to a seller. */
  review(
    releaseId: string,
    verdict:
      | { readonly decision: 'approve' }
      | { readonly decision: 'reject'; readonly complaints: readonly Complaint[] },
  ): Promise<RemoteRelease>
  close(): Promise<void>
}

export interface Account {
  readonly id: string
  readonly name: string
  /** What the credentials may do; left out where the marketplace does not tell. */
  readonly rights?: readonly string[]
  /** How many products there are and may be; left out where the marketplace does not tell. */
  readonly products?: { readonly used: number; readonly limit: number }
}

export interface UploadSource {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Fills the whole buffer with the file's bytes from `start` on. Throws a Failure where the file is another by now. */
  read(start: number, into: Uint8Array): Promise<void>
}

/** How far an upload is. */
export interface UploadProgress {
  /** Bytes sent by this upload. */
  readonly sent: number
  /** Bytes that were there before it, and are not sent again. */
  readonly there: number
}

export interface UploadOptions {
  /** Aborted: what is in flight is finished, nothing new is begun, and a Failure (stopped) is thrown. */
  readonly stop: AbortSignal
  readonly progress: (progress: UploadProgress) => void
}

/** A bucket of the seller's own: OBS, or another store that speaks S3. Every method throws a Failure when it cannot. */
export interface ObjectStore {
  /** Tells whether the bucket is there and may be written to, before anything is sent. */
  check(): Promise<void>
  /** Sends a file in parts to where its content belongs, unless it is there already; goes on with parts an earlier upload left there. */
  put(file: UploadSource, options: UploadOptions): Promise<StoredObject>
  /** The bytes of an object, from an offset on. */
  get(object: StoredObject): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Which bucket, and how its store is spoken to. */
export interface BucketAddress {
  readonly bucket: string
  readonly region: string
  /** The store's own address, as in https://obs.cn-north-4.myhuaweicloud.com; left out, it is that of the region's OBS. */
  readonly endpoint?: string
  /** What every key begins with. */
  readonly prefix: string
  /** The bucket is named in the path, not in the host: for stores other than OBS. */
  readonly pathStyle: boolean
}

/** The image service (IMS) of a region. */
export interface Images {
  find(region: string, id: string): Promise<ImageFact | undefined>
}

/** What came of looking at a web address. */
export type LinkAnswer =
  | {
      readonly is: 'answered'
      readonly status: number
      /** Where the answer came from, after redirects. */
      readonly address: string
    }
  | {
      readonly is: 'unreached'
      /** A short sentence without its full stop, as in "the connection is refused". */
      readonly why: string
    }

/** The web, as anybody sees it who is not signed in. */
export interface Links {
  /** Looks at an address once, however often it is asked about it. */
  look(url: string): Promise<LinkAnswer>
}

/** The asset center of KooGallery. */
export interface Assets {
  /** The versions there are of a released asset, or whether there is this one; none where there is no such asset. */
  find(query: { readonly id: string; readonly kind: AssetKind; readonly version?: string }): Promise<readonly string[]>
}

/** What came of pushing usage records once. */
export type PushEnd =
  | { readonly is: 'accepted'; readonly code: string; readonly message: string }
  | {
      readonly is: 'refused'
      readonly code: string
      readonly message: string
      /** The records KooGallery finds abnormal, as they came. */
      readonly abnormal: readonly unknown[]
    }
  /** It was sent, and nobody knows whether it was taken. */
  | { readonly is: 'unknown'; readonly message: string }

/** What KooGallery's open API offers to the production interface of a seller. */
export interface SellerApi {
  order(query: { readonly orderId: string; readonly lineId?: string }): Promise<ShownOrder>
  /** Never sends again what may have been taken. Throws a Failure where it certainly was not. */
  pushUsage(push: {
    readonly body: Uint8Array
    /** These three are headers. */
    readonly signature: string
    /** Milliseconds since 1970. */
    readonly timestamp: string
    readonly nonce: string
  }): Promise<PushEnd>
  close(): Promise<void>
}

/** What came of running a program. */
export type ProgramEnd =
  /** There is no program of that name on the path. */
  | { readonly is: 'absent' }
  /** With 128 and its number as code where a signal ended it, as a shell says. */
  | { readonly is: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }

/** A request to the server of a seller, sent as it is: nothing is followed, repeated or added but what HTTP needs. */
export interface CallRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Left out: no body. */
  readonly body?: Uint8Array | undefined
  /** Milliseconds until the answer has to be there as a whole. */
  readonly time: number
}

export type CallEnd =
  | {
      readonly is: 'answer'
      readonly status: number
      /** As they came, names in the case they had. */
      readonly headers: readonly (readonly [name: string, value: string])[]
      readonly body: Uint8Array
      readonly milliseconds: number
    }
  | { readonly is: 'late'; readonly milliseconds: number }
  | {
      readonly is: 'unreached'
      /** A short sentence without its full stop, as in "the connection is refused". */
      readonly why: string
      readonly milliseconds: number
      /** Perhaps only a connection that was kept had been closed; the next call has a new one. */
      readonly stale?: true
    }

/** What came of shaking hands over TLS. */
export type Handshake =
  | {
      readonly is: 'made'
      /** As in TLSv1.3. */
      readonly protocol: string
      /** Why its certificate is not to be trusted, as a sentence without its full stop; left out where it is. */
      readonly untrusted?: string
      /** When the certificate ends, in milliseconds since 1970. */
      readonly validUntil?: number
    }
  /** `reached`: there is somebody, but no TLS could be agreed on. */
  | { readonly is: 'refused'; readonly why: string; readonly reached: boolean }

/** The server of a seller, called as KooGallery calls it. Nothing is sent to any other address. */
export interface SellerServer {
  call(request: CallRequest): Promise<CallEnd>
  /** Only the handshake; `old` offers nothing newer than TLS 1.1. */
  handshake(url: string, offer: 'current' | 'old'): Promise<Handshake>
  close(): Promise<void>
}

/** A request to a server of koo's own. */
export interface ServedRequest {
  readonly method: string
  /** Path and query, as they came. */
  readonly url: string
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface ServedAnswer {
  readonly status: number
  /** Sent with their names as they are written here. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array
  /** The connection is cut instead of an answer. */
  readonly cut?: true
  /** The body follows the headers, and itself in two parts, each so many milliseconds later. */
  readonly pause?: number
}

export interface ServerOptions {
  /** On this machine only; 0 takes any that is free. */
  readonly port: number
  /** PEM texts; left out, plain HTTP. `old` also speaks TLS 1.0 and 1.1. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly old: boolean } | undefined
  answer(request: ServedRequest): Promise<ServedAnswer>
  /** What `answer` throws; whoever asked gets a 500, and the server goes on. */
  failed(error: unknown): void
}

/** A server on this machine. */
export interface RunningServer {
  readonly port: number
  close(): Promise<void>
}

/** Other programs of this machine. */
export interface Programs {
  /**
   * Runs a program that is found on the path, never one of the current folder, and without a shell. One that writes more
   * than can be meant is ended. Throws a Failure (stopped) when the signal aborts, once the program is gone.
   */
  run(
    name: string,
    args: readonly string[],
    options?: { readonly input?: string; readonly stop?: AbortSignal },
  ): Promise<ProgramEnd>
}

/** A page, as a browser gets it. */
export interface PageAnswer {
  readonly status: 200 | 404 | 500
  readonly html: string
}

export interface PageServerOptions {
  /** On this machine only; 0 takes any that is free. */
  readonly port: number
  /** The page at a path, drawn when it is asked for. `drawn` tells this state from those after a change. */
  answer(path: string, drawn: string): Promise<PageAnswer>
  /** What `answer` throws; whoever asked is told that there is no page, and the server goes on. */
  failed(error: unknown): void
}

/** Pages for a browser on this machine. */
export interface PageServer {
  /** Where they begin, with a slash at its end. */
  readonly url: string
  /** Has every page that is open drawn again. */
  changed(): void
  close(): Promise<void>
}

export interface Terminal {
  /** A person can be asked: stdin and stderr are terminals and nothing forbids it. */
  readonly asks: boolean
}

/** Settings from the environment, by name; secrets among them, so nothing here is ever printed. */
export type Environment = Readonly<Record<string, string | undefined>>

/** koo's own folders. */
export interface Folders {
  readonly data: string
  /** What may be deleted at any time. */
  readonly cache: string
}

/** One of the two streams a command-line program writes to. */
export interface Output {
  write(text: string): void
  readonly isTerminal: boolean
  /** A terminal on which a line can be drawn again. */
  readonly moves: boolean
  /** 0 for none; else chalk's level. */
  readonly colours: 0 | 1 | 2 | 3
  readonly columns: number
}

/** Everything outside koo in one record; commands see it, the verbs take the one port they need. */
export interface World {
  readonly files: Files
  readonly clock: Clock
  readonly randomness: Randomness
  readonly terminal: Terminal
  readonly environment: Environment
  /** Prepares for long work on all processors in little memory, and tells their number. */
  processors(): number
  folders(): Promise<Folders>
  /** Everything on standard input, to its end. */
  input(): Promise<Uint8Array>
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal
  prompter(): Promise<Prompter>
  marketplace(connection: Connection): Promise<Marketplace>
  objectStore(bucket: BucketAddress, credentials: Credentials): Promise<ObjectStore>
  images(connection: Connection): Promise<Images>
  assets(connection: Connection): Promise<Assets>
  sellerApi(connection: Connection): Promise<SellerApi>
  links(): Promise<Links>
  readonly programs: Programs
  /** `authority` is the PEM text of certificates that are trusted besides the public ones. */
  sellerServer(options: { readonly authority?: string | undefined }): Promise<SellerServer>
  /** Throws a Failure (usage) where the port is taken, or a certificate or key is none. */
  serve(options: ServerOptions): Promise<RunningServer>
  /** Throws a Failure (usage) where the port is taken. */
  servePages(options: PageServerOptions): Promise<PageServer>
  /** Opens an address in the user's browser; gives why it could not, as a sentence without its full stop. Not to be waited for. */
  openInBrowser(url: string): Promise<string | undefined>
  emit(event: Event): void
}
