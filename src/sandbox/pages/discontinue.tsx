/** Discontinuing a product, which is final, so it is asked once more. */
import { Notice } from '../../web/parts.tsx'
import { face, type Product } from '../market.ts'
import { Refusal } from '../refusal.ts'
import { discontinueProduct } from '../verdicts.ts'
import { type Answer, html, moved } from './answer.ts'
import { type Ask, demandFresh } from './ask.ts'
import { page, productAddress, Token, Trail } from './frame.tsx'
import { productAsked } from './release-asked.ts'
import { stateTitles } from './shown.ts'

export function discontinuePage(ask: Ask): Answer {
  return drawn(ask, productAsked(ask), 200)
}

export function discontinueIt(ask: Ask): Answer {
  demandFresh(ask)
  const product = productAsked(ask)
  try {
    const revision = Number(ask.form.get('revision') ?? Number.NaN)
    discontinueProduct(ask.tools.desk, product.id, { by: 'console', revision })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return drawn(ask, productAsked(ask), error.status, error.message)
  }
  return moved(`${productAddress(product.key)}?told=discontinued`)
}

function drawn(ask: Ask, product: Product, status: number, conflict?: string): Answer {
  const { name } = face(product)
  const address = productAddress(product.key)
  const ending = product.releases.filter(({ state }) => state === 'on-sale' || state === 'in-review')
  const text = page(ask, {
    title: `Discontinue ${name}`,
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            [product.key, address],
          ]}
        />
        <div class="card narrow">
          <h1>Discontinue {name}?</h1>
          {conflict === undefined ? null : (
            <Notice tone="warning" title={conflict}>
              <p>Nothing was done. Below is what would happen now.</p>
            </Notice>
          )}
          {product.discontinued ? (
            <p>It is discontinued already.</p>
          ) : (
            <>
              <p>
                This is final: the product can never be on sale again, and nothing can be submitted for it any more.
              </p>
              {ending.length === 0 ? null : (
                <>
                  <p>What ends with it:</p>
                  <ul>
                    {ending.map(({ id, version, state }) => (
                      <li key={id}>
                        {version}, {stateTitles[state].toLowerCase()}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <form method="post" action={`${address}/discontinue`} class="row">
                <Token visitor={ask.visitor} />
                <input type="hidden" name="revision" value={String(product.revision)} />
                <button type="submit" class="danger">
                  Discontinue for good
                </button>
                <a class="button" href={address}>
                  Keep it
                </a>
              </form>
            </>
          )}
        </div>
      </>
    ),
  })
  return html(status, text)
}
