/** The mark inside every file that `koo init` writes in place of the seller's own. */
export const placeholderMark = 'koo-placeholder'
