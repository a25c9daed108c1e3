/** `koo access usage`: pushes usage records to KooGallery, as a seller's production interface does. */
import { isLoopback } from '../model/address.ts'
import { command } from './command.ts'
import { givenBody } from './given-message.ts'
import { keyFor, keyOption } from './interconnection-key.ts'
import { wholeNumber } from './numbers.ts'
import { openApiName, sellerApiOptions, withSellerApi } from './seller-api.ts'

export const accessUsage = command({
  name: 'usage',
  summary: 'push usage records of pay-per-use instances to KooGallery',
  about:
    "The file is JSON: a list of records, or {\"usage_records\": […]}; each has instance_id, record_time, begin_time, end_time (yyyyMMdd'T'HHmmss'Z') and usage_value. All are checked before anything is sent, 1000 in a request. A request whose outcome is unknown is not repeated: buyers could pay twice.",
  arguments: '<file>',
  options: {
    ...keyOption,
    from: { flag: '--from <number>', about: 'begin with this record, counted from 0 (default: 0)' },
    dryRun: { flag: '--dry-run', about: 'check, and show what would be sent' },
    ...sellerApiOptions,
  },
  examples: [
    'koo access usage usage.json --dry-run',
    'koo access usage usage.json --key-file key.txt',
    'koo access usage usage.json --from 1000 --json',
  ],
  async run({ arguments: [file = ''], options }, world) {
    const { bytes, what } = await givenBody(world, undefined, file)
    const { readUsage, requestsOf } = await import('../access/usage-records.ts')
    const { records, problems, remarks } = readUsage(bytes, what)
    const from = wholeNumber('--from', options.from, 0, [0, Math.max(0, records.length - 1)])
    for (const text of remarks) world.emit({ is: 'notice', text })
    const base = {
      file: file === '-' ? 'standard input' : world.files.shown(file),
      openApi: openApiName(world, options),
      records: records.length,
      dryRun: options.dryRun === true,
      problems,
    }
    if (problems.length > 0) return { is: 'usage-pushed', push: { ...base, requests: [] } }
    const requests = requestsOf(records, from)
    if (options.dryRun) {
      const shown = requests.map((each) => ({ ...each, bytes: Buffer.byteLength(each.body), abnormal: [] }))
      return { is: 'usage-pushed', push: { ...base, requests: shown } }
    }
    // What is in flight when the user stops koo is waited for, so that its outcome is known.
    const choice = { ...options, whenStopped: 'finish' } as const
    return withSellerApi(world, choice, async (api, { openApi }) => {
      const key = await keyFor(world, options, isLoopback(new URL(openApi)))
      const { pushUsage } = await import('../access/usage-push.ts')
      const { clock, randomness, stop } = world
      const pushed = await pushUsage({ api, key, clock, randomness, stop, requests, records })
      return { is: 'usage-pushed', push: { ...base, requests: pushed } }
    })
  },
})
