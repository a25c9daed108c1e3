/** The verdict on a production interface as a person reads it. */
import type { Outcome } from '../model/outcome.ts'
import type { Style } from './style.ts'

export function accessText({ report }: Extract<Outcome, { readonly is: 'access-tested' }>, style: Style): string {
  return report.cases
    .map(({ id, level, outcome, title, wrong, mend, note }) =>
      [`${outcome} ${style.bold(id)} (${level}) ${title}`, wrong, mend, note].filter(Boolean).join('\n    '),
    )
    .join('\n')
}
