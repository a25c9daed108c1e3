/** JSON read with an eye to signatures. */
import { describe, expect, test } from '@jest/globals'
import { readJson, readObject } from '../../src/access/json-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readJson(bytes(text), 'The body')

describe('what is no JSON is refused at its place', () => {
  test.each([
    ['', 'line 1, column 1: it ends too early'],
    ['{"a":1', 'line 1, column 7: it ends too early'],
    ['{"a":1,}', 'line 1, column 8: a key in double quotes belongs here'],
    ['{\n  "a": 1\n  "b": 2}', 'line 3, column 3: a comma or the closing bracket belongs here'],
    ['{"a" 1}', 'line 1, column 6: a colon belongs here'],
    ["{'a':1}", 'line 1, column 2: a key in double quotes or `}` belongs here'],
    ['{"a":01}', 'line 1, column 6: a value belongs here'],
    ['{"a":"x\ny"}', 'line 1, column 6: a value belongs here'],
    ['{"a":"\\x"}', 'line 1, column 6: a value belongs here'],
    ['{"a":[1,2}', 'line 1, column 10: a comma or the closing bracket belongs here'],
    ['{} {}', 'line 1, column 4: nothing more belongs here'],
    ['[1 // two\n]', 'line 1, column 4: a comma or the closing bracket belongs here'],
    ['{"a":truex}', 'line 1, column 6: a value belongs here'],
    ['{"a":NaN}', 'line 1, column 6: a value belongs here'],
  ])('%j', (text, place) => {
    expect(() => read(text)).toThrow(`The body cannot be signed: ${place}.`)
  })
})

test('what the engine reads, this reads alike', () => {
  const texts = [
    '{}',
    ' [ ] ',
    '"\\ud83d\\ude00 \\u0000 \\/"',
    '{"a":{"b":[1,-0.5,1e3,true,false,null,"x"]},"c":"\u007f\u2028😀"}',
    '\r\n\t{"":""}\r\n',
    '-0',
  ]
  for (const text of texts) expect(read(text).value).toEqual(JSON.parse(text))
})

test('what is no UTF-8 is refused at its byte, what only looks like it is not', () => {
  const wrong = Uint8Array.from([...bytes('{\n"a":"中'), 0xff, ...bytes('"}')])
  expect(() => readJson(wrong, 'call.json')).toThrow(
    'call.json cannot be signed: line 2, column 7: byte 11 is no UTF-8, in which calls and answers are written.',
  )
  expect(read('{"a":"\ufffd"}').value).toEqual({ a: '\ufffd' })
})

test('only an object is a call', () => {
  const object = (text: string) => () => readObject(bytes(text), 'The body')
  expect(object('\n[1]')).toThrow('line 2, column 1: this is a list')
  expect(object('null')).toThrow('this is null')
  expect(object('"a"')).toThrow('this is a string')
  expect(readObject(bytes('{"a":1}'), 'The body').value).toEqual({ a: 1 })
})

describe('what makes signatures differ is told', () => {
  test.each([
    ['\ufeff{"a":"1"}', 'byte order mark'],
    ['{"a":"1","a":"2"}', 'The key "a" is there more than once'],
    ['{"a":1.0}', 'The number 1.0 is written 1 here'],
    ['{"a":12345678901234567890}', 'is written 12345678901234567000 here'],
    ['{"a":1e3}', 'The number 1e3 is written 1000 here'],
    ['{"a":1e999}', 'The number 1e999 is written null here'],
    ['{"a":-0}', 'The number -0 is written 0 here'],
    ['{"a":{"b":1,"1":2}}', 'the key "1" comes first here'],
    ['{"a":"\\u4e2d"}', '1 text has escapes'],
    ['{"a":"b\\/c","d\\/e":"\\u0041"}', '3 texts have escapes'],
    ['{"a":{"b":null}}', 'A null within an object or a list stays'],
  ])('%j', (text, told) => {
    const { remarks } = read(text)
    expect(remarks).toHaveLength(1)
    expect(remarks[0]).toContain(told)
  })

  test('of many numbers only some, and nothing of what is the same everywhere', () => {
    const many = read(`[${Array.from({ length: 9 }, (_, index) => `${index}.0`).join(',')}]`)
    expect(many.remarks).toHaveLength(6)
    expect(many.remarks[5]).toBe('So are 4 more numbers.')
    expect(read('{"b":"\\n\\"\\\\","a":null,"2":1,"1":0.25,"c":[[],{}]}').remarks).toEqual([])
  })
})
