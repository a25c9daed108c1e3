/** `koo init --template`: a sheet to fill in. */
import { type DeliveryMethod, deliveryMethodIds } from '../model/delivery-methods.ts'
import { usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Files } from '../ports.ts'
import { newManifest } from '../scaffold/scaffold.ts'
import { templateBytes, templateKinds, templateOf } from '../sheet/template.ts'

/** @param method the only one the template is for; left out, all. */
export async function writeTemplate(
  files: Files,
  file: string,
  { method, force }: { readonly method: DeliveryMethod | undefined; readonly force: boolean },
): Promise<Outcome> {
  const kind = templateKinds.find((each) => file.toLowerCase().endsWith(each))
  if (kind === undefined) {
    throw usage('bad-flag', `--template writes ${templateKinds.join(', ')}, and ${file} ends with none of them.`)
  }
  if (!force && (await files.exists(file))) {
    throw usage('exists', `${files.shown(file)} is there already; nothing was written.`, 'Add --force to overwrite it.')
  }
  const template = templateOf(method === undefined ? deliveryMethodIds : [method], (each, key, name) => {
    const answers = new Map([
      ['/product/key', key],
      ['/product/name', name],
      ['/delivery/method', each],
    ])
    return newManifest(each, answers).value
  })
  await files.write(file, templateBytes(template, kind))
  return { is: 'template', file: files.shown(file), columns: template.columns.length, rows: template.rows.length }
}
