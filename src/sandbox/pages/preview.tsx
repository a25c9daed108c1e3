/** The page a buyer would see of a release, whatever its state, with what koo's rules find at its parts. */
import type { Remark } from '../../listing/listed.ts'
import { ProductPage } from '../../listing/product-page.tsx'
import type { Finding } from '../../model/diagnostic.ts'
import { diagnosticCodeRow, sourceOf } from '../../model/diagnostic-codes.ts'
import { Notice } from '../../web/parts.tsx'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { page, productAddress, releaseAddress, Trail } from './frame.tsx'
import { listedProduct } from './listed-product.ts'
import { findingsOf, releaseAsked } from './release-asked.ts'
import { stateTitles } from './shown.ts'

export async function previewPage(ask: Ask): Promise<Answer> {
  const { product, release } = releaseAsked(ask)
  const here = releaseAddress(release.id)
  const listed = await listedProduct(ask.tools.desk.uploads, release, ({ sha256 }) => `${here}/files/${sha256}`)
  const remarks = (await findingsOf(ask, release)).map(remarkOf)
  const text = page(ask, {
    title: `${release.name} ${release.version} as buyers would see it`,
    styles: ['product'],
    scripts: ['calculator'],
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            [product.key, productAddress(product.key)],
            [release.version, here],
          ]}
        />
        <Notice tone="info" title={`${release.version} as buyers would see it`}>
          <p>
            This release is {stateTitles[release.state].toLowerCase()}. <a href={here}>Back to the release</a>
          </p>
        </Notice>
        <ProductPage product={listed} remarks={remarks} />
      </>
    ),
  })
  return html(200, text)
}

function remarkOf({ path, code, message, hint }: Finding): Remark {
  const source = sourceOf(code)
  const { severity } = diagnosticCodeRow(code)
  return {
    ...{ path, is: severity, message, code },
    ...(hint === undefined ? {} : { hint }),
    ...(source === undefined ? {} : { source }),
  }
}
