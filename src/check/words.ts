/** Lines and words around an offset, for places a parser gives too narrowly. */
import type { Range } from './place.ts'

export function lineStart(body: string, at: number): number {
  return body.lastIndexOf('\n', at - 1) + 1
}

export function lineEnd(body: string, at: number): number {
  const end = body.slice(at).search(/\r?\n/)
  return end < 0 ? body.length : at + end
}

export function firstWord(body: string, at: number): number {
  return at + (/^[ \t]*/.exec(body.slice(at, lineEnd(body, at)))?.[0].length ?? 0)
}

/** The first word from there on, where a range is only the start of a line. */
export function wordAt(body: string, at: number): Range {
  const start = firstWord(body, at)
  const word = /^\S+/.exec(body.slice(start, start + 200))?.[0] ?? ''
  return [start, start + Math.max(1, word.length)]
}
