/** `koo init`: a folder with a manifest, and the files it names, for one delivery method. */
import { usage } from '../model/failure.ts'
import type { Field } from '../model/field.ts'
import type { World } from '../ports.ts'
import type { Question } from '../scaffold/questions.ts'
import { command, type Option } from './command.ts'

const camel = (flag: string): string => flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

/** Every question of any method, once. */
async function allQuestions(): Promise<readonly Question[]> {
  const { questionsOf } = await import('../scaffold/questions.ts')
  const { deliveryMethodIds } = await import('../model/delivery-methods.ts')
  const found = [undefined, ...deliveryMethodIds].flatMap((method) => questionsOf(method))
  return found.filter(({ path }, index) => found.findIndex((each) => each.path === path) === index)
}

/** One flag for each question of the table. */
async function questionFlags(): Promise<Readonly<Record<string, Option>>> {
  const questions = await allQuestions()
  return Object.fromEntries(
    questions.map(({ ask, field }) => [
      camel(ask.flag),
      { flag: `--${ask.flag} <${ask.value}>`, about: `${field.title}${ask.flag === 'method' ? optionsIn(field) : ''}` },
    ]),
  )
}

function optionsIn(field: Field): string {
  return field.kind === 'choice' ? `: ${Object.keys(field.options).join(', ')}` : ''
}

const keyPath = '/product/key'

export const init = command({
  name: 'init',
  summary: 'start a product: a folder with koo.yaml and the files it names',
  about:
    'Asks what it needs to know on a terminal; every question has a flag. With --yes only --method is needed: the key comes from the folder, the name from the key, the rest are placeholders that `koo validate` lists.',
  arguments: '[folder]',
  options: async () => ({
    ...(await questionFlags()),
    yes: { flag: '--yes', about: 'ask nothing, take defaults and placeholders' },
    force: { flag: '--force', about: 'overwrite files that are there' },
  }),
  examples: [
    'koo init',
    'koo init shop --method license --yes',
    'koo init crm --method saas --key harbor-crm --name "Harbor CRM" --yes',
  ],
  async run({ arguments: [folder], options }, world) {
    const values: Readonly<Record<string, unknown>> = options
    const given = new Map<string, string>()
    for (const { ask, path } of await allQuestions()) {
      const value = values[camel(ask.flag)]
      if (typeof value === 'string') given.set(path, value)
    }
    if (folder !== undefined) await refuseToOverwrite(world, folder, ['koo.yaml'], options.force ?? false)
    const { interview } = await import('../scaffold/interview.ts')
    const yes = options.yes ?? false
    const prompter = world.terminal.asks && !yes ? await world.prompter() : undefined
    const place = folder === undefined ? undefined : world.files.absolute(folder)
    const { method, answers } = await interview({ given, yes, prompter, folder: place })
    const target = folder ?? String(answers.get(keyPath))
    const { scaffold } = await import('../scaffold/scaffold.ts')
    const files = scaffold(method, answers)
    await refuseToOverwrite(world, target, Object.keys(files), options.force ?? false)
    for (const [path, content] of Object.entries(files)) {
      await world.files.write(world.files.join(target, path), content)
    }
    return { is: 'initialised', folder: world.files.shown(target), files: Object.keys(files) }
  },
})

async function refuseToOverwrite(
  world: World,
  folder: string,
  names: readonly string[],
  force: boolean,
): Promise<void> {
  if (force) return
  const there: string[] = []
  for (const name of names) if (await world.files.exists(world.files.join(folder, name))) there.push(name)
  if (there.length === 0) return
  const message = `${world.files.shown(folder)} already has ${there.join(', ')}; nothing was written.`
  throw usage('exists', message, 'Name another folder, or add --force to overwrite these files.')
}
