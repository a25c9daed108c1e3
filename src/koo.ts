/** What `bin/koo.js` starts, through the launcher in `build/launcher.cjs`. */
import { nodeWorld } from './adapters/node-world.ts'
import { main } from './main.ts'

export function run(process: NodeJS.Process): Promise<number> {
  return main(process.argv.slice(2), nodeWorld(process))
}
