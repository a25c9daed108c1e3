/** `koo access sign` and `koo access verify`, with the published vectors in both directions. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runKoo } from './in-process.ts'

const key = '00000000-0000-4000-8000-000000000001'
const nonce = '50D83FDECAED6CCD8EF597F2A577950527928BA287D04E6036E92B2806FD17DA'
const timestamp = '1680508066618'
const payload =
  '{"activity":"newInstance","businessId":"87b94795-0603-4e24-8ae5-69420d60e3c8","orderId":"CS2211181819B4LVS","orderLineId":"CS2211181819B4LVS-000001","testFlag":"1"}'
/** The same, as somebody else may write it. */
const body = `{ "testFlag": "1", "orderLineId": "CS2211181819B4LVS-000001", "memo": null,
  "orderId": "CS2211181819B4LVS", "activity": "newInstance", "businessId": "87b94795-0603-4e24-8ae5-69420d60e3c8" }`
const innerHash = '821a74cfcb203f5d53e17f8489753de249405d4fa8628a7f2d9671ac63a372df'
const signature = '2cce5b5deee8d41c9c7b0b6d8bd44c5940c9cd1e2a4a4f6a08688f33d9310ccc'
const answer = '{"resultCode":"000000","resultMsg":"success."}'
const bodySign = 'sign_type="HMAC-SHA256", signature="bfPoWsx9dZrJAhodg/P0oF3Vnm8j/oTvg3Y+KFPJhtc="'
const v1 = 'activity=expireInstance&instanceId=i-1&testFlag=1'
const timeStamp = '20230327065233980'
const authToken = 'hgqF5BOz94KwbbEFg0FlDEK78fj7K5zi7dS2yHIMQgI='

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-sign-'))
  await writeFile(join(folder, 'key.txt'), `${key}\n`, { mode: 0o600 })
  await writeFile(join(folder, 'call.json'), body)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const koo = (input: string, ...argv: readonly string[]) =>
  runKoo({ folder, environment: { KOO_DATA: join(folder, 'data') }, input }, 'access', ...argv)

/** With the key; nothing of it may be seen, whatever happens. */
async function keyed(...argv: readonly string[]) {
  return keyedReading('', ...argv)
}

async function keyedReading(input: string, ...argv: readonly string[]) {
  const run = await koo(input, ...argv, '--key-file', 'key.txt', '--debug')
  expect(run.stdout + run.stderr).not.toContain(key)
  expect(run.stdout + run.stderr).not.toContain(Buffer.from(key).toString('base64').slice(0, -4))
  return run
}

async function json(...argv: readonly string[]) {
  const { stdout, stderr, code } = await keyed(...argv, '--json')
  return { code, stderr, ...JSON.parse(stdout === '' ? '{}' : stdout) }
}

const fixed = ['--nonce', nonce, '--timestamp', timestamp] as const

describe('sign', () => {
  test('a call of version 2.0 equals the vector, step by step', async () => {
    const signed = await json('sign', body, ...fixed)
    expect(signed).toMatchObject({
      ...{ code: 0, form: 'v2', payload, inner_hash: innerHash, signature, nonce, timestamp },
      string: `<key>${nonce}${timestamp}${innerHash}`,
      query: `signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    })
    const steps = signed.steps as readonly { title: string; text: string; bytes: number; remarks: readonly string[] }[]
    expect(steps.map(({ title, bytes }) => [title, bytes])).toEqual([
      ['Body', body.length],
      ['Sorted body', payload.length],
      ['Inner hash', 64],
      ['String', key.length + 64 + 13 + 64],
      ['Signature', 64],
    ])
    expect(steps[1]?.remarks.slice(0, 2)).toEqual([
      'Dropped, as null: "memo".',
      'The keys are in another order: "activity", "businessId", "orderId", "orderLineId", "testFlag".',
    ])
    expect(signed).not.toHaveProperty('misreadings')
  })

  test('the body may come from an argument, a file or standard input', async () => {
    const [one, file, input] = [
      await json('sign', body, ...fixed),
      await json('sign', '--body', 'call.json', ...fixed),
      JSON.parse((await keyedReading(body, 'sign', '-', ...fixed, '--json')).stdout),
    ]
    expect([file.signature, input.signature]).toEqual([one.signature, one.signature])
  })

  test('without more, nonce and timestamp have the shape of the examples, and are new', async () => {
    const [one, other] = [await json('sign', payload), await json('sign', payload)]
    expect(one.nonce).toMatch(/^[0-9A-F]{64}$/)
    expect(one.timestamp).toMatch(/^\d{13}$/)
    expect(Math.abs(Date.now() - Number(one.timestamp))).toBeLessThan(60_000)
    expect(other.nonce).not.toBe(one.nonce)
  })

  test('the text numbers each step', async () => {
    const { stdout, code } = await keyed('sign', body, ...fixed)
    expect(code).toBe(0)
    expect(stdout.match(/^\d\. \w[\w ]*/gm)).toEqual([
      '1. Body',
      '2. Sorted body',
      '3. Inner hash',
      '4. String',
      '5. Signature',
    ])
    expect(stdout).toContain(`\n   <key>${nonce}${timestamp}${innerHash}\n`)
    expect(stdout).not.toContain('What mistakes give')
  })

  test('with --misreadings each mistake has a signature of its own, none of them the right one', async () => {
    const { misreadings } = await json('sign', payload, ...fixed, '--misreadings')
    const signatures = misreadings.map((each: { signature: string }) => each.signature)
    expect(signatures.length).toBeGreaterThan(10)
    expect(new Set(signatures).size).toBe(signatures.length)
    expect(signatures).not.toContain(signature)
  })

  test('--curl prints the call, which a shell reads as one address and one body', async () => {
    const { curl, url } = await json('sign', '{"activity":"it\'s"}', ...fixed, '--curl', 'https://a.example/p?x=1')
    expect(url).toMatch(/^https:\/\/a\.example\/p\?x=1&signature=[0-9a-f]{64}&timestamp=\d{13}&nonce=\w+$/)
    expect(curl).toBe(
      `curl -X POST '${url}' -H 'Accept: application/json' -H 'Content-Type: application/json;charset=utf8' --data-binary '{"activity":"it'\\''s"}'`,
    )
  })

  test('an answer is signed over its bytes, a line break among them', async () => {
    const { headers, form } = JSON.parse((await keyedReading(answer, 'sign', '--answer', '-', '--json')).stdout)
    expect([form, headers['Body-Sign']]).toEqual(['answer', bodySign])
    const broken = await keyedReading(`${answer}\n`, 'sign', '--answer', '-')
    expect(broken.stdout).not.toContain(bodySign)
    expect(broken.stdout).toContain('The line break at its end is signed, too')
  })

  test('a call of version 1.0 equals the vector', async () => {
    const signed = await json('sign', '--v1', v1, '--timestamp', timeStamp, '--misreadings')
    expect(signed).toMatchObject({ form: 'v1', signature: authToken, string: `${v1}&timeStamp=${timeStamp}` })
    expect(signed.misreadings.map(({ name }: { name: string }) => name)).toContain('key-alone')
  })

  test('a usage push has three headers', async () => {
    const { headers, string } = await json('sign', '--usage', '{"usage_records":[]}', ...fixed)
    expect(string).toBe(`ts=${timestamp}&nonce=${nonce}&body={"usage_records":[]}`)
    expect(headers).toMatchObject({ ts: timestamp, nonce })
    expect(headers.signature).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  })

  test('a key in the body is masked, and no call is printed with it', async () => {
    const within = `{"activity":"newInstance","memo":"${key}"}`
    expect((await json('sign', within, ...fixed)).payload).toBe('{"activity":"newInstance","memo":"<key>"}')
    expect(await keyed('sign', within, ...fixed, '--curl', 'http://localhost/')).toMatchObject({ code: 2, stdout: '' })
    expect((await json('sign', payload, '--nonce', key)).nonce).toBe('<key>')
  })

  test.each([
    [['sign'], 'There is no body'],
    [['sign', '{}', '--body', 'call.json'], 'given twice'],
    [['sign', '[1]'], 'line 1, column 1: this is a list'],
    [['sign', '{"a":}'], 'line 1, column 6: a value belongs here'],
    [['sign', '{}', '--answer', '--v1'], 'contradict each other'],
    [['sign', '{}', '--answer', '--nonce', 'x'], 'without nonce and timestamp'],
    [['sign', '{}', '--usage', '--curl', 'https://a.example'], 'contradicts --usage'],
    [['sign', '{}', '--curl', 'ftp://a.example'], 'no https address'],
    [['sign', '--body', 'missing.json'], 'missing.json'],
  ])('%j is wrong usage', async (argv, said) => {
    const run = await keyed(...argv)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(said)
  })

  test('without a key the exit code is 3', async () => {
    expect(await koo('', 'sign', payload)).toMatchObject({ code: 3, stdout: '' })
    expect(await koo('', 'verify', '--signature', 'x', '--timestamp', '1', '--nonce', 'n', payload)).toMatchObject({
      code: 3,
    })
  })
})

describe('verify', () => {
  const address = (given: string, other: readonly string[] = []) =>
    `https://a.example/p?${[`signature=${encodeURIComponent(given)}`, `timestamp=${timestamp}`, `nonce=${nonce}`, ...other].join('&')}`

  test.each([
    ['an address', [address(signature), body]],
    ['capitals', [address(signature.toUpperCase()), body]],
    ['a query alone', [address(signature).replace('https://a.example/p?', ''), payload]],
    ['flags', ['--signature', signature, ...fixed, '--body', 'call.json']],
  ])('a right signature is right: %s', async (_, argv) => {
    const { stdout, code } = await keyed('verify', ...argv)
    expect([code, stdout]).toEqual([0, expect.stringContaining('The signature is right')])
    expect(stdout).toMatch(/The timestamp is \d+ days old/)
  })

  test('a new one is in time', async () => {
    const { query } = await json('sign', payload)
    expect(await json('verify', query, payload)).toMatchObject({
      right: true,
      notes: ['The timestamp is in time: not older than a minute.'],
    })
  })

  test('of every misreading, it names that one', async () => {
    const special =
      '{"z":1,"activity":"newInstance","orderId":"a/b","memo":"中=<ä>","gone":null,"o":{"b":null,"a":1},"testFlag":"1", "zz":2}'
    const { misreadings } = await json('sign', special, ...fixed, '--misreadings')
    expect(misreadings.length).toBeGreaterThan(24)
    const named = await Promise.all(
      misreadings.map(async ({ signature: wrong }: { signature: string }) => {
        const { right, mistake, code } = await json('verify', address(wrong), special)
        return [right, code, mistake?.name]
      }),
    )
    expect(named).toEqual(misreadings.map(({ name }: { name: string }) => [false, 1, name]))
  })

  test('a wrong one nobody knows is told with all steps', async () => {
    const { stdout, code } = await keyed('verify', address('0'.repeat(64)), body)
    expect(code).toBe(1)
    expect(stdout).toContain('No mistake koo knows gives it')
    expect(stdout).toContain(`right  ${signature}`)
    expect(stdout).toContain('4. String')
    expect(await json('verify', address('0'.repeat(64)), body)).toMatchObject({ right: false, mistake: null })
  })

  test('what is no hex, seconds, and parameters given twice are told', async () => {
    const given = ['--signature', 'abc', '--timestamp', timestamp.slice(0, 10), '--nonce', nonce, payload]
    const { notes } = await json('verify', ...given)
    expect(notes[0]).toBe('A signature is 64 hex digits; this one has 3 characters.')
    expect(notes[1]).toContain('The timestamp is in seconds')
    const twice = await json('verify', address(signature, ['nonce=other']), payload)
    expect(twice).toMatchObject({ right: true, notes: [expect.anything(), expect.stringContaining('more than once')] })
  })

  test('a key given as the signature is not shown', async () => {
    expect(await json('verify', address(key), payload)).toMatchObject({ right: false, given: '<key>' })
  })

  const bytesSigned = 'bfPoWsx9dZrJAhodg/P0oF3Vnm8j/oTvg3Y+KFPJhtc='
  const hex = Buffer.from(bytesSigned, 'base64').toString('hex')
  test.each([
    ['right', answer, bodySign, undefined],
    ['right, as a header line', answer, `Body-Sign: ${bodySign}`, undefined],
    ['no quotes', answer, bodySign.replaceAll('"', ''), 'without double quotes'],
    ['hex', answer, bodySign.replace(bytesSigned, hex), 'in hex, not in base64'],
    ['the signature alone', answer, bytesSigned, 'not of the form'],
    ['a line break that is not sent', answer.trim(), '$LF', 'a line break at its end, which this one does not have'],
    ['a line break that is not signed', `${answer}\n`, bodySign, 'the text without blanks around it'],
    ['the JSON with its keys sorted', '{"resultMsg":"success.","resultCode":"000000"}', bodySign, 'keys sorted'],
    ['another', answer, bodySign.replace('bf', 'fb'), 'another text, or with another key'],
  ])('an answer: %s', async (_, sent, value, wrong) => {
    const signedWithBreak = JSON.parse((await keyedReading(`${answer}\n`, 'sign', '--answer', '-', '--json')).stdout)
    const given = value === '$LF' ? signedWithBreak.headers['Body-Sign'] : value
    const run = await keyedReading(sent, 'verify', '--answer', '-', '--body-sign', given)
    expect(run.code).toBe(wrong === undefined ? 0 : 1)
    expect(run.stdout).toContain(wrong ?? 'The signature is right')
  })

  test('version 1.0: right with its + as it is or encoded, and mistakes by name', async () => {
    const query = (token: string, more = '') =>
      `http://a.example/?${v1}${more}&timeStamp=${timeStamp}&authToken=${token}`
    expect(await json('verify', '--v1', query(authToken))).toMatchObject({ code: 0, right: true })
    expect(await json('verify', '--v1', query(encodeURIComponent(authToken)))).toMatchObject({ right: true })
    const more = '&memo=a%20b%2Bc'
    const { misreadings, signature: right } = await json(
      'sign',
      '--v1',
      `b=1&${v1}${more}`,
      '--timestamp',
      timeStamp,
      '--misreadings',
    )
    const named = await Promise.all(
      misreadings.map(({ signature: wrong }: { signature: string }) =>
        json('verify', '--v1', `b=1&${v1}${more}&timeStamp=${timeStamp}&authToken=${encodeURIComponent(wrong)}`),
      ),
    )
    expect(named.map(({ mistake }) => mistake?.name)).toEqual(misreadings.map(({ name }: { name: string }) => name))
    expect(await json('verify', '--v1', `b=1&${v1}${more}&timeStamp=${timeStamp}&authToken=${right}`)).toMatchObject({
      right: true,
    })
  })

  test.each([
    [[payload], 'There is no signature, no timestamp, no nonce'],
    [[address(signature)], 'There is no body'],
    [[address(signature), '--nonce', 'other', payload], 'The address has another nonce'],
    [[address(signature), payload, payload], 'one address'],
    [['--v1'], 'an address with its query'],
    [['--v1', v1], 'no authToken'],
    [['--answer', answer], 'There is no Body-Sign'],
    [['--body-sign', bodySign, answer], 'give --answer'],
    [['--usage', payload], '--usage'],
  ])('%j is wrong usage', async (argv, said) => {
    const run = await keyed('verify', ...argv)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(said)
  })
})
