/** Writes what is generated from the tables: the validators and what pages bring along always, the files kept in the repository on request. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keptFiles } from './kept-files.ts'
import { validatorsModule } from './validators-module.ts'
import { webAssets } from './web-assets.ts'

export async function generate(root: string, write: boolean): Promise<void> {
  await writeFile(join(root, 'src/check/validators.js'), await validatorsModule(root))
  await writeFile(join(root, 'src/web/assets.js'), await webAssets(root))
  if (!write) return
  const kept = await keptFiles((path) => readFile(join(root, path), 'utf8'))
  await mkdir(join(root, 'schemas'), { recursive: true })
  for (const [path, text] of Object.entries(kept)) await writeFile(join(root, path), text)
}
