/**
 * A seller's production interface on plain node:http, written from the access guide alone, as sellers write theirs.
 * `ACCESS_KEY=… node server.js [--broken NAME]` prints its port.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { broken = '' } = parseArgs({ options: { broken: { type: 'string' } } }).values
const key = process.env.ACCESS_KEY ?? ''
const hmac = (text, as = 'hex') => createHmac('sha256', key).update(text).digest(as)

const scenes = ['TRIAL_TO_FORMAL', 'RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'RENEWAL_CHANGE']
const text = (most) => (value) => typeof value === 'string' && value !== '' && value.length <= most
const oneOf = (values) => (value) => values.includes(value)
const time = (value) => typeof value === 'string' && /^\d{14}(\d{3})?$/.test(value)
const object = (value) => typeof value === 'object' && value !== null

/** What each call has to say, and what is done then. */
const activities = {
  newInstance: [{ orderId: text(64), orderLineId: text(64), businessId: text(64) }, newInstance],
  queryInstance: [{ instanceId: text(6500) }, queryInstance],
  refreshInstance: [
    { scene: oneOf(scenes), orderId: text(64), orderLineId: text(64), instanceId: text(64), expireTime: time },
    withInstance((instance, { expireTime }) => ({ ...instance, expireTime })),
  ],
  updateInstanceStatus: [
    { instanceId: text(64), status: oneOf(['FREEZE', 'UNFREEZE']) },
    withInstance((instance, { status }) => ({ ...instance, isFrozen: status === 'FREEZE' })),
  ],
  releaseInstance: [{ instanceId: text(64) }, releaseInstance],
  upgradeInstance: [
    { instanceId: text(64), orderId: text(64), orderLineId: text(64) },
    withInstance((instance, { orderId }) => ({ ...instance, orderId })),
  ],
  changeInstanceCheck: [{ instanceId: text(64), productInfo: object }, withInstance((instance) => instance)],
}

const instances = new Map()
/** By order line: an id, and the promise that its instance is there, for which calls at the same time wait together. */
const lines = new Map()
const nonces = new Map()

async function newInstance({ orderId, orderLineId, businessId }) {
  const line = `${orderId}/${orderLineId}`
  if (!lines.has(line) || broken === 'new-on-duplicate') {
    lines.set(line, { instanceId: businessId, made: create(businessId, orderId) })
  }
  const { instanceId, made } = lines.get(line)
  // The promise nobody waits for: the buyer is told that it is there, and it is not.
  if (broken !== 'no-await') await made
  return { resultCode: '000000', instanceId }
}

async function create(id, orderId) {
  await sleep(broken === 'no-await' ? 3_000 : 20)
  instances.set(id, { orderId, isFrozen: false })
}

function queryInstance({ instanceId }) {
  const ids = instanceId.split(',')
  if (ids.length > 100) return { resultCode: '000002', resultMsg: 'More than 100 ids' }
  const known = ids.filter((id) => instances.has(id))
  return known.length === 0 ? { resultCode: '000003' } : { resultCode: '000000', info: known.map(infoOf) }
}

function infoOf(instanceId) {
  const { orderId } = instances.get(instanceId)
  const appInfo = {
    frontEndUrl: `https://notes.example.com/${instanceId}`,
    adminUrl: `https://notes.example.com/${instanceId}/admin`,
    userName: 'admin',
    password: hmac(instanceId).slice(0, 12),
    memo: 'Grüße — 请尽快修改密码',
  }
  // What kind of order it is tells KooGallery's order query; its mock orders tell it by their names.
  return { instanceId, appInfo, ...(orderId.startsWith('MOCKONDEMAND') ? { usageInfo: [usageOf(instanceId)] } : {}) }
}

function usageOf(relatedInstanceId) {
  const gigabytes = Array.from({ length: 3 }).reduce((sum) => sum + 0.1, 0)
  const usageValue = broken === 'floats' ? gigabytes : Number(gigabytes.toFixed(4))
  const statisticalTime = new Date().toISOString().replace(/\D/g, '')
  return { relatedInstanceId, usageValue, statisticalTime, dashboardUrl: 'https://notes.example.com/usage' }
}

function withInstance(change) {
  return (call) => {
    const instance = instances.get(call.instanceId)
    if (instance === undefined) return { resultCode: '000003' }
    instances.set(call.instanceId, change(instance, call))
    return { resultCode: '000000' }
  }
}

const released = new Set()

function releaseInstance({ instanceId }) {
  if (!instances.delete(instanceId) && !released.has(instanceId)) return { resultCode: '000003' }
  released.add(instanceId)
  return { resultCode: '000000' }
}

/** A code where the call is not KooGallery's, or comes too late or again. */
function refusal(query, body, raw) {
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map((name) => query.get(name))
  if (!timestamp || !nonce) return '000002'
  if (!signature) return '000001'
  const kept = Object.keys(body).filter((name) => body[name] !== null)
  const sorted = `{${kept.sort().map((name) => `${JSON.stringify(name)}:${JSON.stringify(body[name])}`)}}`
  const payload = broken === 'raw-body' ? raw : sorted
  const inner = broken === 'plain-hash' ? createHash('sha256').update(payload).digest('hex') : hmac(payload)
  const right = Buffer.from(hmac(key + nonce + timestamp + inner))
  const given = Buffer.from(signature.toLowerCase())
  if (given.length !== right.length || !timingSafeEqual(given, right)) return '000001'
  if (!(Date.now() - Number(timestamp) <= 60_000)) return '000001'
  if (nonces.has(nonce) && broken !== 'replay') return '000001'
  nonces.set(nonce, Date.now())
  for (const [old, at] of nonces) if (at < Date.now() - 120_000) nonces.delete(old)
  return undefined
}

async function answerTo(query, raw) {
  let body
  try {
    body = JSON.parse(raw)
  } catch {}
  if (!object(body) || Array.isArray(body)) return { resultCode: '000002', resultMsg: 'The body is no JSON object' }
  const resultCode = refusal(query, body, raw)
  if (resultCode) return { resultCode, resultMsg: 'The call is not authentic' }
  if (!Object.hasOwn(activities, body.activity)) return { resultCode: '000002', resultMsg: 'Unknown activity' }
  const [fields, run] = activities[body.activity]
  const wrong = Object.keys(fields).find((name) => !fields[name](body[name]))
  return wrong ? { resultCode: '000002', resultMsg: `${wrong} is wrong` } : await run(body)
}

const server = createServer(async (request, response) => {
  const chunks = await request.toArray()
  const { searchParams } = new URL(request.url, 'http://localhost')
  const answer = await answerTo(searchParams, Buffer.concat(chunks).toString())
  // The guide wants Chinese characters as \uXXXX.
  const escaped = JSON.stringify(answer).replace(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const signature = hmac(escaped, broken === 'hex-body-sign' ? 'hex' : 'base64')
  const isRefused = broken === 'http-400' && answer.resultCode !== '000000'
  response.writeHead(isRefused ? 400 : 200, {
    'Content-Type': 'application/json;charset=utf-8',
    'Body-Sign': `sign_type="HMAC-SHA256", signature="${signature}"`,
  })
  response.end(escaped)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
