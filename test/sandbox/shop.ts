/** The seller of these tests: a manifest, its logo, and how they are sent. */
import { randomUUID } from 'node:crypto'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import type { Reply, Server } from './harness.ts'

/** The first chunk of a PNG of 120 × 120 pixels, which is what the rules look at. */
export const logo = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('0000000d49484452', 'hex'),
  Buffer.from([0, 0, 0, 120, 0, 0, 0, 120, 8, 6, 0, 0, 0]),
])

export interface Wanted {
  readonly key?: string
  readonly name?: string
  readonly version?: string
  /** Changes the content. */
  readonly overview?: string
  readonly method?: string
  readonly submit?: boolean
  readonly token?: string
}

export function manifest({ key, name, version, overview, method }: Wanted = {}) {
  return {
    koo: 1,
    product: {
      key: key ?? 'database-care',
      name: name ?? 'Database Care',
      version: version ?? 'V1.0',
      logo: 'logo.png',
      overview: overview ?? 'We keep your PostgreSQL and MySQL databases healthy.',
      description: 'Monthly check-ups, upgrades and help when something breaks.',
      highlights: ['Answers within an hour'],
    },
    support: { email: 'care@tidewater-data.example' },
    delivery: { method: method ?? 'professional-service' },
    specifications: [{ name: 'Standard', billing: method === 'hardware' ? 'buyout' : 'yearly-monthly', price: 400 }],
  }
}

export async function uploaded(server: Server, content: Buffer, name = 'logo.png'): Promise<string> {
  const file = { name, bytes: content.length, sha256: sha256Hex(content) }
  const { body: upload } = await server.call('CreateUpload', { json: file })
  const id = upload.upload_id
  if (upload.state === 'complete') return id
  for (let number = 1; (number - 1) * upload.part_size < content.length; number++) {
    const bytes = content.subarray((number - 1) * upload.part_size, number * upload.part_size)
    demand(await server.call('UploadPart', { params: { upload_id: id, part_number: number }, bytes }))
  }
  demand(await server.call('CompleteUpload', { params: { upload_id: id } }))
  return id
}

function demand({ status, body }: Reply): void {
  if (status !== 200) throw new Error(body.error_msg)
}

export async function newRelease(server: Server, wanted: Wanted = {}) {
  const upload_id = await uploaded(server, logo)
  const own = manifest(wanted)
  return {
    key: own.product.key,
    content_digest: sha256Hex(JSON.stringify(own)),
    manifest: own,
    files: [{ path: 'logo.png', sha256: sha256Hex(logo), bytes: logo.length, upload_id }],
    ...(wanted.submit === undefined ? {} : { submit: wanted.submit }),
  }
}

export async function released(server: Server, wanted: Wanted = {}) {
  return server.call('CreateRelease', {
    headers: { 'x-client-token': wanted.token ?? randomUUID() },
    json: await newRelease(server, wanted),
  })
}

export async function approve(server: Server, releaseId: string) {
  return server.call('ReviewRelease', { params: { release_id: releaseId }, json: { decision: 'approve' } })
}
