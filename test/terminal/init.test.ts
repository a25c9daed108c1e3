/** `koo init` on a terminal, by keys. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { keys, type Place, place, run, type Screen, terminal } from './terminal.ts'

let here: Place
const opened: Screen[] = []

beforeEach(async () => {
  here = await place()
})
afterEach(async () => {
  for (const each of opened.splice(0)) each.close()
  await here.remove()
})

function init(...args: readonly string[]): Screen {
  const screen = terminal(here, ['init', ...args])
  opened.push(screen)
  return screen
}

/** Chooses the delivery method by its title, from the top of the list down. */
async function choose(screen: Screen, title: string): Promise<void> {
  await screen.see('How is the product delivered?')
  await screen.see('❯ SaaS')
  const titles = ['SaaS', 'License', 'Image', 'Professional service', 'Hardware cloud service', 'Consulting service']
  for (const each of titles.slice(1, titles.indexOf(title) + 1)) {
    screen.type(keys.down)
    await screen.see(`❯ ${each}`)
  }
  screen.type(keys.enter)
  await screen.see(`✔ How is the product delivered? ${title}`)
}

/** Types an answer; none takes the default. */
async function answer(screen: Screen, question: string, typed = ''): Promise<void> {
  await screen.see(`? ${question}:`)
  screen.type(typed, keys.enter)
  await screen.see(`✔ ${question}:`)
}

/** A wrong answer is complained of below the question, and can be mended in place. */
async function mend(screen: Screen, question: string, wrong: string, complaint: string, right: string): Promise<void> {
  await screen.see(`? ${question}:`)
  screen.type(wrong, keys.enter)
  await screen.see(`> ${complaint}`)
  expect(screen.text()).toContain(`? ${question}: ${wrong}`)
  screen.type(keys.clearLine, right, keys.enter)
  await screen.see(`✔ ${question}: ${right}`)
  expect(screen.text()).not.toContain(complaint)
}

async function written(folder: string): Promise<unknown> {
  return parse(await readFile(join(here.folder, folder, 'koo.yaml'), 'utf8'))
}

/** No error, and at least one placeholder to fill in. Returns what the warnings point at. */
async function placeholders(folder: string): Promise<readonly string[]> {
  const { code, stdout } = await run(here, ['validate', folder, '--json'])
  const { summary, diagnostics } = JSON.parse(stdout) as {
    readonly summary: { readonly errors: number }
    readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly path: string }[]
  }
  expect({ code, errors: summary.errors }).toEqual({ code: 0, errors: 0 })
  expect(diagnostics.every((each) => each.code === 'placeholder' && each.severity === 'warning')).toBe(true)
  return diagnostics.map((each) => each.path)
}

async function finished(screen: Screen, folder: string): Promise<void> {
  expect(await screen.ended()).toBe(0)
  expect(screen.text()).toContain(`✔ Wrote ${folder}: koo.yaml`)
  // Quoted where a shell would take it apart.
  expect(screen.text()).toContain(`  koo validate ${folder.includes(' ') ? `'${folder}'` : folder}`)
  expect(screen.cursorVisible()).toBe(true)
}

test('a SaaS product', async () => {
  const screen = init('Harbor CRM')
  await choose(screen, 'SaaS')
  await screen.see('(harbor-crm)')
  await answer(screen, 'Product key')
  await screen.see('(Harbor Crm)')
  await answer(screen, 'Product name', 'Harbor: the CRM #7 for "ports"')
  await mend(screen, 'Customer service e-mail', 'crew', 'Customer service e-mail must be an', 'crew@harbor.example')
  const url = 'https://crm.harbor.example/produce'
  await mend(screen, 'Production system API URL', 'https://10.0.0.1/', 'Production system API URL must be an', url)
  await screen.see('❯ Yearly/Monthly')
  screen.type(keys.down)
  await screen.see('❯ Buyout')
  screen.type(keys.enter)
  await finished(screen, 'Harbor CRM')
  expect(await written('Harbor CRM')).toMatchObject({
    product: { key: 'harbor-crm', name: 'Harbor: the CRM #7 for "ports"', version: 'V1.0' },
    support: { email: 'crew@harbor.example' },
    delivery: { method: 'saas', productionUrl: url },
    specifications: [{ billing: 'buyout' }],
  })
  const left = await placeholders('Harbor CRM')
  expect(left).toContain('/product/logo')
  expect(left).not.toContain('/support/email')
  expect(left).not.toContain('/delivery/productionUrl')
})

test('a License product', async () => {
  const screen = init()
  await choose(screen, 'License')
  await mend(screen, 'Product key', 'Ledger Desk', 'Product key must be 2 to 63', 'ledger-desk')
  await answer(screen, 'Product name', '账本 Ledger')
  await answer(screen, 'Customer service e-mail')
  const location = 'customer-private-cloud'
  await mend(
    screen,
    'Deployment location (customer-public-cloud, customer-private-cloud)',
    'the moon',
    'Location cannot be `the moon`. Possible: customer-public-cloud',
    location,
  )
  await screen.see('Billing mode:')
  screen.type(keys.enter)
  await finished(screen, 'ledger-desk')
  expect(await written('ledger-desk')).toMatchObject({
    product: { key: 'ledger-desk', name: '账本 Ledger' },
    delivery: { method: 'license', deployment: [location] },
    specifications: [{ billing: 'yearly-monthly' }],
  })
  expect(await placeholders('ledger-desk')).toContain('/support/email')
})

test('an Image product', async () => {
  const screen = init()
  await choose(screen, 'Image')
  await answer(screen, 'Product key', 'tide-db')
  await answer(screen, 'Product name')
  await answer(screen, 'Customer service e-mail', 'care@tide.example')
  const image = 'ap-southeast-2:33ad552d-1149-471c-8190-ff6776174a00'
  await mend(
    screen,
    'IMS images (region:id, several with commas)',
    'ap-southeast-2',
    'IMS image must be region:id',
    image,
  )
  await screen.see('❯ Yearly/Monthly')
  screen.type(keys.down)
  await screen.see('❯ Pay-per-use')
  screen.type(keys.up)
  await screen.see('❯ Yearly/Monthly')
  screen.type(keys.enter)
  await finished(screen, 'tide-db')
  expect(await written('tide-db')).toMatchObject({
    product: { key: 'tide-db', name: 'Tide Db' },
    delivery: { images: [{ region: 'ap-southeast-2', id: '33ad552d-1149-471c-8190-ff6776174a00' }] },
    specifications: [{ billing: 'yearly-monthly' }],
  })
  expect(await placeholders('tide-db')).not.toContain('/delivery/images/0/id')
})

test('a Consulting product', async () => {
  const screen = init('advice')
  await choose(screen, 'Consulting service')
  await answer(screen, 'Product key')
  await answer(screen, 'Product name', 'Cloud Advice')
  await answer(screen, 'Customer service e-mail', 'talk@advice.example')
  await mend(screen, 'Link', 'advice', 'Link must be an', 'https://advice.example/talk')
  await finished(screen, 'advice')
  const manifest = await written('advice')
  expect(manifest).toMatchObject({ delivery: { method: 'consulting', link: 'https://advice.example/talk' } })
  expect(manifest).not.toHaveProperty('specifications')
  expect(await placeholders('advice')).not.toContain('/delivery/link')
})

test('what a flag says is not asked', async () => {
  const screen = init('crm', '--method', 'consulting', '--name', 'Cloud Advice', '--email', 'talk@advice.example')
  await answer(screen, 'Product key')
  await answer(screen, 'Link', 'https://advice.example')
  await finished(screen, 'crm')
  expect(screen.text()).not.toContain('Product name')
  expect(await written('crm')).toMatchObject({ product: { key: 'crm', name: 'Cloud Advice' } })
})

test.each(['the first question', 'a later question'])('Ctrl-C at %s', async (when) => {
  const screen = init('crm')
  if (when === 'a later question') {
    await choose(screen, 'License')
    await answer(screen, 'Product key')
    await screen.see('? Product name:')
    screen.type('Harb')
    await screen.see('Harb')
  } else await screen.see('❯ SaaS')
  screen.type(keys.ctrlC)
  expect(await screen.ended()).toBe(130)
  expect(screen.text()).toContain('Stopped.')
  expect(screen.text()).not.toMatch(/at .*\.[cjt]s:\d/)
  expect(screen.cursorVisible()).toBe(true)
  expect(await readdir(here.folder)).toEqual([])
})
