/**
 * Builds koo: first what is generated from the tables, then the program.
 *
 * Plain JavaScript, because it runs before anything is compiled. `--write` also rewrites the generated files that are
 * kept in the repository (schemas, contract types, README tables); tests fail while they differ.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, transform } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const { version } = createRequire(import.meta.url)('../../package.json')
const target = 'node20'

async function generate() {
  const outfile = join(root, 'node_modules/.cache/koo/generate.mjs')
  await build({
    entryPoints: [join(root, 'src/build/generate.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target,
    packages: 'external',
    logLevel: 'warning',
  })
  const { generate } = await import(pathToFileURL(outfile).href)
  await generate(root, process.argv.includes('--write'))
}

/** What the program itself prints for `--help`, at the width of a pipe. */
function helpText(app) {
  const script = `require(${JSON.stringify(app)}).run(process).then((code) => process.exit(code))`
  return execFileSync(process.execPath, ['-e', script, 'koo', '--help'])
}

/** Of everything koo is made of; verdicts kept by one build do not hold for another. */
async function sourcesDigest() {
  const hash = createHash('sha256')
  const names = (await readdir(join(root, 'src'), { recursive: true })).filter((name) =>
    /\.(tsx?|js|cjs|css)$/.test(name),
  )
  for (const name of [...names.sort(), '../package-lock.json']) hash.update(await readFile(join(root, 'src', name)))
  return hash.digest('hex').slice(0, 16)
}

/** commander loads `child_process` (2 ms) for subcommands that are programs of their own; koo has none. */
const withoutSubprocesses = {
  name: 'without-subprocesses',
  setup(setup) {
    setup.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'none', namespace: 'none' } : undefined,
    )
    setup.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/**
 * One lazy chunk per command. esbuild splits only ES modules and Node loads CommonJS faster (bare `node` + 2 ms against
 * + 8 ms), so the chunks are split as the one and shipped as the other.
 */
async function bundle() {
  const dist = join(root, 'dist')
  const result = await build({
    entryPoints: { app: join(root, 'src/koo.ts') },
    entryNames: '[name]-[hash]',
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target,
    // With parts that cannot be bundled: native code, and a plug-in system that resolves packages at run time. The last is
    // an optional part of the CycloneDX library, for XML, which koo does not have.
    external: ['fastify', 'libsql', 'xmlbuilder2'],
    // The same parser, without the node build's look-up of an environment variable for every token.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    define: { KOO_VERSION: JSON.stringify(version), KOO_BUILD: JSON.stringify(await sourcesDigest()) },
    plugins: [withoutSubprocesses],
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  })
  await rm(dist, { recursive: true, force: true })
  await mkdir(dist, { recursive: true })
  await writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
  for (const { path, text } of result.outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target,
      supported: { 'dynamic-import': false },
      // CommonJS has no import.meta; the few packages that ask for it get the chunk's own address.
      define: { 'import.meta.url': 'chunkUrl' },
      banner: text.includes('import.meta.url')
        ? "const chunkUrl = require('node:url').pathToFileURL(__filename).href;"
        : '',
    })
    await writeFile(path, ascii(code))
  }
  const app = result.outputFiles.map(({ path }) => basename(path)).find((name) => name.startsWith('app-'))
  const packed = await pack(dist, `./${app}`)
  const launcher = await readFile(join(root, 'src/build/launcher.cjs'), 'utf8')
  await writeFile(join(dist, 'koo.cjs'), launcher.replace('./APP', `./${app}`).replace('PACKED', packed))
  await writeFile(join(dist, 'version.txt'), `${version}\n`)
  await writeFile(join(dist, 'help.txt'), helpText(join(dist, `${app}`)))
}

/**
 * Without decoding, the launcher reads a script several times as fast. esbuild escapes everything but regular expressions,
 * in which an escape means the same.
 */
function ascii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** One script of the chunks that `koo validate` loads for a sound manifest; gives its name. */
async function pack(dist, app) {
  const bodies = []
  for (const name of chunksLoaded(dist, app)) {
    const text = await readFile(join(dist, name), 'utf8')
    bodies.push(`${JSON.stringify(name)}: function (exports, require, module, __filename, __dirname) {${text}\n}`)
  }
  const script = `({${bodies.join(',\n')}})`
  const name = `packed-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.cjs`
  await writeFile(join(dist, name), script)
  return name
}

function chunksLoaded(dist, app) {
  const argv = ['koo', 'koo', 'validate', join(root, 'examples/saas')]
  const script = [
    `const { run } = require(${JSON.stringify(join(dist, app))})`,
    `process.argv = ${JSON.stringify(argv)}`,
    `run(process).then(() => process.stdout.write('\\n' + JSON.stringify(Object.keys(require.cache))))`,
  ].join('\n')
  const printed = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  const files = JSON.parse(printed.slice(printed.lastIndexOf('\n') + 1))
  return files.filter((file) => dirname(file) === dist).map((file) => basename(file))
}

await generate()
await bundle()
