/** The Prompter port over inquirer; questions go to stderr, because stdout is for results. */
import { createPromptModule } from 'inquirer'
import { Failure } from '../model/failure.ts'
import type { Prompter } from '../ports.ts'

export function inquirerPrompter(streams: {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}): Prompter {
  const prompt = createPromptModule(streams)
  return {
    input: ({ message, initial, complaint }) =>
      answered<string>(
        prompt([
          {
            type: 'input',
            name: 'answer',
            message,
            ...(initial === undefined ? {} : { default: initial }),
            validate: (answer: string) => complaint(answer) ?? true,
          },
        ]),
      ),
    select: <T extends string>({ message, choices }: Parameters<Prompter['select']>[0]) =>
      answered<T>(prompt([{ type: 'select', name: 'answer', message, choices: [...choices] }])),
    confirm: ({ message }) => answered<boolean>(prompt([{ type: 'confirm', name: 'answer', message, default: false }])),
    secret: ({ message, complaint }) =>
      answered<string>(
        prompt([
          {
            type: 'password',
            name: 'answer',
            message,
            // Else a key would show what has been typed.
            toggleMask: false,
            validate: (answer: string) => complaint(answer) ?? true,
          },
        ]),
      ),
  }
}

/** Ctrl-C at a question is the user stopping koo, not an error. */
async function answered<T>(question: Promise<unknown>): Promise<T> {
  try {
    return ((await question) as { readonly answer: T }).answer
  } catch (error) {
    if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')) {
      throw new Failure({ code: 'stopped', exit: 'stopped', message: 'Stopped. Nothing was written or sent.' })
    }
    throw error
  }
}
