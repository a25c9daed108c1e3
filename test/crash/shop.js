/** The seller of the crash test: a licensed product with a bundle of several parts, and two small products. */
import { createCipheriv, createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
export const koo = join(root, 'bin/koo.js')

/** More than two parts of 8 MiB. */
const dataBytes = 20 * 1024 * 1024

/** Bytes that do not compress, the same each time. */
function noise(bytes) {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 'koo'), Buffer.alloc(16)).update(Buffer.alloc(bytes))
}

/** Makes the shop in a folder; gives the paths of its products, the large one first. */
export function openShop(folder) {
  const products = ['license', 'consulting', 'saas']
  for (const name of products) cpSync(join(root, 'examples', name), join(folder, name), { recursive: true })
  const data = join(folder, 'license/software/data')
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'signatures.bin'), noise(dataBytes))
  return products
}

/** Compiled code, which all machines share: to compile it anew takes longer than the rest of a run. */
const compiled = (folder) => join(folder, 'compiled')

/** Where each run has its own home, data and caches, as a machine of its own; `shared` is the folder of all runs. */
export function machine(folder, shared) {
  const home = join(folder, 'home')
  const caches = join(home, 'cache/koo')
  const fresh = () => {
    rmSync(home, { recursive: true, force: true })
    mkdirSync(caches, { recursive: true })
    mkdirSync(compiled(shared), { recursive: true })
    symlinkSync(compiled(shared), join(caches, `${process.version}-${process.arch}`), 'junction')
  }
  fresh()
  const { PATH = '' } = process.env
  const environment = { PATH, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache') }
  return { home, environment, fresh }
}

export function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
