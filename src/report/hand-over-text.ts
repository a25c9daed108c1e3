/** What is handed over to a person, and what was entered by hand, as that person reads it. */
import { bytesText } from '../model/bytes-text.ts'
import { byHand, type HandOver } from '../model/hand-over.ts'
import type { HandedOff, Outcome } from '../model/outcome.ts'
import { count, type Style } from './style.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

/** A line for each product that was entered by hand. */
export function handOverLines({ handOvers = [] }: { readonly handOvers?: readonly HandOver[] }, style: Style) {
  return handOvers.map(({ key, productId, version, since, hidden, changed }) => {
    const day = new Date(since).toISOString().slice(0, 10)
    const said = `${style.bold(key)} on KooGallery by hand: product id ${productId}, ${version} since ${day}${hidden ? ', hidden from the front page and the search' : ''}`
    if (changed === undefined) return `${said}.`
    if (changed === 0) return `${said}; koo.yaml is as it was entered.`
    const compare = style.cyan(`koo diff ${key} --marketplace ${byHand}`)
    return `${said}; koo.yaml has changed since: ${count(changed, 'field')} (${compare})`
  })
}

export function handedOffText({ products, overview }: Of<'handed-off'>, style: Style): string {
  const lines = products.flatMap((each) => productLines(each, style))
  const first = overview ?? products[0]?.page
  return [...lines, ...(first === undefined ? [] : [`Open ${style.cyan(first)} in a browser.`])].join('\n')
}

function productLines({ key, folder, zip, files, toEnter, warnings }: HandedOff, style: Style): readonly string[] {
  const size = files.reduce((sum, each) => sum + each.bytes, 0)
  const told = warnings === 0 ? '' : style.yellow(`, ${count(warnings, 'warning')} on it`)
  return [
    `${style.green('✔')} ${style.bold(key)}: ${folder} ${style.dim(`(${count(toEnter, 'tick')}, ${count(files.length, 'file')}, ${bytesText(size)})`)}${told}`,
    ...(zip === undefined ? [] : [`  ${zip}`]),
  ]
}

export function handOverKeptText({ key, productId, version, outcome, previous }: Of<'hand-over-kept'>, style: Style) {
  const product = style.bold(key)
  switch (outcome) {
    case 'recorded': {
      const before =
        previous === undefined ? '' : `; before it was ${previous.version} (product id ${previous.productId})`
      return `${style.green('✔')} Recorded: ${product} ${version} is on KooGallery as product ${productId}${before}.`
    }
    case 'corrected': {
      const before = previous === undefined ? '' : `, not ${previous.productId}`
      return `${style.green('✔')} Corrected: ${product} ${version} is on KooGallery as product ${productId}${before}.`
    }
    case 'damaged-removed':
      return `Removed the damaged record of ${product}.`
    case 'already':
      return `${product} ${version} was recorded already, as product ${productId}, with this very content.`
    case 'forgotten':
      return `Forgotten: koo no longer says that ${product} ${version} is on KooGallery as product ${productId}.`
    case 'unknown':
      return `Nothing is recorded of ${product}.`
  }
}
