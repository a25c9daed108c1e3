/** `koo access`: the production interface of a SaaS product, tried before KooGallery does. */
import { usage } from '../model/failure.ts'
import { accessOrder } from './access-order.ts'
import { accessServe } from './access-serve.ts'
import { accessSign } from './access-sign.ts'
import { accessTest } from './access-test.ts'
import { accessUsage } from './access-usage.ts'
import { accessVerify } from './access-verify.ts'
import { command } from './command.ts'

export const access = command({
  name: 'access',
  summary: 'test the production interface of a SaaS product as KooGallery calls it',
  options: {},
  commands: [accessTest, accessServe, accessSign, accessVerify, accessOrder, accessUsage],
  examples: [
    'koo access test https://saas.example.com/koogallery/produce --key-file key.txt',
    'koo access serve',
    'koo access sign --body call.json',
    'koo access order MOCKPERIODYEARNEW',
  ],
  async run() {
    throw usage('missing-command', 'Say what to do: koo access test URL, or koo access serve.')
  },
})
