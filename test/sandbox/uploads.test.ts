/** Files sent in parts: whole, interrupted, and not what they were announced as. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { partSize } from '../../src/sandbox/uploads.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { dataFolder, FakeClock, type Server, serve, signed, transports, wireOf } from './harness.ts'
import { uploaded } from './shop.ts'

/** Two whole parts and a bit, every part of other bytes. */
const content = Buffer.concat([Buffer.alloc(partSize, 'a'), Buffer.alloc(partSize, 'b'), Buffer.from('the end')])
const file = { name: 'northwind-crm-V1.0.tar.gz', bytes: content.length, sha256: sha256Hex(content) }
const partOf = (number: number) => content.subarray((number - 1) * partSize, number * partSize)

describe.each(transports)('%s', (transport) => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let server: Server
  const clock = new FakeClock()

  beforeEach(async () => {
    folder = await dataFolder()
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
    expect(await readdir(join(folder.path, 'parts'))).toEqual([])
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
    expect(await readdir(join(folder.path, 'parts'))).toEqual([])
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
