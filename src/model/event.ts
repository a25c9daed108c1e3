/** What koo does while it works: facts, from which `report` makes progress for a person. */
export type Event =
  | { readonly is: 'notice'; readonly text: string }
  | { readonly is: 'step'; readonly key: string; readonly text: string }
  | {
      readonly is: 'uploading'
      readonly key: string
      readonly file: string
      readonly sent: number
      readonly total: number
    }
  | { readonly is: 'settled' }
