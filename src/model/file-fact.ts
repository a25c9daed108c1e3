/** What is known of a file a manifest names, gathered before the rules run, so that rules do no I/O. */
export type FileFact =
  | {
      readonly is: 'file'
      readonly bytes: number
      /** The first bytes, at most `headBytes`. */
      readonly head: Uint8Array
      /** Of a picture, in pixels; left out where it was not measured or is none. */
      readonly picture?: { readonly width: number; readonly height: number }
    }
  | { readonly is: 'folder' }
  | { readonly is: 'missing' }
  | { readonly is: 'unreadable' }
  /** The path, or the file behind a link, lies outside the product's folder. */
  | { readonly is: 'outside' }

export type FoundFile = Extract<FileFact, { is: 'file' }>

export const headBytes = 4096
