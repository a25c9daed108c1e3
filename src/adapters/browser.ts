/** Opens the user's web browser. */
import { spawn } from 'node:child_process'
import { isAbsolute } from 'node:path'
import type { Environment } from '../ports.ts'
import { programFile, withoutSecrets } from './programs.ts'

type Opener = readonly [program: string, ...args: readonly string[]]

/**
 * Opens an address in a program of its own, which goes on without koo. Gives a sentence without its full stop where that
 * fails; while the program runs, nobody can tell, so that it is not to be waited for.
 */
export function openInBrowser(
  url: string,
  environment: Environment,
  platform: string = process.platform,
): Promise<string | undefined> {
  const [program, ...args] = openerOf(environment, platform)
  const path = isAbsolute(program) ? program : programFile(program, environment)
  if (path === undefined) return Promise.resolve(`there is no program ${program}`)
  return new Promise((resolve) => {
    const child = spawn(path, [...args, url], {
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
      env: withoutSecrets(environment),
    })
    child.once('error', (error) => resolve(`${program} cannot be run: ${error.message}`))
    child.once('exit', (code) => resolve(code === 0 || code === null ? undefined : `${program} ended with ${code}`))
    child.unref()
  })
}

/** BROWSER comes first, as with other programs; else what the system has for it. */
function openerOf({ BROWSER: named }: Environment, platform: string): Opener {
  if (named) return [named]
  if (platform === 'darwin') return ['open']
  // The empty text is the title of a window, for which `start` would take the address.
  return platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
}
