/** Python without a lock file: requirements.txt and the dependencies of a pyproject.toml, where they are pinned. */
import { parse } from 'smol-toml'
import { onlyHash } from '../hashes.ts'
import { folderOf, type Package, type Reading, type SourceFile } from '../package.ts'
import { fields, textOf, textsOf } from '../values.ts'

/** https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export function requirements({ text }: SourceFile): Reading {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)
  const wanted = lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim())
  // Options say where from, or name further files, which koo reads where they are in the package, or the seller's own folders.
  return pinned(
    wanted.filter((line) => line !== '' && (!line.startsWith('-') || /^(-e|--editable)\b.*:\/\//.test(line))),
  )
}

/** https://packaging.python.org/en/latest/specifications/pyproject-toml/ */
export function pyproject({ text }: SourceFile): Reading {
  const { project, tool } = parse(text)
  const poetry = Object.entries(fields(fields(fields(tool).poetry).dependencies))
  const strings = poetry.filter(([name]) => name !== 'python').map(([name, range]) => `${name}${textOf(range) ?? ''}`)
  return pinned([...textsOf(fields(project).dependencies), ...strings])
}

/** Requirements as in PEP 508, with pip's `--hash` behind them. */
function pinned(wanted: readonly string[]): Reading {
  const packages: Package[] = []
  const leftOut: string[] = []
  for (const each of wanted) {
    const [, name = '', version] = /^([\w.-]+)\s*(?:\[[^\]]*\]\s*)?={2,3}\s*([\w.!+-]+)(?=$|[\s;])/.exec(each) ?? []
    const hashes = [...each.matchAll(/--hash[= ](\S+)/g)].map(([, hash = '']) => hash)
    if (version === undefined) leftOut.push(requiredName(each) ?? each)
    else packages.push({ ...pythonPackage(name, name, version), hashes: onlyHash(hashes) })
  }
  return { packages, leftOut }
}

/** A package that is installed says so in its METADATA (https://packaging.python.org/en/latest/specifications/core-metadata/). */
export function installedPython({ path, text }: SourceFile): Reading {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1)
  // A value that goes on in further lines, as the whole text of a licence does, is none of those wanted here.
  const values = (key: string) =>
    [...head.matchAll(new RegExp(`^${key}: *(.*)$(?!\\r?\\n[ \\t])`, 'gim'))].map(([, value = '']) => value.trim())
  const [[name = ''], [version = '']] = [values('Name'), values('Version')]
  if (name === '' || version === '') throw new Error('it has no name or no version')
  // Side by side in one folder, such as site-packages.
  const folder = folderOf(folderOf(path))
  const needs = values('Requires-Dist').filter((each) => !/;.*\bextra\b/.test(each))
  return {
    packages: [
      {
        ...pythonPackage(idIn(folder, name), name, version),
        licences: licencesOf(values),
        needs: needs.map((each) => [idIn(folder, requiredName(each) ?? each)]),
      },
    ],
  }
}

/** The newer field holds an SPDX expression; the older one anything from a name to the whole text of a licence. */
function licencesOf(values: (key: string) => readonly string[]): readonly string[] {
  const isName = (text: string) => text !== '' && text.length < 60 && text !== 'UNKNOWN'
  const stated = [...values('License-Expression'), ...values('License')].find(isName)
  if (stated !== undefined) return [stated]
  return values('Classifier').flatMap((each) => /^License :: (?:.* :: )?(?!OSI Approved$)(.+)$/.exec(each)?.[1] ?? [])
}

export function pythonPackage(id: string, name: string, version: string): Package {
  return { id, type: 'pypi', name: normalized(name), version }
}

/** Names of the Python Package Index that mean the same (PEP 503). */
export function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** The name at the start of a requirement. */
export function requiredName(requirement: string): string | undefined {
  return /^[A-Za-z0-9][\w.-]*/.exec(requirement)?.[0]
}

function idIn(folder: string, name: string): string {
  return `${folder}/${normalized(name)}`
}
