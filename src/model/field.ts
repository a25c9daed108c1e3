/**
 * What a manifest field is: data from which the TypeScript type, the JSON Schema, the comments and questions of
 * `koo init` and the wording of diagnostics are all made.
 */

import type { DiagnosticCode } from './diagnostic-codes.ts'

interface Common {
  /** A short name a person reads, as in "Product name". */
  readonly title: string
  /** What belongs here, in one or two sentences; shown on hover in an editor and as a comment in a new manifest. */
  readonly about: string
  /** Left out: the field must be there. */
  readonly optional?: true
  /** From the first release on it cannot change; `free`: only where it was 0. */
  readonly fixedAfterRelease?: 'always' | 'free'
}

/** The form a text must have, where a pattern can say it. */
export interface Form {
  /** ECMAScript pattern, valid under the `u` flag and in RE2-like engines without look-behind. */
  readonly pattern: string
  /** Ends the sentence "… must be". */
  readonly says: string
  /** The diagnostic code of a text that does not have the form. */
  readonly code: DiagnosticCode
}

/** A field `koo init` asks for and offers as a flag. */
export interface Question {
  readonly flag: string
  /** What stands for the value in `--help`, as in `url`. */
  readonly value: string
  /** Only a flag: a person is not asked, the default is good enough to start with. */
  readonly quiet?: true
}

export interface TextField extends Common {
  readonly kind: 'text'
  readonly form?: Form
  /** What `koo init` writes when nothing better is known; still found there, it is a warning. */
  readonly placeholder?: string
  /** What `koo init` writes and a finished product may keep. */
  readonly initial?: string
  /** A real-looking value for examples; left out where `initial` or the placeholder serves. */
  readonly sample?: string
  readonly ask?: Question
  /** Several lines, written as a YAML block. */
  readonly long?: true
  /**
   * A web address, which `koo validate --online` looks at. A `page` is for people and must be there; an `interface`
   * takes signed requests only, so any answer of it is good.
   */
  readonly address?: 'page' | 'interface'
}

/** What a referenced file is for; decides which rules look at it. */
export type FileRole =
  | 'logo'
  | 'picture'
  | 'description-picture'
  | 'document'
  | 'certificate'
  | 'template'
  | 'archive'
  | 'sbom'
  | 'authorization'

export interface FileField extends Common {
  readonly kind: 'file'
  readonly role: FileRole
  /** The name `koo init` gives the file it writes. */
  readonly initial?: string
}

export interface NumberField extends Common {
  readonly kind: 'number'
  readonly minimum: number
  readonly integer?: true
  /** As for a text. */
  readonly placeholder?: number
  readonly initial?: number
  readonly sample?: number
  readonly ask?: Question
}

/** Yes or no, written `true` or `false`. */
export interface FlagField extends Common {
  readonly kind: 'flag'
}

export interface ChoiceField extends Common {
  readonly kind: 'choice'
  /** Value and what it means. */
  readonly options: Readonly<Record<string, string>>
  readonly ask?: Question
  /** The diagnostic code of a value that is none of the options. */
  readonly code?: DiagnosticCode
}

export interface ListField extends Common {
  readonly kind: 'list'
  readonly item: Field
  readonly least: number
  readonly unique?: true
  /** The keys of an item that tell which one it is, wherever it stands; left out, an item is only its value. */
  readonly identity?: readonly string[]
  /** What `koo init` writes although the list is optional. */
  readonly initial?: readonly string[]
  readonly ask?: Question
}

export interface GroupField extends Common {
  readonly kind: 'group'
  readonly fields: Fields
  /** At least one of these optional fields must be there. */
  readonly needs?: readonly string[]
}

/** Keys of the seller's choice, all with values of one kind. */
export interface MapField extends Common {
  readonly kind: 'map'
  readonly item: Field
}

/** A field with one admitted value. */
export interface ConstantField extends Common {
  readonly kind: 'constant'
  readonly value: number | string
  readonly code: DiagnosticCode
}

export type Field =
  | ConstantField
  | TextField
  | FileField
  | NumberField
  | FlagField
  | ChoiceField
  | ListField
  | GroupField
  | MapField
export type Fields = Readonly<Record<string, Field>>

type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends { optional: true } ? never : K }[keyof F]
type OptionalKeys<F extends Fields> = Exclude<keyof F, RequiredKeys<F>>

/** The values a group of fields admits. */
export type ValuesOf<F extends Fields> = { readonly [K in RequiredKeys<F>]: ValueOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>
}

/** The TypeScript type of a field's value. */
export type ValueOf<F extends Field> = F extends { kind: 'text' | 'file' }
  ? string
  : F extends { kind: 'number' }
    ? number
    : F extends { kind: 'flag' }
      ? boolean
      : F extends { kind: 'choice'; options: infer O }
        ? keyof O & string
        : F extends { kind: 'list'; item: infer I extends Field }
          ? readonly ValueOf<I>[]
          : F extends { kind: 'map'; item: infer I extends Field }
            ? Readonly<Record<string, ValueOf<I>>>
            : F extends { kind: 'group'; fields: infer G extends Fields }
              ? ValuesOf<G>
              : never

/** The field at a path of keys, list positions skipped; undefined where the manifest has no such field. */
export function fieldAt(fields: Fields, path: readonly string[]): Field | undefined {
  let here: Field | undefined
  let inside: Fields | undefined = fields
  for (const key of path) {
    if (here?.kind === 'list' && /^\d+$/.test(key)) {
      here = here.item
    } else if (here?.kind === 'map') {
      here = here.item
    } else {
      here = inside && Object.hasOwn(inside, key) ? inside[key] : undefined
    }
    if (here === undefined) return undefined
    inside = here.kind === 'group' ? here.fields : undefined
  }
  return here
}
