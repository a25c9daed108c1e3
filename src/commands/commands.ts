/** Every command, in the order `koo --help` shows them. What a command does is loaded when it runs. */
import { access } from './access.ts'
import type { Command } from './command.ts'
import { diff } from './diff.ts'
import { discontinue } from './discontinue.ts'
import { explain } from './explain.ts'
import { handoff } from './handoff.ts'
import { init } from './init.ts'
import { keys } from './keys.ts'
import { license } from './license.ts'
import { list } from './list.ts'
import { methods } from './methods.ts'
import { pack } from './pack.ts'
import { plan } from './plan.ts'
import { preview } from './preview.ts'
import { publish } from './publish.ts'
import { pull } from './pull.ts'
import { sandbox } from './sandbox.ts'
import { schema } from './schema.ts'
import { status } from './status.ts'
import { validate } from './validate.ts'
import { verify } from './verify.ts'
import { withdraw } from './withdraw.ts'

export const commands: readonly Command[] = [
  init,
  validate,
  explain,
  methods,
  schema,
  preview,
  pack,
  verify,
  keys,
  license,
  plan,
  diff,
  publish,
  handoff,
  pull,
  status,
  list,
  withdraw,
  discontinue,
  access,
  sandbox,
]
