/** `npm run bench -- validate`: one manifest against bare node, 5,000 against the validators others use. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { medians, peak, row } from './measure.js'

const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '../..')
const koo = join(root, 'bin/koo.js')
const schema = join(root, 'schemas/manifest.schema.json')
const count = 5000

/** Manifests of five methods beside each other; License has a package of its own to search and is left out. */
function makeProducts(folder) {
  mkdirSync(folder, { recursive: true })
  const methods = readdirSync(join(root, 'examples')).filter((method) => method !== 'license')
  const texts = methods.map((method) => readFileSync(join(root, 'examples', method, 'koo.yaml'), 'utf8'))
  for (const method of methods) {
    cpSync(join(root, 'examples', method), folder, {
      recursive: true,
      filter: (path) => !path.endsWith('koo.yaml'),
    })
  }
  let lines = 0
  for (let index = 0; index < count; index += 1) {
    const text = texts[index % texts.length]
      .replace(/^ {2}key: (.*)$/m, `  key: $1-${index}`)
      .replace(/^ {2}name: (.*)$/m, `  name: $1 No${index}`)
    lines += text.split('\n').length
    writeFileSync(join(folder, `product-${String(index).padStart(4, '0')}.yaml`), text)
  }
  return Math.round(lines / count)
}

const jirutka = join(dirname(require.resolve('@jirutka/ajv-cli/package.json')), 'lib/main.js')
const sourcemeta = join(dirname(require.resolve('@sourcemeta/jsonschema')), 'cli.js')
const glob = '*.yaml'

export function validateBench(write, { env, home }) {
  const example = join(root, 'examples/saas')
  const one = medians(
    { 'node -e 0': { argv: ['-e', '0'] }, 'koo validate, one manifest': { argv: [koo, 'validate', example] } },
    { env, cwd: home, runs: 25 },
  )
  const [bare = 1] = one.values()
  write(`One manifest, median of 25, Node ${process.version}\n`)
  for (const [name, time] of one) write(row(name, time, `${(time / bare).toFixed(2)} x bare node`))

  const cwd = join(home, 'products')
  const lines = makeProducts(cwd)
  const ajvCli = [require.resolve('ajv-cli/dist/index.js'), 'validate', '--spec=draft7', '--errors=no', '-s', schema]
  const commands = {
    'ajv-cli': { argv: [...ajvCli, '-d', glob] },
    'koo validate, cold (--no-cache)': { argv: [koo, 'validate', glob, '--no-cache'] },
    'koo validate, again (unchanged)': { argv: [koo, 'validate', glob] },
    '@sourcemeta/jsonschema': { argv: [sourcemeta, 'validate', schema, '.', '--extension', '.yaml'] },
    '@jirutka/ajv-cli': { argv: [jirutka, 'validate', '-s', schema, glob], every: 3 },
  }
  const runs = 9
  const many = medians(commands, { env, cwd, runs })
  const base = many.get('ajv-cli') ?? 1
  write(`\n${count} manifests of ${lines} lines, median of ${runs}, the same files and schema; only koo runs rules\n`)
  for (const [name, time] of many) {
    const memory = name.startsWith('@sourcemeta') ? '' : `peak ${peak(commands[name], { env, cwd }).toFixed(0)} MiB`
    write(row(name, time, `${(base / time).toFixed(2)} x as fast as ajv-cli`, memory))
  }
  const slow = many.get('@jirutka/ajv-cli') ?? 1
  const cold = many.get('koo validate, cold (--no-cache)') ?? 1
  write(`  koo, cold, is ${(slow / cold).toFixed(1)} times as fast as @jirutka/ajv-cli\n`)
}
