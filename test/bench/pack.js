/** `npm run bench -- pack`: packing and verifying 2 GB against the tools others use, on the same files. */
import { spawnSync } from 'node:child_process'
import { createCipheriv, createHash } from 'node:crypto'
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { medians, peak, row } from './measure.js'

const root = join(import.meta.dirname, '../..')
const koo = join(root, 'bin/koo.js')
const megabyte = 1024 * 1024
const words =
  'the a manifest server product config value import export function return const let class error warn info debug request response connection timeout retry user account order line item total price tax update delete insert select where from index table'.split(
    ' ',
  )

/** The same numbers every time. */
function numbers() {
  let seed = 1
  return () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return seed / 0x7fffffff
  }
}

/** 20,000 files of 8 to 32 KB, six of 170 MB that do not compress, four logs of 150 MB. */
function makeSoftware(folder) {
  const next = numbers()
  const word = () => words[Math.floor(next() * words.length)]
  for (let index = 0; index < 20_000; index += 1) {
    const inside = join(folder, 'src', `part-${index % 200}`)
    if (index < 200) mkdirSync(inside, { recursive: true })
    const size = 8192 + Math.floor(next() * 24_576)
    let text = ''
    while (text.length < size)
      text += `${word()}${next() < 0.1 ? '\n' : ' '}${next() < 0.08 ? Math.floor(next() * 1e6) : ''}`
    writeFileSync(join(inside, `file-${index}.js`), text.slice(0, size))
  }
  mkdirSync(join(folder, 'data'))
  for (let index = 0; index < 6; index += 1) {
    const cipher = createCipheriv('aes-128-ctr', createHash('md5').update(`${index}`).digest(), Buffer.alloc(16))
    const file = openSync(join(folder, 'data', `model-${index}.bin`), 'w')
    for (let part = 0; part < 170; part += 1) writeSync(file, cipher.update(Buffer.alloc(megabyte)))
    closeSync(file)
  }
  mkdirSync(join(folder, 'logs'))
  for (let index = 0; index < 4; index += 1) {
    const file = openSync(join(folder, 'logs', `server-${index}.log`), 'w')
    let time = 1.7e12
    for (let bytes = 0; bytes < 150 * megabyte; ) {
      let text = ''
      for (let line = 0; line < 5000; line += 1) {
        time += Math.floor(next() * 900)
        text += `${new Date(time).toISOString()} INFO [worker-${Math.floor(next() * 16)}] ${word()} ${word()} request=${Math.floor(next() * 4e9).toString(16)} took ${Math.floor(next() * 900)} ms\n`
      }
      bytes += writeSync(file, text)
    }
    closeSync(file)
  }
}

function makeProduct(home) {
  const folder = join(home, 'product')
  mkdirSync(join(folder, 'software'), { recursive: true })
  for (const part of ['docs', 'logo.png', 'software/share']) {
    cpSync(join(root, 'examples/license', part), join(folder, part), { recursive: true })
  }
  const manifest = readFileSync(join(root, 'examples/license/koo.yaml'), 'utf8')
  writeFileSync(join(folder, 'koo.yaml'), manifest.replace(/^ {4}exclude:\n.*\n/m, ''))
  makeSoftware(join(folder, 'software'))
  return folder
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

export function packBench(write, { env, home }) {
  const cwd = makeProduct(home)
  const bundle = 'dist/plumbline-fim_V2-1.tar.gz'
  const pigz = has('pigz')
  if (!pigz) write('pigz is not installed: gzip, on one processor, stands in for it.\n')
  const peer = pigz ? 'tar | pigz -6 -p2' : 'tar | gzip -6'
  const packer = { argv: [koo, 'pack', '-q', '--scan', 'off'] }
  const verifier = { argv: [koo, 'verify', '-q', bundle] }
  const commands = {
    [peer]: { shell: `tar --sort=name -cf - software | ${pigz ? 'pigz -6 -p2' : 'gzip -6'} > peer.tar.gz` },
    'koo pack': packer,
    'gzip -t, then sha256sum': { shell: `gzip -t ${bundle} && sha256sum ${bundle}` },
    'koo verify': verifier,
  }
  // What the third command reads.
  spawnSync(process.execPath, packer.argv, { env, cwd, stdio: 'inherit' })
  const runs = 3
  const times = medians(commands, { env, cwd, runs })
  const size = (file) => statSync(join(cwd, file)).size
  const of = (name) => times.get(name) ?? 1
  const share = ((100 * size(bundle)) / size('peer.tar.gz')).toFixed(1)
  const memory = (command) => `peak ${peak(command, { env, cwd }).toFixed(0)} MiB`
  write(`2 GB in 20,011 files, median of ${runs}, Node ${process.version}\n`)
  write(row(peer, of(peer), `${(size('peer.tar.gz') / 1e6).toFixed(0)} MB`))
  const faster = `${(of(peer) / of('koo pack')).toFixed(2)} x as fast, ${share} % of its size`
  write(row('koo pack, with its digests and the search', of('koo pack'), faster, memory(packer)))
  write(row('gzip -t, then sha256sum', of('gzip -t, then sha256sum')))
  const ratio = `${(of('koo verify') / of('gzip -t, then sha256sum')).toFixed(2)} x their time`
  write(row('koo verify', of('koo verify'), ratio, memory(verifier)))
  rmSync(cwd, { recursive: true })
}
