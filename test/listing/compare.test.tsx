/** What is live beside what is here: changes in words, marked in texts, and as remarks on both pages. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { renderToString } from 'preact-render-to-string'
import { compareHtml } from '../../src/listing/compare.tsx'
import { type ComparedChange, type Comparison, changeRemarks, placeWords } from '../../src/listing/comparison.ts'
import { partly } from '../../src/listing/partly.ts'
import type { Previewed } from '../../src/listing/preview.tsx'
import { Difference } from '../../src/listing/text-difference.tsx'
import { differences, pathOn } from '../../src/publish/changes.ts'
import { describeWithBrowser, launchBrowser, looksFinished } from '../browser.ts'

const shared = {
  koo: 1,
  support: { email: 'support@harbor.example' },
  delivery: { method: 'consulting', link: 'https://harbor.example' },
}
const description = (text: string) =>
  `${'Quotes are written in two minutes, and nobody has to look for a price. '.repeat(9)}${text}`
const live = {
  ...shared,
  product: {
    ...{ key: 'harbor-crm', name: 'Harbor CRM', version: 'V1.0', logo: 'logo.png', overview: 'For freight <b>.' },
    description: description('It speaks English and Thai.'),
    highlights: ['Fast', 'Safe'],
    cases: [
      { title: 'Ahlen', text: 'Half the time.' },
      { title: 'Brink', text: 'No more lists.' },
    ],
  },
}
const here = {
  ...shared,
  product: {
    ...{ key: 'harbor-crm', name: 'Harbor CRM', version: 'V1.1', logo: 'logo.png', overview: 'For freight <i>.' },
    description: description('It speaks English, Dutch and Thai.'),
    highlights: ['Fast', 'Open'],
    public: false,
    cases: [
      { title: 'Brink', text: 'No more sheets.' },
      { title: 'Corvane', text: 'All in one.' },
    ],
  },
}

const changes = differences(live, here).map(({ steps, ...change }): ComparedChange => {
  const [there, own] = [pathOn(live, steps), pathOn(here, steps)]
  return { ...change, ...(there === undefined ? {} : { live: there }), ...(own === undefined ? {} : { here: own }) }
})
const product = (value: unknown) => ({ manifest: partly(value), files: new Map() })
const comparison: Comparison = {
  marketplace: 'sandbox',
  live: { version: 'V1.0', state: 'on-sale', product: product(live) },
  changes,
  files: [{ path: 'logo.png', was: 'a'.repeat(64), becomes: 'b'.repeat(64) }],
  uncompared: ['harbor.tar.gz'],
}
const previewed: Previewed = {
  ...{ file: 'harbor/koo.yaml', name: 'harbor-crm', product: product(here), trouble: [], errors: 0, warnings: 1 },
  remarks: [{ path: '/product/name', is: 'warning', message: 'Too short.' }],
}

describe('remarks', () => {
  const remarks = changeRemarks(comparison, product(live), product(here))
  const at = (side: 'live' | 'here') => Object.fromEntries(remarks[side].map(({ path, is }) => [path, is]))

  test('each side has what concerns it, where the item stands there', () => {
    expect(at('live')).toEqual({
      '/product/version': 'changed',
      '/product/overview': 'changed',
      '/product/description': 'changed',
      '/product/highlights': 'changed',
      '/product/cases/0': 'removed',
      '/product/cases/1/text': 'changed',
      '/product/logo': 'changed',
    })
    expect(at('here')).toEqual({
      '/product/version': 'changed',
      '/product/overview': 'changed',
      '/product/description': 'changed',
      '/product/highlights': 'changed',
      '/product/public': 'added',
      '/product/cases/0/text': 'changed',
      '/product/cases/1': 'added',
      '/product/logo': 'changed',
    })
  })

  test('each says what the other has', () => {
    const said = (side: 'live' | 'here', path: string) => remarks[side].find((each) => each.path === path)?.message
    expect(said('live', '/product/version')).toBe('Version: becomes V1.1')
    expect(said('here', '/product/version')).toBe('Version: was V1.0')
    expect(said('live', '/product/cases/0')).toBe('Customer cases › Ahlen: will be gone.')
    expect(said('here', '/product/cases/1')).toBe('Customer cases › Corvane: not live yet.')
  })
})

describe('words', () => {
  test('a place is told by titles and names', () => {
    expect(placeWords('/product/cases/1/text', live)).toEqual(['Product', 'Customer cases', 'Brink', 'Text'])
    expect(placeWords('/product/highlights/1', live)).toEqual(['Product', 'Highlights', 'Highlight 2'])
    expect(placeWords('/nonsense/0', live)).toEqual(['nonsense', '0'])
  })

  const difference = (was: unknown, becomes: unknown) => renderToString(<Difference was={was} becomes={becomes} />)

  test('of a long text the words that differ are marked, with what surrounds them', () => {
    const html = difference(live.product.description, here.product.description)
    expect(html).toMatch(/It speaks English<ins>,<\/ins> <ins>Dutch <\/ins>and Thai\.<\/p>/)
    expect(html.length).toBeLessThan(250)
    expect(html).toContain('…')
  })

  test('of texts with little in common both are shown', () => {
    const html = difference('x'.repeat(70), 'Something else altogether, which is not at all what stood there before.')
    expect(html.match(/<del>/g)).toHaveLength(1)
    expect(html.match(/<ins>/g)).toHaveLength(1)
  })

  test('short values, lists, what is new and what is gone', () => {
    expect(difference(49, 59)).toMatch(/<del>49<\/del>.*<ins>59<\/ins>/)
    expect(difference(true, false)).toMatch(/<del>yes<\/del>.*<ins>no<\/ins>/)
    expect(difference(['Fast', 'Safe'], ['Fast', 'Open'])).toMatch(
      /<li><del>Safe<\/del><\/li><li><ins>Open<\/ins><\/li>/,
    )
    expect(difference(undefined, { name: 'Team', price: 5 })).toContain('<ins>name: Team, price: 5</ins>')
    expect(difference('a', undefined)).not.toContain('<ins>')
    expect(difference('<script>', '<img onerror=x>')).not.toMatch(/<script|<img/)
  })

  test('even of the longest texts it is soon told', () => {
    const words = (by: number) => Array.from({ length: 60_000 }, (_, index) => `w${index * by}`).join(' ')
    expect(difference(words(3), words(7)).length).toBeLessThan(3000)
  })
})

describe('the page', () => {
  test('a remark that does not say how leads to the change that does', () => {
    const html = compareHtml(previewed, comparison, { remote: false })
    for (const words of ['Description: another text.', 'Logo: another file of the same name.']) {
      const [, id = ''] = new RegExp(`${words} <a href="#(change-\\d+)">What changes</a>`).exec(html) ?? []
      const item = html.slice(html.indexOf(`<li id="${id}"`))
      expect(item.slice(0, item.indexOf('</li>'))).toContain(
        words.startsWith('Logo') ? 'logo.png' : '/product/description',
      )
    }
  })

  test('says how many, how, and what was not looked at', () => {
    const html = compareHtml(previewed, comparison, { remote: false })
    expect(html).toContain('9 differences')
    expect(html).toContain('Live: V1.0')
    expect(html).toContain('Here: V1.1')
    expect(html).toContain('Not compared here: harbor.tar.gz')
    expect(html).toContain(`${'a'.repeat(12)} → ${'b'.repeat(12)}`)
    expect(html).not.toMatch(/<b>\.|<i>\./)
  })

  test('of one that is not on sale says what it is', () => {
    const inReview: Comparison = {
      ...comparison,
      live: { version: 'V1.0', state: 'in-review', product: product(live) },
    }
    expect(compareHtml(previewed, inReview, { remote: false })).toContain('On the marketplace, in review: V1.0')
  })

  test('shows what is here alone where nothing is live, or nothing could be compared', () => {
    const { live: _, ...none } = { ...comparison, changes: [], files: [], uncompared: [] }
    expect(compareHtml(previewed, none, { remote: false })).toContain('Nothing is live yet')
    const trouble = compareHtml(previewed, { ...none, trouble: 'the marketplace is down' }, { remote: false })
    expect(trouble).toContain('The marketplace is down.')
    expect(trouble).not.toContain('Nothing is live')
  })
})

describeWithBrowser('in a browser', () => {
  test('it is legible and reachable in both widths and schemes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'koo-compare-'))
    const path = join(folder, 'compare.html')
    await writeFile(path, compareHtml(previewed, comparison, { remote: false, home: 'index.html' }))
    const browser = await launchBrowser()
    try {
      await looksFinished(browser, pathToFileURL(path).href, 'preview-compare')
    } finally {
      await browser.close()
      await rm(folder, { recursive: true })
    }
  })
})
