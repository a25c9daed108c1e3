/** `koo preview`: the product page as a buyer would see it, in the browser or as a file. */
import { usage } from '../model/failure.ts'
import { command, type OptionValues } from './command.ts'
import { marketplaceOptions } from './market.ts'
import { wholeNumber } from './numbers.ts'

const options = {
  out: { flag: '--out <file-or-folder>', about: 'write FILE.html, or a page for each product into a folder' },
  port: { flag: '--port <number>', about: 'port on 127.0.0.1 (default: any that is free)' },
  noOpen: { flag: '--no-open', about: 'do not open the browser' },
  remote: { flag: '--remote', about: 'show pictures of other servers too, which then see who looks' },
  compare: { flag: '--compare', about: 'show what is live beside what will be, with the differences' },
  ...marketplaceOptions,
} as const

export const preview = command({
  name: 'preview',
  summary: 'show the product page as buyers would see it, with findings at their places',
  about:
    'Takes files, folders and globs, also with mistakes in them. Serves the pages on this machine and draws them again whenever a manifest, or a file beside it, changes; on a terminal it opens the browser ($BROWSER). With --out each page is one file that needs nothing else: it opens from disk, as a CI artefact, or from an e-mail. Nothing is sent anywhere. Findings change nothing about the exit code; that is what `koo validate` is for.',
  arguments: '[paths...]',
  options,
  examples: [
    'koo preview',
    'koo preview examples/saas --out page.html',
    'koo preview products --out pages/',
    'koo preview --port 8000 --no-open',
    'koo preview examples/saas --compare --out changes.html',
  ],
  async run({ arguments: paths, options: given }, world) {
    refuseContradictions(given)
    const port = wholeNumber('--port', given.port, 0, [0, 65_535])
    const { openStudio } = await import('./preview-studio.ts')
    const studio = openStudio(world, paths, given)
    if (given.out !== undefined) {
      const { writePages } = await import('./preview-files.ts')
      return writePages(world, studio, given.out)
    }
    const { servePreview } = await import('./preview-server.ts')
    return servePreview(world, studio, { port, opens: given.noOpen !== true })
  },
})

function refuseContradictions({ out, port, noOpen, compare, marketplace, data }: OptionValues<typeof options>): void {
  if (out !== undefined && (port !== undefined || noOpen)) {
    const flag = port === undefined ? '--no-open' : '--port'
    throw usage('contradiction', `${flag} is for the server, and --out writes files instead.`)
  }
  if (!compare && (marketplace !== undefined || data !== undefined)) {
    const flag = marketplace === undefined ? '--data' : '--marketplace'
    throw usage('contradiction', `${flag} is for --compare.`, 'Without it, no marketplace is asked.')
  }
}
