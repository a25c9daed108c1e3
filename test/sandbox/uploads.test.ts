/** Files sent in parts: whole, interrupted, and not what they were announced as. */
import { open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFaults } from '../../src/sandbox/fault-file.ts'
import { partSize } from '../../src/sandbox/uploads.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { dataFolder, FakeClock, type Server, serve, signed, transports, wireOf } from './harness.ts'
import { released, uploaded } from './shop.ts'

/** Two whole parts and a bit, every part of other bytes. */
const content = Buffer.concat([Buffer.alloc(partSize, 'a'), Buffer.alloc(partSize, 'b'), Buffer.from('the end')])
const file = { name: 'northwind-crm-V1.0.tar.gz', bytes: content.length, sha256: sha256Hex(content) }
const partOf = (number: number) => content.subarray((number - 1) * partSize, number * partSize)

describe.each(transports)('%s', (transport) => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let server: Server
  let clock: FakeClock

  beforeEach(async () => {
    folder = await dataFolder()
    clock = new FakeClock()
    server = await serve(transport, { data: folder.path, clock })
  })
  afterEach(async () => {
    await server.close()
    await folder.remove()
  })
  const announce = () => server.call('CreateUpload', { json: file })
  const send = (upload_id: string, part_number: number, bytes: Buffer) =>
    server.call('UploadPart', { params: { upload_id, part_number }, bytes })
  const complete = (upload_id: string) => server.call('CompleteUpload', { params: { upload_id } })

  test('a file is sent once', async () => {
    const id = await uploaded(server, content, file.name)
    const { body } = await server.call('ShowUpload', { params: { upload_id: id } })
    expect(body).toMatchObject({ ...file, state: 'complete', part_size: partSize })
    expect(await announce()).toMatchObject({ status: 200, body: { upload_id: id, state: 'complete' } })
    expect(await complete(id)).toMatchObject({ status: 200 })
    expect(await readdir(join(folder.path, 'blobs'))).toEqual([file.sha256])
    expect(await readdir(join(folder.path, 'open'))).toEqual([])
  })

  test('an interrupted upload is resumed, also after a restart', async () => {
    const { status, body } = await announce()
    expect(status).toBe(201)
    await send(body.upload_id, 3, partOf(3))
    await send(body.upload_id, 1, partOf(1))
    await server.close()
    server = await serve(transport, { data: folder.path, clock })
    const again = await announce()
    expect(again).toMatchObject({ status: 200, body: { upload_id: body.upload_id, state: 'open' } })
    expect(again.body.parts.map((each) => each.part_number)).toEqual([1, 3])
    expect(await complete(body.upload_id)).toMatchObject({ status: 400, body: { error_code: 'KOO.01400005' } })
    await send(body.upload_id, 2, partOf(2))
    expect(await complete(body.upload_id)).toMatchObject({ status: 200, body: { state: 'complete' } })
  })

  test('a whole of another hash is refused, and mended by sending the part again', async () => {
    const { body } = await announce()
    for (const number of [1, 2]) await send(body.upload_id, number, partOf(number))
    await send(body.upload_id, 3, Buffer.from('the End'))
    expect(await complete(body.upload_id)).toMatchObject({ status: 400, body: { error_code: 'KOO.01400005' } })
    await send(body.upload_id, 3, partOf(3))
    expect(await complete(body.upload_id)).toMatchObject({ status: 200 })
    expect(await readdir(join(folder.path, 'blobs'))).toEqual([file.sha256])
  })

  test('a part of another size or place is refused', async () => {
    const { body } = await announce()
    const wrong = { status: 400, body: { error_code: 'KOO.01400004' } }
    expect(await send(body.upload_id, 1, Buffer.from('short'))).toMatchObject(wrong)
    expect(await send(body.upload_id, 4, Buffer.from('beyond the end'))).toMatchObject(wrong)
    expect(await send('no-such-upload', 1, partOf(3))).toMatchObject({ status: 404 })
  })

  test('a part whose bytes changed on the way is refused', async () => {
    const { body } = await announce()
    const params = { upload_id: body.upload_id, part_number: 3 }
    const wire = signed(wireOf('UploadPart', { params, bytes: partOf(3) }), server.credentials, clock.now())
    const reply = await server.send({ ...wire, body: Buffer.from('the End') })
    expect(reply).toMatchObject({ status: 400, body: { error_code: 'KOO.01400004' } })
  })

  test('a part has to be signed with its hash', async () => {
    const { body } = await announce()
    const asked = {
      params: { upload_id: body.upload_id, part_number: 3 },
      bytes: partOf(3),
      headers: { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' },
    }
    expect(await server.call('UploadPart', asked)).toMatchObject({ status: 400, body: { error_code: 'KOO.01400001' } })
  })

  test('a complete upload keeps its bytes', async () => {
    const id = await uploaded(server, content, file.name)
    expect(await send(id, 3, partOf(3))).toMatchObject({ status: 200 })
    expect(await send(id, 3, Buffer.from('the End'))).toMatchObject({
      status: 409,
      body: { error_code: 'KOO.01409004' },
    })
  })

  test('two who complete the same upload at once both succeed', async () => {
    const { body } = await announce()
    for (const number of [1, 2, 3]) await send(body.upload_id, number, partOf(number))
    const replies = await Promise.all([complete(body.upload_id), complete(body.upload_id), complete(body.upload_id)])
    expect(replies.map((each) => each.status)).toEqual([200, 200, 200])
  })

  test('two who send the same file at once both succeed', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => uploaded(server, Buffer.from('small'), 'eula.txt')))
    expect(new Set(ids).size).toBe(1)
    expect(await readdir(join(folder.path, 'open'))).toEqual([])
  })

  test('a part that was damaged where it is kept has to be sent again', async () => {
    const { body } = await announce()
    const id = body.upload_id
    for (const number of [1, 2, 3]) await send(id, number, partOf(number))
    const kept = await open(join(folder.path, 'open', id), 'r+')
    await kept.write(Buffer.from('damage'), 0, 6, partSize + 99)
    await kept.close()
    expect(await complete(id)).toMatchObject({ status: 400, body: { error_code: 'KOO.01400005' } })
    const { body: shown } = await server.call('ShowUpload', { params: { upload_id: id } })
    expect(shown.parts.map((each) => each.part_number)).toEqual([1, 3])
    await send(id, 2, partOf(2))
    expect(await complete(id)).toMatchObject({ status: 200, body: { state: 'complete' } })
  })

  test('two who send other bytes for one part at once never make a mixture of it', async () => {
    const { body } = await announce()
    const id = body.upload_id
    const other = await serve(transport, { data: folder.path, clock })
    const wrong = Buffer.alloc(partSize, 'x')
    const by = (each: Server, bytes: Buffer) =>
      each.call('UploadPart', { params: { upload_id: id, part_number: 1 }, bytes })
    await Promise.all([by(server, wrong), by(other, partOf(1)), by(server, wrong), by(other, partOf(1))])
    const { body: shown } = await server.call('ShowUpload', { params: { upload_id: id } })
    const kept = await readFile(join(folder.path, 'open', id))
    expect(sha256Hex(kept.subarray(0, partSize))).toBe(shown.parts[0]?.sha256)
    await other.close()
  })

  test('a part sent while the whole is looked at makes it be looked at again', async () => {
    const { body } = await announce()
    const id = body.upload_id
    for (const number of [1, 2, 3]) await send(id, number, partOf(number))
    const wrong = Buffer.alloc(partSize, 'x')
    const [completed, replaced] = await Promise.all([complete(id), send(id, 1, wrong)])
    const { body: shown } = await server.call('ShowUpload', { params: { upload_id: id } })
    // Whichever came first: what is called complete is what was announced.
    if (shown.state === 'complete') {
      expect(replaced.status).toBe(409)
      expect(await readFile(join(folder.path, 'blobs', file.sha256))).toEqual(content)
    } else expect([completed.status, replaced.status]).toEqual([400, 200])
  })

  test('an upload moved by a process that was killed before it said so is completed by the next', async () => {
    const { body } = await announce()
    const id = body.upload_id
    for (const number of [1, 2, 3]) await send(id, number, partOf(number))
    await rename(join(folder.path, 'open', id), join(folder.path, 'blobs', file.sha256))
    await server.close()
    server = await serve(transport, { data: folder.path, clock })
    expect(await complete(id)).toMatchObject({ status: 200, body: { state: 'complete' } })
  })

  test('what no release and no upload of the last seven days needs is deleted at the start', async () => {
    const { body: release } = await released(server)
    const unneeded = await uploaded(server, content, file.name)
    const { body: begun } = await server.call('CreateUpload', { json: { ...file, sha256: 'a'.repeat(64) } })
    await send(begun.upload_id, 1, partOf(1))
    await writeFile(join(folder.path, 'open', 'left-over.tmp'), 'x')
    const later = async (days: number) => {
      await server.close()
      clock.pass(days * 24 * 3_600_000)
      server = await serve(transport, { data: folder.path, clock })
    }
    const names = async () => [
      ...(await readdir(join(folder.path, 'blobs'))),
      ...(await readdir(join(folder.path, 'open'))),
    ]
    const logoHash = release.files[0]?.sha256
    await later(6)
    expect(new Set(await names())).toEqual(new Set([logoHash, file.sha256, begun.upload_id]))
    await later(2)
    expect(await names()).toEqual([logoHash])
    for (const upload_id of [unneeded, begun.upload_id]) {
      expect((await server.call('ShowUpload', { params: { upload_id } })).status).toBe(404)
    }
  })

  test('a full marketplace says so, and keeps what it has', async () => {
    const { body } = await announce()
    await server.close()
    const faults = readFaults('full.yaml', Buffer.from('faults:\n  - { fault: storage, bytes: 9000000 }\n'))
    server = await serve(transport, { data: folder.path, clock, faults })
    expect((await send(body.upload_id, 1, partOf(1))).status).toBe(200)
    expect(await send(body.upload_id, 2, partOf(2))).toMatchObject({
      status: 507,
      body: { error_code: 'KOO.01507001' },
    })
  })

  test('an empty file has no parts', async () => {
    expect(await uploaded(server, Buffer.alloc(0), 'empty.txt')).toBeTruthy()
  })

  const posix = process.platform === 'win32' ? test.skip : test
  posix('only the user can read the data', async () => {
    await uploaded(server, content, file.name)
    const mode = async (path: string) => ((await stat(join(folder.path, path))).mode & 0o777).toString(8)
    expect(await mode('marketplace.db')).toBe('600')
    expect(await mode('blobs')).toBe('700')
    expect(await mode(`blobs/${file.sha256}`)).toBe('600')
  })
})
