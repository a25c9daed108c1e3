/** Frames: the caret stands under the right cell. */

import { describe, expect, test } from '@jest/globals'
import { Chalk } from 'chalk'
import { readSource } from '../../src/check/source.ts'
import { framed } from '../../src/report/frame.ts'

const plain = new Chalk({ level: 0 })

function caretLine(text: string, path: string): readonly string[] {
  const source = readSource('koo.yaml', Buffer.from(text))
  const lines = framed(source.place({ code: 'wrong-type', path, message: 'Wrong.' }), plain).split('\n')
  const caret = lines.findIndex((line) => line.includes('^'))
  return lines.slice(caret - 1, caret + 1).map((line) => line.replace(/^[> ] *\d* ?\| ?/, ''))
}

describe('the caret', () => {
  test('below plain text', () => {
    expect(caretLine('product:\n  name: 12\n', '/product/name')).toEqual(['  name: 12', '        ^^'])
  })

  test('below wide characters, which take two cells', () => {
    expect(caretLine('product: { name: 数据库, version: 12 }\n', '/product/version')).toEqual([
      'product: { name: 数据库, version: 12 }',
      '                                  ^^',
    ])
  })

  test('below combining characters, which take none', () => {
    expect(caretLine('{ name: e\u0301, version: 12 }\n', '/version').at(-1)).toBe('                    ^^')
  })

  test('keeps the tabs of the line', () => {
    expect(caretLine('{\n\t"name": 12\n}\n', '/name').at(-1)).toBe('\t        ^^')
  })

  test('of what is missing stands below what lacks it', () => {
    expect(caretLine('koo: 1\nproduct:\n  name: A\n', '/product/version').at(-1)).toBe('^^^^^^^')
  })
})
