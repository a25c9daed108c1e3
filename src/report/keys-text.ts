/** Keys and licenses as a person reads them. */
import type { KeyRow } from '../model/keys.ts'
import { type License, momentText } from '../model/license.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

const protections: Readonly<Record<KeyRow['protection'], string>> = {
  passphrase: 'passphrase',
  none: 'none but the file’s mode',
  absent: 'public half only',
}

export function keysText(outcome: Of<'key-kept' | 'keys' | 'key-exported'>, style: Style): string {
  switch (outcome.is) {
    case 'key-kept':
      return kept(outcome, style)
    case 'keys':
      return listed(outcome, style)
    case 'key-exported':
      if (outcome.to.is === 'text') return outcome.to.text
      return `${style.green('✔')} Wrote ${outcome.as === 'secret' ? 'the secret key' : 'the public key'} ${outcome.key.name} to ${style.bold(outcome.to.file)}`
  }
}

function kept({ key, folder }: Of<'key-kept'>, style: Style): string {
  const unprotected =
    key.protection === 'none' ? ['  No passphrase protects it: whoever reads its file can sign as you.'] : []
  return [
    `${style.green('✔')} The key ${style.bold(key.name)} is ${key.keyId} ${style.dim(`(in ${folder})`)}`,
    ...unprotected,
    'Publish its public half, with which others check what it signed:',
    `  ${key.publicKey}`,
    'Keep a copy of its secret half where only you can read it:',
    `  ${style.cyan(`koo keys export ${key.name} --secret --out ${key.name}.key`)}`,
  ].join('\n')
}

function listed({ keys, folder }: Of<'keys'>, style: Style): string {
  if (keys.length === 0) return `There are no keys in ${folder}; \`koo keys generate\` makes one.`
  const rows = keys.map((each) => [
    `${each.name}${each.isDefault ? ' (default)' : ''}`,
    each.keyId,
    protections[each.protection],
    each.publicKey,
  ])
  return table(style, ['Key', 'Id', 'Protection', 'Public key'], rows)
}

export function licenseText(outcome: Of<'licensed' | 'license-checked'>, style: Style): string {
  if (outcome.is === 'license-checked') return checked(outcome, style)
  // The license alone, so that it can be piped.
  if (outcome.file === undefined) return outcome.token
  return [`${style.green('✔')} Wrote ${style.bold(outcome.file)}`, ...granted(outcome.license, outcome.keyId)].join(
    '\n',
  )
}

function checked({ file, problems, license, keyId }: Of<'license-checked'>, style: Style): string {
  const verdict =
    problems.length === 0
      ? [`${style.green('✔')} ${style.bold(file)}: the license holds.`]
      : [
          `${style.red('✖')} ${style.bold(file)}: the license does not hold.`,
          ...problems.map(({ message }) => `  ${style.red('!')} ${message}`),
        ]
  return [...verdict, ...(license === undefined ? [] : granted(license, keyId))].join('\n')
}

function granted(license: License, keyId: string | undefined): readonly string[] {
  const { product, quantities = {}, exp } = license
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['product', `${product.key} ${product.version}`],
    ['customer', license.sub],
    ['specification', license.specification],
    ...Object.entries(quantities).map(([name, number]) => [name, String(number)] as const),
    ['begins', momentText(license.nbf)],
    ['ends', exp === undefined ? 'never' : momentText(exp)],
    ['hardware id', license.hardware_id],
    ['system id', license.system_id],
    ['license id', license.jti],
    ['signed with', keyId],
  ]
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(width)}${value}`]))
}
