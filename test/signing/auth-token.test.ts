/** The authToken of version 1.0. */
import { expect, test } from '@jest/globals'
import { authToken } from '../../src/signing/auth-token.ts'

const key = '00000000-0000-4000-8000-000000000001'
const timeStamp = '20230327065233980'
const right = {
  text: `activity=expireInstance&instanceId=i-1&testFlag=1&timeStamp=${timeStamp}`,
  token: 'hgqF5BOz94KwbbEFg0FlDEK78fj7K5zi7dS2yHIMQgI=',
}

test('equals the vector, in whatever order the parameters come, with what is not signed among them', () => {
  const params = { testFlag: '1', instanceId: 'i-1', activity: 'expireInstance' }
  expect(authToken(key, params, timeStamp)).toEqual(right)
  expect(authToken(key, { authToken: 'another', timeStamp, ...params }, timeStamp)).toEqual(right)
})

test('sorts as Java does: capitals before small letters', () => {
  const { text } = authToken(key, { a: '1', B: '2', Z: '3 &' }, timeStamp)
  expect(text).toBe(`B=2&Z=3 &&a=1&timeStamp=${timeStamp}`)
})
