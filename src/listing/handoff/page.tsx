/** The page a person enters a product from: the console's steps in their order, each value with a copy button and a tick box. */
import { bytesText } from '../../model/bytes-text.ts'
import { rowOf } from '../../model/delivery-methods.ts'
import { type Handoff, type HandoffStep, ticksIn } from '../../model/handoff.ts'
import { htmlOf } from '../../web/page.tsx'
import { Badge, Notice, Scrolled, Top } from '../../web/parts.tsx'
import { CopyButton, Entry, hrefOf, Notes, Source, Warnings } from './parts.tsx'

/** `logo`: a data: address. `home`: where all products of the hand-over are listed. */
export function handoffPage(handoff: Handoff, more: { readonly logo?: string; readonly home?: string } = {}): string {
  const { name, version } = handoff
  return htmlOf({
    title: `${name} ${version}: hand-over to Seller Console`,
    description: `What to enter in KooGallery’s Seller Console for ${name} ${version}.`,
    styles: ['handoff'],
    scripts: ['copy', 'ticks'],
    body: <HandoffBody handoff={handoff} {...more} />,
  })
}

function HandoffBody({
  handoff,
  logo,
  home,
}: {
  readonly handoff: Handoff
  readonly logo?: string
  readonly home?: string
}) {
  const { key, name, version, method, sites, steps, koo, warnings } = handoff
  const total = steps.reduce((sum, step) => sum + ticksIn(step), 0)
  return (
    <>
      <Top name="Hand-over to Seller Console" {...(home === undefined ? {} : { home })} />
      <main id="main" class="wide" data-ticks={key}>
        <header class="handoff-head">
          {logo === undefined ? null : <img src={logo} alt="" width="72" height="72" />}
          <div>
            <h1>{name}</h1>
            <p class="row">
              <Badge tone="info">{version}</Badge>
              <Badge>{rowOf(method).title}</Badge>
              <span class="quiet">
                Product key <code>{key}</code>
              </span>
            </p>
          </div>
        </header>
        <p class="handoff-lead">
          KooGallery has no public API that releases products, so a person enters them. Follow the steps, copy each
          value into the form, and tick what is done; the ticks stay in this browser, and go where a value changes.
        </p>
        {sites.length < 2 ? null : (
          <Notice title={`It is entered ${sites.length} times: each site has a Seller Console of its own`}>
            <ul>
              {sites.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </Notice>
        )}
        <div class="handoff-columns">
          <Steps steps={steps} total={total} />
          <div class="handoff-steps">
            {warnings.length === 0 ? null : <Warnings warnings={warnings} />}
            {steps.map((step, index) => (
              <Step key={step.id} step={step} number={index} handoff={handoff} />
            ))}
            <Files handoff={handoff} />
            <NotEntered handoff={handoff} />
          </div>
        </div>
      </main>
      <footer class="bottom">
        Made by koo {koo}. Requirements as KooGallery’s public pages state them; open a source to see whether it still
        says so. Characters are counted as Unicode code points; KooGallery may count otherwise.
      </footer>
    </>
  )
}

function Steps({ steps, total }: { readonly steps: readonly HandoffStep[]; readonly total: number }) {
  return (
    <nav class="handoff-nav" aria-label="Steps">
      <p class="handoff-total">
        <progress data-progress-bar="" value="0" max={total} aria-label="Done of all steps" />
        <span data-progress-all="">{total} to do</span>
      </p>
      <ol start={0}>
        {steps.map((step, index) => (
          <li key={step.id}>
            <a href={`#step-${step.id}`}>
              <span class="handoff-number">{index}</span>
              <span class="handoff-step-title">{step.title}</span>
              <span class="handoff-count" data-progress={step.id}>
                {ticksIn(step) === 0 ? '' : ticksIn(step)}
              </span>
            </a>
          </li>
        ))}
        <li>
          <a href="#files">
            <span class="handoff-number" />
            <span class="handoff-step-title">Files</span>
          </a>
        </li>
        <li>
          <a href="#not-entered">
            <span class="handoff-number" />
            <span class="handoff-step-title">Not entered</span>
          </a>
        </li>
      </ol>
      <button type="button" class="handoff-clear" data-clear-ticks="" hidden>
        Clear all ticks
      </button>
    </nav>
  )
}

function Step({
  step,
  number,
  handoff,
}: {
  readonly step: HandoffStep
  readonly number: number
  readonly handoff: Handoff
}) {
  const { id, title, tasks, notes, entries, unknown } = step
  const ticks = ticksIn(step)
  return (
    <section class="card handoff-step" aria-labelledby={`step-${id}`} data-step={id}>
      <div class="handoff-step-head">
        <h2 id={`step-${id}`}>
          <span class="handoff-number">{number}</span> {title}
        </h2>
        {ticks === 0 ? null : (
          <span class="badge" data-progress={id}>
            {ticks} to do
          </span>
        )}
      </div>
      {tasks.length === 0 ? null : (
        <ul class="handoff-tasks">
          {tasks.map((task) => (
            <li key={task.id}>
              <input type="checkbox" id={task.id.replaceAll(' ', '-')} data-tick={task.id} data-digest={task.digest} />
              <span>
                <label for={task.id.replaceAll(' ', '-')}>{task.text}</label> <Source note={task} />
                {task.command === undefined ? null : (
                  <span class="handoff-value handoff-command">
                    <code class="handoff-text">{task.command}</code>
                    <CopyButton text={task.command} label="the command" />
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Notes notes={notes} />
      {entries.map((entry) => (
        <Entry key={entry.path} entry={entry} level={3} files={handoff.files} />
      ))}
      {ticks === 0 && notes.length === 0 ? <p class="quiet">There is nothing to enter in this step.</p> : null}
      {id === 'after' ? <Final handoff={handoff} /> : null}
      {unknown.length === 0 ? null : (
        <Notice tone="plain" title="Not documented">
          <p class="small">KooGallery’s public pages do not say</p>
          <ul class="small">
            {unknown.map((each) => (
              <li key={each}>{each}.</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  )
}

function Final({ handoff: { final } }: { readonly handoff: Handoff }) {
  return (
    <Notice tone="warning" title="Cannot be changed after the release">
      <ul>
        {final.map((note) => (
          <li key={note.text}>
            {note.text} <Source note={note} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Files({ handoff: { files } }: { readonly handoff: Handoff }) {
  return (
    <section class="card" aria-labelledby="files">
      <h2 id="files">Files</h2>
      {files.length === 0 ? (
        <p class="quiet">There are none.</p>
      ) : (
        <Scrolled label="Files of the folder">
          <table>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col" class="number">
                  Size
                </th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {files.map(({ path, bytes, sha256 }) => (
                <tr key={path}>
                  <td>
                    <a href={hrefOf(path)}>{path.slice('files/'.length)}</a>
                  </td>
                  <td class="number handoff-nowrap">{bytesText(bytes)}</td>
                  <td>
                    <code class="handoff-hash">{sha256}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
    </section>
  )
}

function NotEntered({ handoff: { notEntered } }: { readonly handoff: Handoff }) {
  return (
    <section class="card" aria-labelledby="not-entered">
      <h2 id="not-entered">Not entered in the console</h2>
      <p class="quiet">What else koo.yaml says, and why no form asks for it.</p>
      <Scrolled label="Fields that are not entered">
        <table class="handoff-others">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {notEntered.map(({ path, value, why }) => (
              <tr key={path}>
                <td>
                  <code>{path}</code>
                </td>
                <td class="handoff-value-cell">{value}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  )
}
