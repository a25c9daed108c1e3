/** Products entered in Seller Console by hand, as koo's commands tell of them. */

/** The name of the marketplace koo knows from records only. */
export const byHand = 'seller-console'

/** The folder of the records, in koo's data folder. */
export const handOversFolder = 'hand-overs'

/** A product that was entered by hand. */
export interface HandOver {
  readonly key: string
  readonly productId: string
  readonly version: string
  /** Since when, in milliseconds since 1970. */
  readonly since: number
  /** It was entered with Public Sales: No, so that only its address leads to it. */
  readonly hidden?: true
  /** How many fields of the manifest here are others than what was entered; left out where there is none here. */
  readonly changed?: number
}
