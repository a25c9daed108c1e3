/** The same upload to a sandbox by curl: the parts lie in files and are signed beforehand. Prints curl's milliseconds. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { sdkDate, sha256Hex, sign } from '../../src/signing/sdk-hmac-sha256.ts'

const { url, credentials, parts, bytes, sha256, parallel } = JSON.parse(process.argv[2] ?? '{}')
const { host } = new URL(url)

function headersOf(method: string, path: string, body: Uint8Array): readonly (readonly [string, string])[] {
  const bodyHash = sha256Hex(body)
  const headers = [
    ['host', host],
    ['x-sdk-date', sdkDate(Date.now())],
    ['client-request-id', randomUUID()],
    ['x-sdk-content-sha256', bodyHash],
  ] as const
  const { authorization } = sign(
    { method, path, query: [], headers, bodyHash },
    credentials.accessKey,
    credentials.secretKey,
  )
  return [...headers, ['authorization', authorization]]
}

async function post(path: string, json: unknown): Promise<{ readonly upload_id: string }> {
  const body = Buffer.from(json === undefined ? '' : JSON.stringify(json))
  const headers = { ...Object.fromEntries(headersOf('POST', path, body)), 'content-type': 'application/json' }
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as { readonly upload_id: string }
}

const { upload_id: id } = await post('/v1/uploads', { name: 'bundle.tar.gz', bytes, sha256 })
const config = (parts as readonly string[]).map((part, index) => {
  const path = `/v1/uploads/${id}/parts/${index + 1}`
  const headers = headersOf('PUT', path, readFileSync(part)).map(([name, value]) => `header = "${name}: ${value}"`)
  return [`url = "${url}${path}"`, `upload-file = "${part}"`, 'output = "/dev/null"', 'fail', ...headers].join('\n')
})
const file = `${parts[0]}.curl`
writeFileSync(file, config.join('\nnext\n'))
const start = process.hrtime.bigint()
const { status, stderr } = spawnSync(
  'curl',
  ['--silent', '--show-error', '--parallel', '--parallel-max', `${parallel}`, '--config', file],
  { encoding: 'utf8' },
)
if (status !== 0) throw new Error(`curl ended with ${status}: ${stderr}`)
await post(`/v1/uploads/${id}/complete`, undefined)
process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6))
