/** A message signed or checked by hand, as a person reads it: a step each, to be compared with code line by line. */
import { type MisreadSignature, type SignedMessage, signedForms } from '../model/access/signing.ts'
import type { Outcome } from '../model/outcome.ts'
import { count, type Style } from './style.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

export function signedText({ signed, showsMisread, curl }: Of<'signed-by-hand'>, style: Style): string {
  return [
    style.bold(capital(signedForms[signed.form])),
    ...stepLines(signed, style),
    ...sentLines(signed, style),
    ...(showsMisread ? misreadLines(signed.misread, style) : []),
    ...(curl === undefined ? [] : ['', style.bold('The call'), `  ${curl}`]),
  ].join('\n')
}

export function checkedText({ signed, checked }: Of<'signature-checked'>, style: Style): string {
  const { right, given, mistake, notes } = checked
  const noted = notes.map((note) => `  ${style.dim(note)}`)
  if (right) return [`${style.green('✔')} The signature is right: ${signedForms[signed.form]}.`, ...noted].join('\n')
  const head = [
    `${style.red('✖')} The signature is wrong: ${signedForms[signed.form]}.`,
    `  given  ${given}`,
    `  right  ${rightOf(signed)}`,
    ...(mistake === undefined
      ? ['  No mistake koo knows gives it; perhaps it was made with another key, or of another body.']
      : [`  ${style.yellow(mistake.wrong)}`, ...(mistake.mend === undefined ? [] : [`  ${mistake.mend}`])]),
    ...noted,
  ]
  if (mistake !== undefined) return head.join('\n')
  const rest = misreadLines(signed.misread, style)
  return [...head, '', style.bold('What koo gets at each step'), ...stepLines(signed, style), ...rest].join('\n')
}

function rightOf({ form, headers = [], signature }: SignedMessage): string {
  return (form === 'answer' ? headers[0]?.[1] : undefined) ?? signature
}

function stepLines({ steps }: SignedMessage, style: Style): readonly string[] {
  return steps.flatMap(({ title, how, text, bytes, remarks, hint }, index) => [
    '',
    `${index + 1}. ${style.bold(title)}: ${how} (${count(bytes, 'byte')})`,
    ...text.split('\n').map((line) => `   ${style.cyan(line)}`),
    ...remarks.map((remark) => `   ${style.yellow('!')} ${remark}`),
    ...(hint === undefined ? [] : [`   ${style.dim(hint)}`]),
  ])
}

function sentLines({ form, query, headers = [] }: SignedMessage, style: Style): readonly string[] {
  if (query !== undefined) return ['', style.bold('Query'), `  ${query}`]
  // That of an answer is a step.
  if (form === 'answer') return []
  return ['', style.bold('Headers'), ...headers.map(([name, value]) => `  ${name}: ${value}`)]
}

function misreadLines(misread: readonly MisreadSignature[], style: Style): readonly string[] {
  if (misread.length === 0) return []
  const lines = misread.flatMap(({ does, signature }) => [`  who ${does}`, `    ${style.cyan(signature)}`])
  return ['', style.bold('What mistakes give'), ...lines]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
