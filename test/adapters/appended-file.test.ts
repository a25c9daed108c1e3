/** What is appended after a write that failed half way is whole. */
import { expect, test } from '@jest/globals'
import { appending } from '../../src/adapters/appended-file.ts'

test('a line that was written in part stands alone', async () => {
  let file = ''
  let room = 9
  const handle = {
    async appendFile(text: string) {
      file += text.slice(0, room)
      if (text.length > room) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    },
    datasync: async () => {},
    close: async () => {},
  }
  const { append } = appending(handle as Parameters<typeof appending>[0])
  await append('{"n":1}\n')
  await expect(append('{"n":2,"key":"harbor-crm"}\n')).rejects.toMatchObject({ code: 'ENOSPC' })
  room = 100
  await append('{"n":3}\n')
  await append('{"n":4}\n')
  expect(file.split('\n')).toEqual(['{"n":1}', '{"n":2,"k', '{"n":3}', '{"n":4}', ''])
})
