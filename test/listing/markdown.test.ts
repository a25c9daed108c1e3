/** Markdown of sellers: harmless whatever it says, and in the order of the page. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { markdownOf, type PictureFate } from '../../src/listing/markdown.ts'
import { heavyTexts, hostileTexts } from './hostile-markdown.ts'

const left: PictureFate = { is: 'left', why: 'not loaded' }
const html = (text: string, picture: (src: string) => PictureFate = () => left) =>
  markdownOf(text, { headingLevel: 3, picture })

/** Every tag with its attributes, as a browser takes them apart. */
function tags(text: string): readonly { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[] {
  return [...text.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)].map(([, name = '', rest = '']) => ({
    name,
    attributes: new Map([...rest.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])),
  }))
}

const harmlessTags = new Set(
  'p a span code pre em strong s ul ol li h3 h4 h5 h6 blockquote div table thead tbody tr th td hr br img'.split(' '),
)
const harmlessAttributes = new Set(
  'href rel target class src alt width height decoding role tabindex aria-label scope start'.split(' '),
)

function judge(made: string): void {
  const found = tags(made)
  // No tag of any other form than those taken apart.
  expect(made.match(/<[^/]/g)?.length ?? 0).toBe(found.length)
  for (const { name, attributes } of found) {
    expect(harmlessTags).toContain(name)
    for (const [key, value] of attributes) {
      expect(harmlessAttributes).toContain(key)
      if (key === 'href') expect(value).toMatch(/^(https?:\/\/|mailto:)/)
      if (key === 'src') expect(value).toMatch(/^data:image\/png/)
    }
  }
}

const picture = (src: string): PictureFate =>
  src === 'logo.png' ? { is: 'shown', src: 'data:image/png;base64,AA==', width: 9000, height: 9000 } : left

test.each(hostileTexts.map((text) => [text.slice(0, 60), text]))('%j is harmless', (_name, text) => {
  judge(html(text, picture))
})

test('so is anything made of such pieces', () => {
  const pieces = fc.constantFrom(
    ...hostileTexts.map((text) => text.slice(0, 200)),
    ...['[', '](', ')', '![', '<', '>', '"', '`', '\n', '\n\n', '|', '#', '&', ' ', '*', 'javascript:', 'onerror='],
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
      judge(html(parts.join(''), picture))
    }),
    { numRuns: 300 },
  )
})

test.each(Object.entries(heavyTexts))('%s are borne', (_name, text) => {
  expect(html(text).length).toBeLessThan(text.length * 200 + 1000)
})

test('a link to elsewhere says so; one that leads nowhere good is only its words', () => {
  expect(html('[a](https://harbor.example/x?y=1#z)')).toBe(
    '<p><a href="https://harbor.example/x?y=1#z" rel="noopener noreferrer nofollow" target="_blank">a</a></p>\n',
  )
  expect(html('[a](javascript:alert(1)) [b](docs/x.pdf)')).toBe(
    '<p><span class="no-link">a</span> <span class="no-link">b</span></p>\n',
  )
  expect(html('[a](mailto:x@harbor.example)')).toContain('href="mailto:x@harbor.example"')
})

test('a name before the host is left out', () => {
  expect(html('[a](https://harbor.example:pw@evil.example/)')).toContain('href="https://evil.example/"')
})

test.each([
  '[](https://harbor.example/)',
  '[\u200b &nbsp;](https://harbor.example/)',
  '[![](x)](https://harbor.example/)',
])('%j has a name', (text) => {
  const [, words = ''] = /<a [^>]*>(.*)<\/a>/.exec(html(text)) ?? []
  expect(words.replace(/<[^>]*>/g, '')).toMatch(/harbor\.example|not loaded/)
})

test('a link around a picture without words says its address', () => {
  expect(html('[![](logo.png)](https://harbor.example/)', picture)).toContain('>https://harbor.example/</a>')
  expect(html('[![Logo](logo.png)](https://harbor.example/)', picture)).not.toContain('>https://')
})

test('headings follow one by one, whatever the author chose', () => {
  const levels = (text: string) => tags(html(text)).flatMap(({ name }) => (/^h\d/.test(name) ? [name] : []))
  expect(levels('## a\n## b\n### c\n## d')).toEqual(['h3', 'h3', 'h4', 'h3'])
  expect(levels('##### a\n# b\n###### c\n### d\n# e')).toEqual(['h3', 'h3', 'h4', 'h4', 'h3'])
  expect(levels('# a\n## b\n### c\n#### d\n##### e\n###### f')).toEqual(['h3', 'h4', 'h5', 'h6', 'h6', 'h6'])
  expect(levels('a\n=\nb\n-')).toEqual(['h3', 'h4'])
  expect(levels('#\n\n## &nbsp;\n\n### \u200b')).toEqual([])
})

test('a picture is shown in its size, or a line says why not and where it would be', () => {
  expect(html('![Logo "x"](logo.png)', picture)).toContain(
    '<img src="data:image/png;base64,AA==" alt="Logo &quot;x&quot;" width="9000" height="9000"',
  )
  const why = (): PictureFate => ({ is: 'left', why: 'Picture from evil.example, not loaded' })
  expect(html('![A <b>](https://evil.example/a.png)', why)).toBe(
    '<p><span class="picture-left">“A &lt;b&gt;”: Picture from evil.example, not loaded <code>https://evil.example/a.png</code></span></p>\n',
  )
})

test('a table scrolls, has a name, and no header that says nothing', () => {
  const made = html('| Lane | | Days |\n| :-- | :-: | --: |\n| a | b | c |')
  expect(made).toContain('<div class="scrolled" role="group" tabindex="0" aria-label="Table of Lane, Days"><table>')
  expect(made).toContain(
    '<th scope="col">Lane</th>\n<td class="at-center"></td>\n<th class="at-right" scope="col">Days</th>',
  )
  expect(made).not.toContain('style=')
  expect(html('| a |\n|--|')).not.toMatch(/<th[ >]/)
})

test('what is written behind a fence becomes no class', () => {
  expect(html('```card wide\nx < y\n```')).toBe(
    '<pre role="group" tabindex="0" aria-label="Code"><code>x &lt; y\n</code></pre>\n',
  )
})

test.each([
  ['quotations', `${'> '.repeat(200)}deep words`],
  ['quotations without blanks', `${'>'.repeat(200)}deep words`],
  ['lists', Array.from({ length: 100 }, (_, depth) => `${'  '.repeat(depth)}- item ${depth}`).join('\n')],
  ['numbered lists', Array.from({ length: 100 }, (_, depth) => `${'   '.repeat(depth)}1. item ${depth}`).join('\n')],
  ['lists on one line', `${'- '.repeat(100)}deep words`],
  ['both', `${'> - '.repeat(60)}deep words\n\n  more words`],
])('of deep %s nothing is lost, nor of what follows', (_name, deep) => {
  const made = html(`Before.\n\n${deep}\n\n## After\n\nThe **end**.`)
  for (const words of deep.match(/item \d+|deep words|more words/g) ?? []) expect(made).toContain(words)
  expect(made).toContain('<h3>After</h3>\n<p>The <strong>end</strong>.</p>')
  judge(made)
})
