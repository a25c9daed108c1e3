/** What a product page is drawn from: as much of a manifest as there is, the files it names, and what is to be said of it. */
import type { Severity } from '../model/diagnostic-codes.ts'
import type { Manifest } from '../model/manifest.ts'

/** Any part may be missing: a page is drawn of a manifest that is being written, too. Items of lists keep their places. */
export type Partly<T> = T extends readonly (infer Item)[]
  ? readonly Partly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Partly<T[K]> | undefined }
    : T

export interface ListedProduct {
  readonly manifest: Partly<Manifest>
  /** The files the manifest names, by the path it names them by. */
  readonly files: ReadonlyMap<string, ListedFile>
}

export type ListedFile =
  | {
      readonly is: 'picture'
      /** A data: address, or a path of the server the page comes from. */
      readonly src: string
      readonly bytes: number
      /** In pixels, where they could be told. */
      readonly width?: number
      readonly height?: number
    }
  | { readonly is: 'file'; readonly bytes: number; readonly href?: string }
  /** A sentence without its full stop, as in "there is no such file". */
  | { readonly is: 'unseen'; readonly why: string }

/** Something said at the place on the page that a JSON Pointer speaks of. */
export interface Remark {
  readonly path: string
  /** A finding of `koo validate`, or how the part differs from what is live. */
  readonly is: Severity | 'added' | 'changed' | 'removed'
  readonly message: string
  readonly hint?: string
  readonly code?: string
  /** As in koo.yaml:12:3. */
  readonly where?: string
  /** An address that says more. */
  readonly source?: string
  /** A place on the same page that says more. */
  readonly more?: { readonly href: string; readonly words: string }
}
