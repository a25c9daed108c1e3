/** What pages bring along: the style sheets and the scripts of `src/web`, each bundled into one text. */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** A module that exports the texts by the names of their files. */
export async function webAssets(root: string): Promise<string> {
  const styles = await texts(join(root, 'src/web/styles'), '.css')
  const scripts = await texts(join(root, 'src/web/browser'), '.ts')
  return `export const styles = ${JSON.stringify(styles)}\nexport const scripts = ${JSON.stringify(scripts)}\n`
}

async function texts(folder: string, suffix: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort()
  const built = names.map(async (name) => {
    const { outputFiles } = await build({
      entryPoints: [join(folder, name)],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      // Nothing newer than what browsers have had for years.
      target: ['chrome111', 'firefox113', 'safari16.4'],
      legalComments: 'none',
      logLevel: 'warning',
    })
    return [basename(name, suffix), (outputFiles[0]?.text ?? '').trim()] as const
  })
  return Object.fromEntries(await Promise.all(built))
}
