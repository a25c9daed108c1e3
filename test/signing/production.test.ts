/** Signatures of the production interface against vectors: what KooGallery signs, and what sellers sign. */
import { describe, expect, test } from '@jest/globals'
import { bodySign, payloadOf, signCall } from '../../src/signing/production.ts'

const key = '00000000-0000-4000-8000-000000000001'

/** Worked out by another implementation, after the steps of Huawei's sample project. */
const vector = {
  nonce: '50D83FDECAED6CCD8EF597F2A577950527928BA287D04E6036E92B2806FD17DA',
  timestamp: '1680508066618',
  payload:
    '{"activity":"newInstance","businessId":"87b94795-0603-4e24-8ae5-69420d60e3c8","orderId":"CS2211181819B4LVS","orderLineId":"CS2211181819B4LVS-000001","testFlag":"1"}',
  innerHash: '821a74cfcb203f5d53e17f8489753de249405d4fa8628a7f2d9671ac63a372df',
  signature: '2cce5b5deee8d41c9c7b0b6d8bd44c5940c9cd1e2a4a4f6a08688f33d9310ccc',
}
const body = JSON.parse(vector.payload) as Readonly<Record<string, unknown>>

describe('a call', () => {
  const { nonce, timestamp } = vector

  test('is signed as the vector says, step by step', () => {
    const { payload, innerHash, text, signature } = signCall(key, { body, nonce, timestamp })
    expect({ payload, innerHash, signature }).toEqual({
      payload: vector.payload,
      innerHash: vector.innerHash,
      signature: vector.signature,
    })
    expect(text).toBe(`${key}${nonce}${timestamp}${vector.innerHash}`)
  })

  test('has the same signature whatever the order of its keys, and with nulls', () => {
    const turned = Object.fromEntries([...Object.entries(body), ['expireTime', null]].reverse())
    expect(signCall(key, { body: turned, nonce, timestamp }).signature).toBe(vector.signature)
  })

  test.each([
    ['another body', { body: { ...body, orderId: 'CS2211181819B4LVT' }, nonce, timestamp }],
    ['another nonce', { body, nonce: nonce.toLowerCase(), timestamp }],
    ['another time', { body, nonce, timestamp: '1680508066' }],
  ])('has another signature with %s', (_, call) => {
    expect(signCall(key, call).signature).not.toBe(vector.signature)
  })

  test('has another signature with another key, and with its keys from Z to A', () => {
    expect(signCall(`${key} `, { body, nonce, timestamp }).signature).not.toBe(vector.signature)
    const descending = signCall(key, { body, nonce, timestamp }, 'descending')
    expect(descending.payload.startsWith('{"testFlag":"1","orderLineId"')).toBe(true)
    expect(descending.signature).not.toBe(vector.signature)
  })
})

test('only the keys of the body itself are sorted, those that look like numbers too', () => {
  expect(payloadOf({ b: { z: 1, a: [null, { y: 1, x: 2 }] }, 10: 'ten', 9: 'nine', a: 'ü' })).toBe(
    '{"10":"ten","9":"nine","a":"ü","b":{"z":1,"a":[null,{"y":1,"x":2}]}}',
  )
})

test('an answer is signed as the vector says, in the form the page wants', () => {
  const answer = '{"resultCode":"000000","resultMsg":"success."}'
  const wanted = 'sign_type="HMAC-SHA256", signature="bfPoWsx9dZrJAhodg/P0oF3Vnm8j/oTvg3Y+KFPJhtc="'
  expect(bodySign(key, answer)).toBe(wanted)
  expect(bodySign(key, new TextEncoder().encode(answer))).toBe(wanted)
  expect(bodySign(key, `${answer}\n`)).not.toBe(wanted)
})
