/** The command line: commander fed with the declarations in `commands/`, and what it made of argv. */
import { Command as Commander, CommanderError } from 'commander'
import { type Command, type Option, optionsOf, type Wanted } from './commands/command.ts'
import { commands } from './commands/commands.ts'
import { topics } from './commands/help.ts'
import { usage } from './model/failure.ts'
import type { Outcome } from './model/outcome.ts'
import type { Output, World } from './ports.ts'
import { version } from './version.ts'

/** What argv asks for. */
export interface Chosen {
  readonly run: (world: World) => Promise<Outcome>
  /** In which formats the outcome is wanted, and where; at most one of them on standard output. */
  readonly outputs: readonly Wanted[]
  readonly quiet: boolean
  /** Requests are shown. */
  readonly debug: boolean
}

/** The help, or the complaint about a wrong call, has been printed; nothing is left to do. */
export class UsageShown extends Error {
  readonly exit: 'done' | 'usage'

  constructor(exit: 'done' | 'usage') {
    super('Usage was shown.')
    this.exit = exit
  }
}

type Outputs = { readonly stdout: Output; readonly stderr: Output }
type Flags = Readonly<Record<string, unknown>>
type Choose = (chosen: Chosen) => void

const widest = 120
const summary = 'The seller’s command line for Huawei Cloud KooGallery.'
const closing = `Topics: ${Object.keys(topics)
  .map((topic) => `koo help ${topic}`)
  .join(', ')}

KooGallery itself has no public API to publish products. koo publishes to its local sandbox, or to any server that
speaks koo’s marketplace contract (--marketplace URL).`

/**
 * @throws {UsageShown} when help was asked for, or the call is wrong and has been complained of.
 * @throws {Failure} when a flag has a value it cannot have.
 */
export async function parse(argv: readonly string[], outputs: Outputs): Promise<Chosen> {
  let chosen: Chosen | undefined
  const program = await programOf(argv, outputs, (choice) => {
    chosen = choice
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) throw new UsageShown(error.exitCode === 0 ? 'done' : 'usage')
    throw error
  }
  if (chosen !== undefined) return chosen
  program.outputHelp()
  throw new UsageShown('done')
}

async function programOf(argv: readonly string[], outputs: Outputs, choose: Choose): Promise<Commander> {
  const style = settingsOf(outputs, argv.includes('--json'))
  const program = style(new Commander('koo'), 'koo').description(summary).addHelpText('after', `\n${closing}`)
  // Beside a command, `--version` is somebody's attempt to give a product version.
  if (argv.length <= 1) program.version(version, '-V, --version', 'print the version')
  for (const each of commands) {
    // Only the command that is meant gets its flags: making those of all costs as much as everything else of `--help`.
    const built = argv.includes(each.name) ? await commandOf(each, 'koo', style, choose) : outlineOf(each)
    program.addCommand(built)
  }
  const help = style(new Commander('help'), 'koo help')
    .summary('help for a command or a topic')
    .description(`Help for a command or a topic: ${Object.keys(topics).join(', ')}.`)
    .argument('[topic...]')
    .option('--json', 'print topics as JSON')
    .action((words: readonly string[], flags: Flags) => helpFor(program, words, flags, choose))
  return program.addCommand(help)
}

/** Gives a command what all have in common: where it prints, and how it complains; `call` is how one runs it. */
type Style = (built: Commander, call: string) => Commander

function settingsOf({ stdout, stderr }: Outputs, json: boolean): Style {
  const complaint = (text: string): string => {
    const message = text.trim().replace(/^error: /, '')
    return json ? `${JSON.stringify({ format: 1, error: { code: 'usage', message, exit_code: 2 } })}\n` : text
  }
  return (built, call) => {
    built
      .helpOption('-h, --help', 'print help')
      .helpCommand(false)
      .exitOverride()
      .configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
        outputError: (text, write) => write(complaint(text)),
        getOutHelpWidth: () => Math.min(stdout.columns, widest),
        getErrHelpWidth: () => Math.min(stderr.columns, widest),
      })
    return json ? built : built.showHelpAfterError(`See ${call} --help.`)
  }
}

function helpFor(program: Commander, words: readonly string[], flags: Flags, choose: Choose): void {
  const topic = words.length === 1 ? topics[words[0] ?? ''] : undefined
  if (topic !== undefined) {
    choose({
      run: async () => topic,
      outputs: [{ format: flags.json === true ? 'json' : 'text' }],
      quiet: false,
      debug: false,
    })
    return
  }
  let about: Commander | undefined = program
  for (const word of words) about = about?.commands.find((each) => each.name() === word)
  if (about) about.help()
  program.error(`error: there is no command or topic '${words.join(' ')}'`, { exitCode: 2 })
}

function outlineOf({ name, summary, arguments: taken }: Command): Commander {
  const outline = new Commander(name).summary(summary).helpOption(false).option('--json')
  return taken ? outline.arguments(taken) : outline
}

/** @param parent how the command it belongs to is called, as in "koo keys". */
async function commandOf(declared: Command, parent: string, style: Style, choose: Choose): Promise<Commander> {
  const { name, summary, about, examples } = declared
  const declaredOptions = await optionsOf(declared)
  const sentence = `${summary[0]?.toUpperCase()}${summary.slice(1)}.`
  const call = `${parent} ${name}`
  const built = style(new Commander(name), call)
    .summary(summary)
    .description(about === undefined ? sentence : `${sentence}\n\n${about}`)
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`)
  const formats = ['text', 'json', ...(declared.formats ?? [])]
  const wanted: { format: string; file?: string }[] = []
  const pages: Wanted[] = []
  built.action((...received: readonly unknown[]) => {
    const flags = built.optsWithGlobals() as Flags
    const rest = received.slice(0, -2).flat()
    const given = {
      arguments: rest.filter((each) => typeof each === 'string'),
      options: valuesOf(declaredOptions, flags),
      outputs: [...pages, ...outputsOf(wanted, flags.json === true)],
    }
    refuseEmpty(given.arguments, declaredOptions, flags)
    const common = { quiet: flags.quiet === true, debug: flags.debug === true }
    choose({ run: (world) => declared.run(given, world), outputs: given.outputs, ...common })
  })
  if (declared.arguments) built.arguments(declared.arguments)
  for (const { flag, about: text } of Object.values(declaredOptions)) built.option(flag, text)
  built
    .option('--json', 'print the result as JSON (the same as --format json)')
    .option('--format <format>', listed(formats), (format: string) => wanted.push({ format: known(format, formats) }))
    .option('-q, --quiet', 'no progress')
    .option('--debug', 'show every request on standard error (KOO_DEBUG=1)')
  if (declared.formats) {
    const about = 'write the --format before it to a file, or - for standard output; both can be repeated'
    built.option('--output <file>', about, (file: string) => addFile(wanted, file))
  }
  if (declared.formats?.includes('html')) addHtml(built, wanted, pages)
  for (const each of declared.commands ?? []) built.addCommand(await commandOf(each, call, style, choose))
  return built
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function known(format: string, formats: readonly string[]): string {
  if (formats.includes(format)) return format
  throw usage('bad-flag', `--format takes ${listed(formats)}, not \`${format}\`.`)
}

/** Instead of a file, as many programs have it. */
const standardOutput = '-'

function addFile(wanted: { format: string; file?: string }[], file: string): void {
  const last = wanted.at(-1)
  if (last === undefined || last.file !== undefined) {
    throw usage('bad-flag', `--output ${file} belongs to no format.`, 'Write --format NAME before each --output FILE.')
  }
  if (file === '') throw usage('bad-flag', '--output has an empty value.', 'A variable may not be set.')
  last.file = file
}

/** `--html` is `--format html`; with a file it is a page beside what is printed, which then tells of it. */
function addHtml(built: Commander, wanted: Wanted[], pages: Wanted[]): void {
  built.option('--html [file]', 'the same as --format html; with a file, written there and the usual text printed')
  // As an event, because a parser of its value is not called where there is none.
  built.on('option:html', (file: string | null) => {
    if (file === '') throw usage('bad-flag', '--html has an empty value.', 'A variable may not be set.')
    if (file === null) wanted.push({ format: 'html' })
    else if (file === standardOutput) wanted.push({ format: 'html', file })
    else pages.push({ format: 'html', file })
  })
}

/** Text where nothing is said; two results on one stream could not be told apart. */
function outputsOf(wanted: readonly Wanted[], json: boolean): readonly Wanted[] {
  const given = wanted.map(({ format, file }) =>
    file === undefined || file === standardOutput ? { format } : { format, file },
  )
  const named = json && !given.some(({ format }) => format === 'json') ? [...given, { format: 'json' }] : given
  const outputs = named.length === 0 ? [{ format: 'text' }] : named
  const [first, second] = outputs.filter(({ file }) => file === undefined)
  if (first === undefined || second === undefined) return outputs
  const message = `${first.format} and ${second.format} cannot both go to standard output.`
  throw usage('contradiction', message, 'Write --output FILE after one of them.')
}

/** An empty value is a variable that was not set; passed over, it would mean the default, such as the sandbox. */
function refuseEmpty(given: readonly string[], declared: Readonly<Record<string, Option>>, flags: Flags): void {
  if (given.includes('')) throw usage('bad-flag', 'An argument is empty.', 'A variable may not be set.')
  const empty = Object.entries(declared).find(([name]) => flags[name] === '')
  if (empty) throw usage('bad-flag', `${empty[1].flag} has an empty value.`, 'A variable may not be set.')
}

/** commander turns `--no-wait` into `wait: false`; a declaration calls it what it is. */
function valuesOf(declared: Readonly<Record<string, Option>>, flags: Flags): Readonly<Record<string, never>> {
  const entries = Object.entries(declared).map(([name, { flag }]) => {
    const negated = /^--no-([a-z-]+)$/.exec(flag)?.[1]
    const value = negated === undefined ? flags[name] : flags[negated] === false ? true : undefined
    return [name, value]
  })
  return Object.fromEntries(entries) as Readonly<Record<string, never>>
}
