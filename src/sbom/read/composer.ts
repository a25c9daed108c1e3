/** PHP: composer.lock, and what Composer says it installed in `vendor`. */
import { hash } from '../hashes.ts'
import { type Need, type Package, type Reading, type SourceFile, splitName } from '../package.ts'
import { type Fields, fields, jsonFields, list, textOf, textsOf } from '../values.ts'

/** https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control */
export function composerLock({ text, beside }: SourceFile): Reading {
  const lock = jsonFields(text)
  if (!Array.isArray(lock.packages)) throw new Error('it has no `packages`')
  const roots = beside === undefined ? undefined : needsOf(jsonFields(beside))
  return { packages: lock.packages.map(fields).flatMap(made), roots }
}

/** `vendor/composer/installed.json`; until Composer 2 a bare list. */
export function installedComposer({ text }: SourceFile): Reading {
  const installed: unknown = JSON.parse(text)
  const packages = Array.isArray(installed) ? installed : list(fields(installed).packages)
  return { packages: packages.map(fields).flatMap(made) }
}

function made(entry: Fields): readonly Package[] {
  const [name, version] = [textOf(entry.name), textOf(entry.version)]
  if (name === undefined || version === undefined) throw new Error('a package has no name or no version')
  const licences = textsOf(entry.license)
  return [
    {
      id: name.toLowerCase(),
      type: 'composer',
      ...splitName(name),
      version,
      // Several of them are a choice (https://getcomposer.org/doc/04-schema.md#license).
      licences: licences.length > 1 ? [`(${licences.join(' OR ')})`] : licences,
      hashes: hash('sha1', textOf(fields(entry.dist).shasum)),
      needs: needsOf(entry),
    },
  ]
}

/** Needs of PHP itself and of its extensions, as in `ext-json`, lead nowhere. */
function needsOf(entry: Fields): readonly Need[] {
  return Object.keys(fields(entry.require)).map((name) => [name.toLowerCase()])
}
