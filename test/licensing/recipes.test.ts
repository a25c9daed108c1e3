/** The programs in the README that check a license, run for real against licenses koo issued. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openShop, recipe, type Shop } from '../e2e/koo.ts'
import { runs, testWith } from '../e2e/programs.ts'

let shop: Shop
const licenses: Record<string, string> = {}

beforeAll(async () => {
  shop = await openShop()
  const made = async (...argv: readonly string[]) => {
    const { code, stdout } = await shop.koo(...argv)
    expect(code).toBe(0)
    return stdout
  }
  await made('keys', 'generate', '--no-passphrase')
  await made('keys', 'generate', 'other', '--no-passphrase')
  await made('keys', 'export', '--as', 'pem', '--out', 'license.pem')
  const issue = ['license', 'issue', 'examples/license', '--customer', 'Acme Ltd']
  const site = [...issue, '--specification', 'Enterprise Site']
  const good = await made(...site, '--quantity', 'hosts=250')
  licenses.good = good
  licenses.expired = await made(...site, '--from', '2020-01-01', '--until', '2020-01-31')
  licenses.early = await made(...site, '--from', '2999-01-01')
  licenses['signed by another key'] = await made(...site, '--key', 'other')
  const [header, payload = '', signature] = good.trim().split('.')
  const claims = Buffer.from(payload, 'base64url').toString()
  const forged = Buffer.from(claims.replace('"hosts":250', '"hosts":999')).toString('base64url')
  licenses.tampered = [header, forged, signature].join('.')
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  licenses['without a signature'] = `${none}.${payload}.`
  const product = Buffer.from(claims.replace('plumbline-fim', 'other')).toString('base64url')
  licenses['for another product, forged'] = [header, product, signature].join('.')
  licenses.nonsense = 'nonsense'
})
afterAll(() => shop.close())

const bad = [
  'expired',
  'early',
  'signed by another key',
  'tampered',
  'without a signature',
  'for another product, forged',
  'nonsense',
]

/** A distribution's packages are seen by its own Python, which may not be the first. */
const needs = ['-c', 'import jwt, cryptography']
const python = ['python3', '/usr/bin/python3'].find((each) => runs(each, needs, '.').code === 0) ?? 'python3'

const programs = [
  { language: 'Node.js', name: 'license-node', file: 'check.mjs', program: process.execPath, where: test },
  {
    language: 'Python',
    name: 'license-python',
    file: 'check.py',
    program: python,
    where: testWith(python, needs),
  },
] as const

describe.each(programs)('in $language', ({ name, file, program, where }) => {
  const checked = (license: string) => {
    writeFileSync(join(shop.folder, file), recipe(name))
    writeFileSync(join(shop.folder, 'acme.jwt'), licenses[license] ?? '')
    return runs(program, [file], shop.folder)
  }

  where('a good license holds', () => {
    const run = checked('good')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout.trim()).toBe('Licensed to Acme Ltd: Enterprise Site')
  })

  where.each(bad)('one that is %s does not', (license) => {
    const run = checked(license)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^No license: /)
  })
})

test('koo says the same', async () => {
  for (const [license, text] of Object.entries(licenses)) {
    const verified = await shop.kooReading(text, 'license', 'verify', '-', '--key', 'license.pem')
    expect([license, verified.code]).toEqual([license, license === 'good' ? 0 : 1])
  }
  expect(readFileSync(join(shop.folder, 'license.pem'), 'utf8')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
})
