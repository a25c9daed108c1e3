/** Go: go.mod. */
import { type Package, type Reading, type SourceFile, splitName } from '../package.ts'

interface Module {
  readonly path: string
  readonly version?: string | undefined
}

/** https://go.dev/ref/mod#go-mod-file; since Go 1.17 it names what is needed indirectly too. */
export function goMod({ text }: SourceFile): Reading {
  if (!/^module\s/m.test(text)) throw new Error('it names no module')
  const required: Module[] = []
  const replaced = new Map<string, Module>()
  let block = ''
  for (const line of text.split(/\r?\n/).map((each) => each.replace(/\/\/.*$/, '').trim())) {
    const [, opened] = /^(\w+)\s*\($/.exec(line) ?? []
    if (opened !== undefined) block = opened
    else if (line === ')') block = ''
    else {
      const words = `${block} ${line}`.trim().split(/\s+/).map(unquoted)
      const [directive, ...rest] = words
      if (directive === 'require') required.push(moduleOf(rest))
      const arrow = rest.indexOf('=>')
      if (directive === 'replace' && arrow > 0) {
        replaced.set(rest.slice(0, arrow).join('@'), moduleOf(rest.slice(arrow + 1)))
      }
    }
  }
  const meant = required.map((each) => replaced.get(`${each.path}@${each.version}`) ?? replaced.get(each.path) ?? each)
  // A module replaced by a folder is the seller's own.
  return { packages: meant.filter(({ path }) => path !== '' && !/^\.{0,2}\//.test(path)).flatMap(made) }
}

function made({ path, version }: Module): readonly Package[] {
  return version === undefined ? [] : [{ id: path, type: 'golang', ...splitName(path), version }]
}

function moduleOf([path = '', version]: readonly string[]): Module {
  return { path, version }
}

function unquoted(word: string): string {
  return word.replace(/^["`](.*)["`]$/, '$1')
}
