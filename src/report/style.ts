/** Colours and counts: the few means all texts for people share. */
import { Chalk, type ChalkInstance } from 'chalk'
import type { Output } from '../ports.ts'
import { cells } from './width.ts'

export type Style = ChalkInstance

/** No colours, for measuring. */
export const plain: Style = new Chalk({ level: 0 })

export function styleOf(output: Output): Style {
  return new Chalk({ level: output.colours })
}

/** Words in lines of at most that many cells. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && cells(longer) > columns) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
