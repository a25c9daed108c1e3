/** Files to be packed whose name says that they hold secrets. What they say is looked at when they are packed. */
import type { Finding } from '../../model/diagnostic.ts'
import { pointer } from '../../model/pointer.ts'
import { namedSecret } from '../../model/secret-names.ts'
import type { Rule } from './rule.ts'

const path = pointer(['delivery', 'package', 'files'])
/** The rest is counted. */
const mostTold = 10

export const secretsRule: Rule = ({ manifest, packageSecrets = [], packageAllowIdle = [] }) => {
  const found = packageSecrets.slice(0, mostTold).map((file, index): Finding => {
    const more = index === mostTold - 1 ? packageSecrets.length - mostTold : 0
    const others = more > 0 ? ` There are ${more} more such files.` : ''
    return { code: 'package-secret', path, message: `${namedSecret(file)}${others}`, at: 'key' }
  })
  return [...found, ...idleFindings(manifest.delivery.package?.allowSecrets ?? [], packageAllowIdle)]
}

function idleFindings(globs: readonly string[], idle: readonly string[]): readonly Finding[] {
  return globs.flatMap((glob, index): readonly Finding[] => {
    if (!idle.includes(glob)) return []
    const message = `\`${glob}\` matches no packed file, so it allows nothing.`
    return [{ code: 'package-glob-idle', path: pointer(['delivery', 'package', 'allowSecrets', index]), message }]
  })
}
