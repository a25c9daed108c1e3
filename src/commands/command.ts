/** What a command is: data that declares it, and one function that does it. */
import type { Outcome } from '../model/outcome.ts'
import type { World } from '../ports.ts'

/** `--name <value>` takes a text, `--name <value...>` several, `--name` is a switch. */
type OptionValue<F extends string> = F extends `${string}...>`
  ? readonly string[]
  : F extends `${string}>`
    ? string
    : true

export interface Option {
  readonly flag: string
  readonly about: string
}

/** The values of the options given, by name in camel case as commander forms it. */
export type OptionValues<O extends Readonly<Record<string, Option>>> = {
  readonly [K in keyof O]?: OptionValue<O[K]['flag']> | undefined
}

export interface Call<O extends Readonly<Record<string, Option>>> {
  readonly arguments: readonly string[]
  readonly options: OptionValues<O>
  /** What becomes of the outcome, for a command that has to look up more for some formats; left out: text. */
  readonly outputs?: readonly Wanted[]
}

/** A format the outcome is wanted in, and where. */
export interface Wanted {
  readonly format: string
  /** Left out: standard output. */
  readonly file?: string
}

export interface Command<O extends Readonly<Record<string, Option>> = Readonly<Record<string, Option>>> {
  readonly name: string
  readonly summary: string
  /** More for `--help`, where the summary is not enough. */
  readonly about?: string
  /** As commander writes them: `[paths...]`. */
  readonly arguments?: string
  /** By their camel-case name; a function where they cost something to make. */
  readonly options: O | (() => Promise<O>)
  readonly examples: readonly string[]
  /** What `--format` takes beside text and json; such a command also takes `--output`, and with `html` also `--html`. */
  readonly formats?: readonly string[]
  readonly commands?: readonly Command[]
  run(call: Call<O>, world: World): Promise<Outcome>
}

/** The identity; it is there to infer the types of the options. */
export function command<const O extends Readonly<Record<string, Option>>>(declaration: Command<O>): Command {
  return declaration as unknown as Command
}

export async function optionsOf({ options }: Command): Promise<Readonly<Record<string, Option>>> {
  return typeof options === 'function' ? options() : options
}
