/** An entry of an archive, whatever its format. */
export type ArchiveEntry =
  | { readonly is: 'file'; readonly path: string; readonly bytes: number; readonly mode: number }
  | { readonly is: 'link'; readonly path: string; readonly target: string }
  | { readonly is: 'folder'; readonly path: string }

/** Permission bits of files; anything else depends on the umask of whoever made them. */
export const fileModes = { plain: 0o644, executable: 0o755 } as const
