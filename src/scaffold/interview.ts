/** Gathers what a new product needs to be told: from flags, else from the person at the terminal, else from defaults. */
import { type DeliveryMethod, deliveryMethodIds, isDeliveryMethod, rowOf } from '../model/delivery-methods.ts'
import { usage } from '../model/failure.ts'
import type { Field } from '../model/field.ts'
import type { Prompter } from '../ports.ts'
import { type Question, questionsOf, valueOfAnswer } from './questions.ts'

const methodPath = '/delivery/method'
const keyPath = '/product/key'
const namePath = '/product/name'

export interface Circumstances {
  /** The flags given, by the pointer of the field they answer. */
  readonly given: ReadonlyMap<string, string>
  /** Take defaults and placeholders instead of asking. */
  readonly yes: boolean
  /** Left out where nobody can be asked. */
  readonly prompter: Prompter | undefined
  /** Absolute path of the product's folder, if it was named. */
  readonly folder: string | undefined
}

type Defaults = (path: string) => string | undefined

/** The delivery method, and every answer by JSON Pointer. */
export async function interview(
  circumstances: Circumstances,
): Promise<{ readonly method: DeliveryMethod; readonly answers: ReadonlyMap<string, unknown> }> {
  const { given, prompter, yes } = circumstances
  const method = await methodFrom(circumstances)
  const questions = questionsOf(method).filter(({ path }) => path !== methodPath)
  refuseStrays(given, method, questions)
  const answers = new Map<string, unknown>([[methodPath, method]])
  for (const question of questions) {
    const answer = given.get(question.path)
    if (answer !== undefined) answers.set(question.path, accepted(question, answer))
  }
  const defaults = defaultsFrom(answers, circumstances.folder)
  if (prompter) await askAll(prompter, questions, answers, defaults)
  else assume(answers, defaults, yes)
  return { method, answers }
}

async function methodFrom({ given, prompter, yes }: Circumstances): Promise<DeliveryMethod> {
  const question = questionsOf().find(({ path }) => path === methodPath)
  const named = given.get(methodPath)
  if (named !== undefined && question) {
    const checked = accepted(question, named)
    if (isDeliveryMethod(checked)) return checked
  }
  if (prompter === undefined) throw missing(['--method'], yes, `Possible: ${deliveryMethodIds.join(', ')}.`)
  return prompter.select({
    message: 'How is the product delivered?',
    choices: deliveryMethodIds.map((value) => ({
      value,
      name: rowOf(value).title,
      description: rowOf(value).description,
    })),
  })
}

/** A flag that answers a question of another delivery method is a mistake, not something to pass over. */
function refuseStrays(
  given: ReadonlyMap<string, string>,
  method: DeliveryMethod,
  questions: readonly Question[],
): void {
  const known = new Set([methodPath, ...questions.map(({ path }) => path)])
  const stray = deliveryMethodIds.flatMap(questionsOf).find(({ path }) => given.has(path) && !known.has(path))
  if (stray) throw usage('contradiction', `--${stray.ask.flag} does not apply to the delivery method ${method}.`)
}

/** The key from the folder and the name from the key, each computed when it is needed. */
function defaultsFrom(answers: ReadonlyMap<string, unknown>, folder: string | undefined): Defaults {
  return (path) => {
    if (path === keyPath) return folder === undefined ? undefined : slug(folder)
    if (path === namePath) return titleOf(String(answers.get(keyPath) ?? ''))
    return undefined
  }
}

async function askAll(
  prompter: Prompter,
  questions: readonly Question[],
  answers: Map<string, unknown>,
  defaults: Defaults,
): Promise<void> {
  for (const question of questions) {
    if (answers.has(question.path) || question.ask.quiet) continue
    const answer = await askOne(prompter, question, defaults(question.path))
    if (answer !== undefined) answers.set(question.path, answer)
  }
}

function assume(answers: Map<string, unknown>, defaults: Defaults, yes: boolean): void {
  const lacking: string[] = []
  for (const [path, flag] of [
    [keyPath, '--key'],
    [namePath, '--name'],
  ] as const) {
    if (answers.has(path)) continue
    const value = yes ? defaults(path) : undefined
    if (value) answers.set(path, value)
    else lacking.push(flag)
  }
  if (lacking.length > 0) throw missing(lacking, yes, yes ? 'Or name a folder.' : 'Or add --yes to take defaults.')
}

function accepted({ ask, field }: Question, given: string): unknown {
  const result = valueOfAnswer(field, given)
  if ('complaint' in result) throw usage('bad-flag', `--${ask.flag}: ${result.complaint}`)
  return result.value
}

function missing(names: readonly string[], yes: boolean, hint: string) {
  const why = yes ? '--yes asks nothing' : 'There is no terminal to ask'
  return usage('missing-flag', `${why}, and ${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} missing.`, hint)
}

async function askOne(prompter: Prompter, { field }: Question, initial: string | undefined): Promise<unknown> {
  if (field.kind === 'choice') {
    const options = Object.entries(field.options)
    const [only] = options
    if (options.length === 1 && only) return only[0]
    const choices = options.map(([value, name]) => ({ value, name }))
    return prompter.select({ message: `${field.title}:`, choices })
  }
  const start = initial ?? initialOf(field)
  const answer = await prompter.input({
    message: `${field.title}${optionsOf(field)}:`,
    ...(start === undefined ? {} : { initial: start }),
    complaint: (text) => {
      const result = valueOfAnswer(field, text)
      return 'complaint' in result ? result.complaint : undefined
    },
  })
  const result = valueOfAnswer(field, answer)
  return 'value' in result ? result.value : undefined
}

/** What a list can be made of. */
function optionsOf(field: Field): string {
  if (field.kind !== 'list') return ''
  if (field.item.kind === 'group') return ` (${Object.keys(field.item.fields).join(':')}, several with commas)`
  return field.item.kind === 'choice' ? ` (${Object.keys(field.item.options).join(', ')})` : ''
}

/** What Enter alone would answer. */
function initialOf(field: Field): string | undefined {
  switch (field.kind) {
    case 'text':
      return field.placeholder ?? field.initial
    case 'choice':
      return Object.keys(field.options)[0]
    case 'list':
      return initialOf(field.item)
    case 'group':
      return Object.values(field.fields).map(initialOf).join(':')
    default:
      return undefined
  }
}

/** The last part of a path as a product key; one too short, or without a letter a key may have, gets a word added. */
function slug(path: string): string {
  const name = path.split('/').filter(Boolean).at(-1) ?? ''
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const long = key.length >= 2 ? key : [key, 'product'].filter(Boolean).join('-')
  return long.slice(0, 63).replace(/-+$/, '')
}

export function titleOf(key: string): string {
  return key.replace(/(^|-)([a-z0-9])/g, (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase())
}
