/** TLS and certificates, with those a machine makes for itself: nothing signed is sent where one is not to be trusted. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { outcomes, reportOf, type Trial } from './trial.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
/** `describe` where there is an openssl, else `describe.skip`, which the count of tests shows. */
const describeWithOpenssl = hasOpenssl ? describe : describe.skip

type Tls = NonNullable<Trial['tls']>

describeWithOpenssl('over HTTPS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'koo-tls-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  let authority = ''
  let good: Tls
  let expired: Tls
  let ending: Tls
  let otherName: Tls
  let selfSigned: Tls

  function request(name: string): void {
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=koo')
  }

  function signed(name: string, host: string, ...validity: readonly string[]): Tls {
    request(name)
    writeFileSync(at(`${name}.ext`), `subjectAltName=${host}\n`)
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.ext`]
    openssl('x509', '-req', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', ...files, ...validity)
    return pair(name)
  }

  function pair(name: string): Tls {
    const text = (file: string) => readFileSync(at(file), 'utf8')
    return { certificate: text(`${name}.pem`), key: text(`${name}.key`), old: false }
  }

  beforeAll(() => {
    const usual = ['-newkey', 'rsa:2048', '-nodes', '-days', '90']
    openssl('req', '-x509', ...usual, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=koo test authority')
    authority = readFileSync(at('ca.pem'), 'utf8')
    good = signed('good', 'DNS:localhost,IP:127.0.0.1', '-days', '60')
    ending = signed('ending', 'DNS:localhost', '-days', '3')
    // Days before today are days after today, too, to older openssl; one second is over soon enough.
    expired = signed('expired', 'DNS:localhost', '-days', '-1')
    otherName = signed('other', 'DNS:other.example', '-days', '60')
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    openssl('req', '-x509', ...usual, '-keyout', 'self.key', '-out', 'self.pem', ...name)
    selfSigned = pair('self')
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('everything passes with a certificate of an authority that is trusted', async () => {
    const { failed, blocked, passed } = await outcomes({ tls: good, authority })
    expect({ failed, blocked }).toEqual({ failed: [], blocked: [] })
    expect(passed).toEqual(
      expect.arrayContaining(['domain-name', 'certificate', 'tls-version', 'tls-old', 'body-sign']),
    )
  })

  test.each([
    ['of an authority nobody knows', () => ({ tls: good }), /without those that vouch for it|authority nobody knows/],
    ['signed by itself', () => ({ tls: selfSigned, authority }), /self-signed/],
    ['that has expired', () => ({ tls: expired, authority }), /has expired/],
    ['for another name', () => ({ tls: otherName, authority }), /for another host/],
  ] as const)('a certificate %s is told, and nothing is sent', async (_, trial, words) => {
    let calls = 0
    const before: Trial['before'] = (answer) => (request) => {
      calls += 1
      return answer(request)
    }
    const { cases } = await reportOf({ ...trial(), before })
    const failed = cases.filter(({ outcome }) => outcome === 'failed')
    expect(failed.map(({ id }) => id)).toEqual(['certificate'])
    expect(failed[0]?.wrong).toMatch(words)
    expect(cases.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)).toEqual([
      'domain-name',
      'tls-version',
      'tls-old',
    ])
    expect(cases.find(({ id }) => id === 'body-sign')).toMatchObject({ outcome: 'blocked', note: /See certificate/ })
    expect(calls).toBe(0)
  })

  test('a certificate that ends soon is worth a word', async () => {
    const { cases } = await reportOf({ tls: ending, authority, only: ['certificate'] })
    expect(cases).toMatchObject([{ outcome: 'passed', note: expect.stringMatching(/ends in [23] days/) }])
  })

  test('an address with an IP address is told', async () => {
    const { cases } = await reportOf({ tls: good, authority, host: '127.0.0.1', only: ['domain-name', 'certificate'] })
    expect(cases).toMatchObject([
      { id: 'domain-name', outcome: 'failed', wrong: 'The address names the IP address 127.0.0.1.' },
      { id: 'certificate', outcome: 'passed' },
    ])
  })

  test('TLS 1.0 and 1.1 are told where they are spoken', async () => {
    const { failed } = await outcomes({ tls: { ...good, old: true }, authority, charging: ['period'] })
    expect(failed).toEqual(['tls-old'])
  })

  test('a server that speaks nothing newer than TLS 1.1 is told', async () => {
    const { certificate: cert, key } = good
    const oldest = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const
    const server = createServer({ cert, key, ...oldest }).listen(0, 'localhost')
    await new Promise((resolve) => server.on('listening', resolve))
    const { port } = server.address() as AddressInfo
    const { cases } = await reportOf({ url: `https://localhost:${port}/`, authority })
    server.close()
    expect(cases.find(({ id }) => id === 'tls-version')).toMatchObject({ outcome: 'failed', wrong: /TLS 1\.1/ })
    expect(cases.find(({ id }) => id === 'tls-old')).toMatchObject({ outcome: 'blocked' })
  })

  test('nobody there, and somebody without TLS, are told apart', async () => {
    const failedAt = async (url: string) => {
      const { cases } = await reportOf({ url, authority })
      return cases.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
    }
    expect(await failedAt('https://localhost:1/')).toEqual(['reachable'])
    const plain = createPlainServer().listen(0, 'localhost')
    await new Promise((resolve) => plain.on('listening', resolve))
    const { port } = plain.address() as AddressInfo
    const failed = await failedAt(`https://localhost:${port}/`)
    plain.close()
    expect(failed).toEqual(['tls-version', 'reachable'])
  })
})
