/**
 * The Assets port over KooGallery's open API: `GET /api/mkp-openapi-public/v1/asset/deployed-object`.
 * Source: the Terraform provider's data source of KooGallery assets, and the open API's table of result codes.
 */
import { Failure } from '../model/failure.ts'
import type { Assets } from '../ports.ts'
import { type Answer, errorOf, type SignedHttp } from './signed-http.ts'
import { printable } from './wire.ts'

const path = '/api/mkp-openapi-public/v1/asset/deployed-object'

/** A refusal may come with status 200, so the code decides; older services of the same API have other words for it. */
const success = new Set<unknown>([undefined, null, '92020000', 'MKT.0000', 'CBC.0000'])

export function httpAssets(open: () => SignedHttp): Assets {
  return {
    async find({ id, kind, version }) {
      const http = open()
      try {
        const query: readonly (readonly [string, string])[] = [
          ['asset_id', id],
          ['deployed_type', kind],
          ...(version === undefined ? [] : [['asset_version', version] as const]),
        ]
        return versionsIn(await http.call({ method: 'GET', path, query, repeatable: true }), id)
      } finally {
        await http.close()
      }
    },
  }
}

/** A version has an entry for each region, so it may come more than once. */
function versionsIn(answer: Answer, id: string): readonly string[] {
  const body = answer.json as { readonly error_code?: unknown; readonly data?: unknown } | undefined
  const data = body?.data ?? []
  if (answer.status !== 200 || body === undefined || !success.has(body?.error_code) || !Array.isArray(data)) {
    const { code, message } = errorOf(answer)
    throw new Failure({
      code: 'open-api-refused',
      exit: 'marketplace',
      message: `The open API does not answer the look-up: ${message} (${code})`,
    })
  }
  const versions = data.flatMap((each: { readonly asset_id?: unknown; readonly version?: unknown } | null) =>
    each?.asset_id === id ? [printable(String(each.version ?? ''))] : [],
  )
  return [...new Set(versions)]
}
