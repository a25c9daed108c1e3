/**
 * dist/koo.cjs: answers `--version` and `--help` with texts made at build time, before anything is loaded.
 *
 * For everything else it loads the program's chunks through a cache of V8's compiled code, which saves a third of the
 * start-up. The chunks that most runs need stand in one packed script, because opening thirty files takes as long as
 * running them.
 *
 * Chunk names carry a hash of their content, so a cache entry can never belong to another text; V8 itself refuses one of
 * another version or with other flags, and whatever fails here only means that the text is compiled as usual.
 * Off with NODE_DISABLE_COMPILE_CACHE=1, as Node's own.
 */
'use strict'
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const entry = './APP'
const packed = 'PACKED'
const texts = { '--version': 'version.txt', '-V': 'version.txt', '--help': 'help.txt', '-h': 'help.txt' }
const loaded = new Map()
const fresh = []

function cacheFolder() {
  const { env, platform, version, arch } = process
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const caches =
    (platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME) || join(require('node:os').homedir(), '.cache')
  return join(caches, 'koo', `${version}-${arch}`)
}

function cached(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function load(name, folder) {
  const known = loaded.get(name)
  if (known) return known.exports
  const module = { exports: {} }
  loaded.set(name, module)
  const inner = (id) => (id.startsWith('./') ? load(id, folder) : require(id))
  bodyOf(name, folder)(module.exports, inner, module, join(__dirname, name), __dirname)
  return module.exports
}

let pack

function bodyOf(name, folder) {
  // What a command compiles is its own: another command's cache would leave half of it out.
  pack ??= evaluated(packed, (text) => text, `${packed}.${/^[a-z]+$/.exec(process.argv[2] ?? '')?.[0] ?? ''}`, folder)
  const body = pack[name.slice('./'.length)]
  return body ?? evaluated(name, wrapped, name, folder)
}

const wrapped = (text) => `(function (exports, require, module, __filename, __dirname) {${text}\n})`

function evaluated(name, wrap, cacheName, folder) {
  const filename = join(__dirname, name)
  // The build writes nothing but ASCII, which needs no decoding.
  const text = wrap(readFileSync(filename, 'latin1'))
  const file = join(folder, `${cacheName}.cache`)
  const cachedData = cached(file)
  const { constants, Script } = require('node:vm')
  const script = new Script(text, {
    filename,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  if (!cachedData || script.cachedDataRejected) fresh.push({ file, script })
  return script.runInThisContext()
}

/** At exit, when the functions that were needed have been compiled and are part of the cache. */
function save(folder) {
  if (fresh.length === 0) return
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const { file, script } of fresh) {
      const temporary = `${file}.${process.pid}`
      writeFileSync(temporary, script.createCachedData(), { mode: 0o600 })
      renameSync(temporary, file)
    }
  } catch {
    // A home that cannot be written costs time, not function.
  }
}

function program() {
  const folder = cacheFolder()
  if (folder === undefined) return require(entry)
  const Module = require('node:module')
  if (Module.enableCompileCache) {
    Module.enableCompileCache(folder)
    return require(entry)
  }
  process.once('exit', () => save(folder))
  return load(entry, folder)
}

exports.run = async (process) => {
  const [only, ...more] = process.argv.slice(2)
  const text = more.length === 0 && Object.hasOwn(texts, only ?? '') ? texts[only] : undefined
  if (text === undefined) return program().run(process)
  process.stdout.write(readFileSync(join(__dirname, text)))
  return 0
}
