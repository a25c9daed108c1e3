/** argv → command → outcome → reporter → exit code; the only place that catches. */
import { Command as Commander, CommanderError } from 'commander'
import type { NodeWorld } from './adapters/node-world.ts'
import { type Command, type Option, optionsOf } from './commands/command.ts'
import { commands } from './commands/commands.ts'
import { topics } from './commands/help.ts'
import { exitCodes } from './model/exit-codes.ts'
import { Failure, usage } from './model/failure.ts'
import { exitOf, type Outcome } from './model/outcome.ts'
import type { Output, World } from './ports.ts'
import { version } from './version.ts'

const summary = 'The seller’s command line for Huawei Cloud KooGallery.'
const closing = `Topics: ${Object.keys(topics)
  .map((topic) => `koo help ${topic}`)
  .join(', ')}

KooGallery itself has no public API to publish products. koo publishes to its local sandbox, or to any server that
speaks koo’s marketplace contract (--marketplace URL).`

type Flags = Readonly<Record<string, unknown>>
interface Chosen {
  readonly run: (world: World) => Promise<Outcome>
  readonly json: boolean
  readonly quiet: boolean
}

/** Runs koo once and returns the exit code. */
export async function main(argv: readonly string[], node: NodeWorld): Promise<number> {
  let chosen: Chosen | undefined
  try {
    const program = await programOf(argv, node, (choice) => {
      chosen = choice
    })
    await program.parseAsync([...argv], { from: 'user' })
    if (chosen !== undefined) return await carryOut(chosen, node)
    program.outputHelp()
    return 0
  } catch (error) {
    return toldOf(error, node, chosen)
  }
}

async function carryOut({ run, json, quiet }: Chosen, node: NodeWorld): Promise<number> {
  const { reporter } = await import('./report/reporter.ts')
  const report = await reporter(node, { json, quiet })
  const world = await node.world((event) => report.event(event), { mayAsk: !json })
  try {
    const outcome = await run(world)
    report.outcome(outcome)
    return exitCodes[exitOf(outcome)].code
  } finally {
    report.close()
  }
}

/** Says what went wrong, in the form asked for, and gives the exit code. */
async function toldOf(error: unknown, node: NodeWorld, chosen: Chosen | undefined): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage.code
  if (!(error instanceof Failure)) {
    node.stderr.write(bugText(error, node.nodeVersion))
    return exitCodes.bug.code
  }
  const { reporter } = await import('./report/reporter.ts')
  const report = await reporter(node, { json: chosen?.json ?? false, quiet: true })
  report.failure(error)
  return exitCodes[error.exit].code
}

function bugText(error: unknown, nodeVersion: string): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `This is a bug in koo ${version} on Node ${nodeVersion}. Please report it with what follows.\n${trace}\n`
}

async function programOf(
  argv: readonly string[],
  node: NodeWorld,
  choose: (chosen: Chosen) => void,
): Promise<Commander> {
  const program = new Commander('koo')
    .description(summary)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput(outputOf(node.stdout, node.stderr))
    .addHelpText('after', `\n${closing}`)
  for (const each of commands) {
    // Only the command that is meant gets its flags: making those of all costs as much as everything else of `--help`.
    const built = argv.includes(each.name) ? await commandOf(each, node, choose) : outlineOf(each)
    program.addCommand(built)
  }
  program
    .command('help')
    .description('help for a command or a topic')
    .argument('[topic]')
    .option('--json', 'print topics as JSON')
    .action((topic: string | undefined, flags: Flags) => help(program, topic, flags, choose))
  return program
}

function outputOf(stdout: Output, stderr: Output) {
  return {
    writeOut: (text: string) => stdout.write(text),
    writeErr: (text: string) => stderr.write(text),
    getOutHelpWidth: () => Math.min(stdout.columns, 120),
    getErrHelpWidth: () => Math.min(stderr.columns, 120),
  }
}

function help(program: Commander, name: string | undefined, flags: Flags, choose: (chosen: Chosen) => void): void {
  const topic = name === undefined ? undefined : topics[name]
  if (topic !== undefined) {
    choose({ run: async () => topic, json: flags.json === true, quiet: false })
    return
  }
  const about = name === undefined ? program : program.commands.find((each) => each.name() === name)
  if (about) about.help()
  program.error(`error: there is no command or topic '${name}'`, { exitCode: exitCodes.usage.code })
}

function outlineOf({ name, summary, arguments: taken }: Command): Commander {
  const outline = new Commander(name).summary(summary).helpOption(false).option('--json')
  return taken ? outline.arguments(taken) : outline
}

async function commandOf(declared: Command, node: NodeWorld, choose: (chosen: Chosen) => void): Promise<Commander> {
  const declaredOptions = await optionsOf(declared)
  const built = new Commander(declared.name)
    .summary(declared.summary)
    .description(
      [`${declared.summary[0]?.toUpperCase()}${declared.summary.slice(1)}.`, declared.about]
        .filter(Boolean)
        .join('\n\n'),
    )
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput(outputOf(node.stdout, node.stderr))
    .addHelpText('after', `\nExamples:\n${declared.examples.map((example) => `  $ ${example}`).join('\n')}`)
    .action((...received: unknown[]) => {
      const flags = built.optsWithGlobals() as Flags
      const rest = received
        .slice(0, -2)
        .flat()
        .filter((each) => typeof each === 'string')
      const json = flags.json === true || formatOf(flags) === 'json'
      const options = valuesOf(declaredOptions, flags)
      choose({
        run: (world) => declared.run({ arguments: rest, options }, world),
        json,
        quiet: flags.quiet === true,
      })
    })
  if (declared.arguments) built.arguments(declared.arguments)
  for (const { flag, about } of Object.values(declaredOptions)) built.option(flag, about)
  built
    .option('--json', 'print the result as JSON (the same as --format json)')
    .option('--format <format>', 'text or json')
    .option('-q, --quiet', 'no progress')
  for (const each of declared.commands ?? []) built.addCommand(await commandOf(each, node, choose))
  return built
}

function formatOf(flags: Flags): 'text' | 'json' {
  const format = flags.format ?? 'text'
  if (format === 'text' || format === 'json') return format
  throw usage('bad-flag', `--format takes text or json, not \`${String(format)}\`.`)
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
