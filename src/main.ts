/** argv → command → outcome → reporter → exit code; the only place that catches. */
import type { NodeWorld } from './adapters/node-world.ts'
import { type Chosen, parse, UsageShown } from './command-line.ts'
import { exitCodes } from './model/exit-codes.ts'
import { Failure } from './model/failure.ts'
import { exitOf, type Outcome } from './model/outcome.ts'
import { version } from './version.ts'

/** Runs koo once and returns the exit code. */
export async function main(argv: readonly string[], node: NodeWorld): Promise<number> {
  let chosen: Chosen | undefined
  try {
    chosen = await parse(argv, node)
    return await carryOut(chosen, node)
  } catch (error) {
    return toldOf(error, node, chosen ? isJson(chosen) : argv.includes('--json'))
  }
}

function isJson({ outputs }: Chosen): boolean {
  return outputs.some(({ format, file }) => format === 'json' && file === undefined)
}

async function carryOut(chosen: Chosen, node: NodeWorld): Promise<number> {
  const { run, outputs, quiet } = chosen
  const debug = chosen.debug || node.debug
  const json = isJson(chosen)
  const { reporter } = await import('./report/reporter.ts')
  const shown = outputs.find(({ file }) => file === undefined)?.format
  const report = await reporter(node, { json, quiet, debug, shown })
  // In their order: a command that goes on may have the next outcome, or a notice, before the last one is written.
  let told: Promise<void> | undefined
  const world = await node.world(
    (event) => {
      if (event.is === 'checked') told = (told ?? Promise.resolve()).then(() => tell(event.outcome))
      else if (told === undefined) report.event(event)
      else told = told.then(() => report.event(event))
    },
    { mayAsk: !json },
  )
  const tell = async (outcome: Outcome): Promise<void> => {
    for (const { format, file } of outputs) {
      if (file !== undefined) await world.files.write(file, await report.rendered(outcome, format))
    }
    await report.outcome(outcome)
  }
  try {
    const outcome = await run(world)
    await told
    if (outcome.is !== 'closed') await tell(outcome)
    return exitCodes[exitOf(outcome)].code
  } finally {
    report.close()
  }
}

/** Says what went wrong, in the form asked for, and gives the exit code. */
async function toldOf(error: unknown, node: NodeWorld, json: boolean): Promise<number> {
  if (error instanceof UsageShown) return exitCodes[error.exit].code
  if (!(error instanceof Failure)) {
    node.stderr.write(bugText(error, node.nodeVersion))
    return exitCodes.bug.code
  }
  const { reporter } = await import('./report/reporter.ts')
  const report = await reporter(node, { json, quiet: true, debug: false, shown: undefined })
  report.failure(error)
  return exitCodes[error.exit].code
}

function bugText(error: unknown, nodeVersion: string): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `This is a bug in koo ${version} on Node ${nodeVersion}. Please report it with what follows.\n${trace}\n`
}
