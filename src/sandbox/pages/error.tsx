/** A page that says why there is no other. */
import type { Visitor } from './door.ts'
import { framed } from './frame.tsx'

export function errorPage({
  title,
  message,
  visitor,
  isLocked,
}: {
  readonly title: string
  readonly message: string
  readonly visitor: Visitor | undefined
  readonly isLocked: boolean
}): string {
  return framed({
    title,
    visitor,
    isLocked,
    children: (
      <div class="card narrow">
        <h1>{title}</h1>
        <p>{message}</p>
        {visitor?.isIn === true ? (
          <p>
            <a href="/">To the storefront</a> · <a href="/console">To the console</a>
          </p>
        ) : null}
      </div>
    ),
  })
}
