/** `koo init`: a folder with a manifest, and the files it names; of one product, or of each row of a sheet. */
import type { DeliveryMethod } from '../model/delivery-methods.ts'
import { usage } from '../model/failure.ts'
import type { Field } from '../model/field.ts'
import type { Outcome } from '../model/outcome.ts'
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
const methodPath = '/delivery/method'

export const init = command({
  name: 'init',
  summary: 'start a product: a folder with koo.yaml and the files it names',
  about: [
    'Asks what it needs to know on a terminal; every question has a flag. With --yes only --method is needed: the key comes from the folder, the name from the key, the rest are placeholders that `koo validate` lists.',
    '--from makes a folder for each row of a sheet, named after product.key, inside the folder given. Everything is checked first, and nothing that is there is overwritten. Columns are the fields of a manifest with dots between, lists counted from 1, such as specifications.1.price. Files a row names are copied; --template writes a sheet to begin with.',
  ].join('\n\n'),
  arguments: '[folder]',
  options: async () => ({
    ...(await questionFlags()),
    yes: { flag: '--yes', about: 'ask nothing, take defaults and placeholders' },
    force: { flag: '--force', about: 'overwrite files that are there' },
    from: {
      flag: '--from <sheet>',
      about: 'a product for each row of this .csv, .tsv or .xlsx; --method is for rows without',
    },
    keepGoing: { flag: '--keep-going', about: 'with --from: make the good rows although others have errors' },
    template: {
      flag: '--template <file>',
      about: 'write a sheet for --from: .csv, .tsv or .xlsx, of all methods or one',
    },
  }),
  examples: [
    'koo init',
    'koo init shop --method license --yes',
    'koo init crm --method saas --key harbor-crm --name "Harbor CRM" --yes',
    'koo init --template products.xlsx',
    'koo init catalogue --from products.xlsx',
  ],
  async run({ arguments: [folder], options }, world) {
    const { from, template, keepGoing = false, force = false, yes = false } = options
    const given = await givenAnswers(options)
    if (from !== undefined || template !== undefined) {
      refuseContradictions({ folder, from, template, keepGoing, force, given })
      return bySheet(world, { folder, from, template, keepGoing, force, method: await methodGiven(given) })
    }
    if (keepGoing) throw usage('contradiction', '--keep-going belongs to --from.')
    if (folder !== undefined) await refuseToOverwrite(world, folder, ['koo.yaml'], force)
    const { interview } = await import('../scaffold/interview.ts')
    const prompter = world.terminal.asks && !yes ? await world.prompter() : undefined
    const place = folder === undefined ? undefined : world.files.absolute(folder)
    const { method, answers } = await interview({ given, yes, prompter, folder: place })
    const target = folder ?? String(answers.get(keyPath))
    const { scaffold } = await import('../scaffold/scaffold.ts')
    const files = scaffold(method, answers)
    await refuseToOverwrite(world, target, Object.keys(files), force)
    for (const [path, content] of Object.entries(files)) {
      await world.files.write(world.files.join(target, path), content)
    }
    return { is: 'initialised', folder: world.files.shown(target), files: Object.keys(files) }
  },
})

/** What the flags answer, by the pointers of the fields. */
async function givenAnswers(options: Readonly<Record<string, unknown>>): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>()
  for (const { ask, path } of await allQuestions()) {
    const value = options[camel(ask.flag)]
    if (typeof value === 'string') given.set(path, value)
  }
  return given
}

interface SheetCall {
  readonly folder: string | undefined
  readonly from: string | undefined
  readonly template: string | undefined
  readonly keepGoing: boolean
  readonly force: boolean
}

function refuseContradictions(call: SheetCall & { readonly given: ReadonlyMap<string, string> }): void {
  const { folder, from, template, keepGoing, force, given } = call
  const refuse = (what: string) => usage('contradiction', what)
  if (from !== undefined && template !== undefined) throw refuse('--from reads a sheet and --template writes one.')
  if ([...given.keys()].some((path) => path !== methodPath)) {
    throw refuse('Of the answers only --method goes with a sheet; the others are its columns.')
  }
  if (from !== undefined && force) throw refuse('--from overwrites nothing, so --force has no meaning.')
  if (template === undefined) return
  if (folder !== undefined) throw refuse('--template names the file it writes, so there is no folder.')
  if (keepGoing) throw refuse('--keep-going belongs to --from.')
}

async function methodGiven(given: ReadonlyMap<string, string>): Promise<DeliveryMethod | undefined> {
  const named = given.get(methodPath)
  if (named === undefined) return undefined
  const { deliveryMethodIds, isDeliveryMethod } = await import('../model/delivery-methods.ts')
  if (isDeliveryMethod(named)) return named
  throw usage('bad-flag', `--method cannot be \`${named}\`.`, `Possible: ${deliveryMethodIds.join(', ')}.`)
}

async function bySheet(
  world: World,
  call: SheetCall & { readonly method: DeliveryMethod | undefined },
): Promise<Outcome> {
  const { folder = '.', from, template, keepGoing, force, method } = call
  if (template !== undefined) {
    const { writeTemplate } = await import('./template.ts')
    return writeTemplate(world.files, template, { method, force })
  }
  const { fromSheet } = await import('./from-sheet.ts')
  return fromSheet(world, { sheet: from ?? '', into: folder, method, keepGoing })
}

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
