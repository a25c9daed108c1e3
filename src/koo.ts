/** What `bin/koo.js` starts. The version is answered before anything else is loaded. */
import { version } from './version.ts'

export async function run(process: NodeJS.Process): Promise<number> {
  const argv = process.argv.slice(2)
  const [first] = argv
  if (argv.length === 1 && (first === '--version' || first === '-V')) {
    process.stdout.write(`${version}\n`)
    return 0
  }
  const [{ main }, { nodeWorld }] = await Promise.all([import('./main.ts'), import('./adapters/node-world.ts')])
  return main(argv, nodeWorld(process))
}
