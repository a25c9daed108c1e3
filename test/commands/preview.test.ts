/** `koo preview --out`: what is written where, of sound and unsound manifests; what is live beside it. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
// Loaded once, before two imports at the same time ask for it.
import '../../src/adapters/http-images.ts'
import { describeWithBrowser, launchBrowser, looksFinished } from '../browser.ts'
import { edit, root } from '../e2e/koo.ts'
import { runKoo } from './in-process.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'koo-preview-'))
  await cp(join(root, 'examples'), inShop('examples'), { recursive: true })
})
afterEach(() => rm(home, { recursive: true, force: true }))

const inShop = (...path: readonly string[]): string => join(home, 'shop', ...path)
const koo = (...argv: readonly string[]) =>
  runKoo({ folder: inShop(), environment: { KOO_DATA: join(home, 'data'), HOME: home } }, ...argv)
const page = (...path: readonly string[]) => readFile(inShop(...path), 'utf8')
const manifest = inShop.bind(undefined, 'examples/saas/koo.yaml')

describe('where pages go', () => {
  test('one product, one file, and nothing beside it', async () => {
    const run = await koo('preview', 'examples/saas', '--out', 'page.html', '--json')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(run.stdout)).toEqual({
      format: 1,
      pages: [{ key: 'tideline-crm', manifest: 'examples/saas/koo.yaml', file: 'page.html', errors: 0, warnings: 0 }],
    })
    expect((await readdir(inShop())).sort()).toEqual(['examples', 'page.html'])
    expect(await page('page.html')).toContain('<title>Tideline CRM – preview</title>')
  })

  test('one product into a folder, there or not', async () => {
    await mkdir(inShop('there'))
    for (const folder of ['there', 'new/', 'other']) {
      expect((await koo('preview', 'examples/saas', '--out', folder)).code).toBe(0)
      expect(await readdir(inShop(folder))).toEqual(['tideline-crm.html'])
    }
  })

  test('several, with a page that lists them', async () => {
    const run = await koo('preview', 'examples', '--out', 'pages', '--json')
    const { pages, index } = JSON.parse(run.stdout)
    expect([pages.length, index]).toEqual([6, 'pages/index.html'])
    const list = await page('pages/index.html')
    for (const { file, key } of pages) {
      expect(list).toContain(`href="${key}.html"`)
      expect(await page(file)).toContain('href="index.html"')
    }
    expect(list.match(/src="data:image\/png/g)).toHaveLength(6)
  })

  test('products without a key of their own have a page each, too', async () => {
    await cp(inShop('examples/saas'), inShop('examples/Saas Two'), { recursive: true })
    await edit(inShop('examples/image/koo.yaml'), /key: .*/, 'key: ../../etc')
    await edit(inShop('examples/license/koo.yaml'), /key: .*/, 'key: index')
    await koo('preview', 'examples', '--out', 'pages')
    expect((await readdir(inShop('pages'))).sort()).toEqual([
      ...['corvane-iot-gateway.html', 'image.html', 'index-2.html', 'index.html'],
      ...[
        'ledgerfield-cost-consulting.html',
        'northpane-db-migration.html',
        'tideline-crm-2.html',
        'tideline-crm.html',
      ],
    ])
  })

  test.each([
    [['examples', '--out', 'page.html'], 'is one file, and there are 6 products'],
    [['examples/saas', '--out', 'examples/saas/koo.yaml'], 'neither a folder nor a page'],
    [['examples/saas', '--out', 'x.html', '--port', '1'], '--port is for the server'],
    [['examples/saas', '--out', 'x.html', '--no-open'], '--no-open is for the server'],
    [['examples/saas', '--out', 'x.html', '--data', 'x'], '--data is for --compare'],
    [['examples/saas', '--port', 'x'], '--port takes a whole number'],
    [['nowhere', '--out', 'x.html'], 'There is no file or folder nowhere'],
  ])('%j is wrong usage', async (argv, sentence) => {
    const before = await readFile(manifest(), 'utf8')
    expect(await koo('preview', ...argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) })
    expect(await readFile(manifest(), 'utf8')).toBe(before)
  })
})

describe('what is there already', () => {
  test('is written over where it is a page of koo’s, or empty', async () => {
    await writeFile(inShop('page.html'), '')
    for (let times = 0; times < 2; times += 1) {
      expect((await koo('preview', 'examples/saas', '--out', 'page.html')).code).toBe(0)
      expect((await koo('preview', 'examples', '--out', 'pages')).code).toBe(0)
    }
    expect(await page('page.html')).toContain('Tideline CRM')
  })

  test.each([
    ['page.html', ['examples/saas', '--out', 'page.html']],
    ['pages/index.html', ['examples', '--out', 'pages']],
    ['pages/tideline-crm.html', ['examples', '--out', 'pages']],
  ])('%s of somebody else stays, and nothing is written at all', async (file, argv) => {
    const foreign = '<!doctype html><title>Mine</title><p><meta name="generator" content="koo"/></p>'
    await mkdir(inShop('pages'))
    await writeFile(inShop(file), foreign)
    const run = await koo('preview', ...argv)
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining(`${file} is there, and no page of koo’s`) })
    expect(await page(file)).toBe(foreign)
    expect(await readdir(inShop('pages'))).toEqual(file.startsWith('pages/') ? [file.slice('pages/'.length)] : [])
  })

  test('a folder of a page’s name is refused', async () => {
    await mkdir(inShop('pages/index.html'), { recursive: true })
    expect(await koo('preview', 'examples', '--out', 'pages')).toMatchObject({ code: 2 })
    expect(await readdir(inShop('pages'))).toEqual(['index.html'])
  })
})

test('no page names a folder of this machine, however the manifests were named', async () => {
  await cp(inShop('examples'), join(home, 'far/products'), { recursive: true })
  await cp(inShop('examples/saas'), join(home, 'far/products/twin'), { recursive: true })
  await edit(join(home, 'far/products/license/koo.yaml'), /name: .*/, 'name: Tideline CRM')
  await edit(join(home, 'far/products/image/koo.yaml'), 'product:\n', 'product:\n  "key: <b>\n')
  const run = await koo('preview', join(home, 'far/products'), '--out', 'pages', '--json')
  const { pages } = JSON.parse(run.stdout)
  // Who ran it is told where they are.
  expect(pages[0].manifest).toContain(home)
  const all = await Promise.all((await readdir(inShop('pages'))).map((file) => page('pages', file)))
  for (const html of all) expect(html).not.toContain(home)
  expect(all.join('')).toContain('<code>twin/koo.yaml</code>')
  expect(all.join('')).toContain('saas/koo.yaml has the same product key.')
  expect(all.join('')).toMatch(
    /license\/koo\.yaml gives another product the same name|saas\/koo\.yaml gives another product/,
  )
})

test('pictures that a text shows and nobody has are counted', async () => {
  const counted = async (text: string) => {
    await edit(manifest(), /.*(?=## Languages)/, `    ${text}\n\n    `)
    await koo('preview', 'examples/saas', '--out', 'page.html')
    return /(\d+ pictures?) missing in texts/.exec(await page('page.html'))?.[1]
  }
  expect(await counted('![](logo.png) ![](https://elsewhere.example/x.png)')).toBeUndefined()
  expect(await counted('![](logo.png) ![](none.png) ![](none.png)')).toBe('1 picture')
  expect(await counted('![](docs/eula.pdf) ![](../x.png) ![](none.png)')).toBe('3 pictures')
})

test('--remote lets pictures of other servers in, and nothing else does', async () => {
  await edit(manifest(), '## Languages', '![far](https://elsewhere.example/x.png)\n\n    ## Languages')
  const drawn = async (...more: readonly string[]) => {
    await koo('preview', 'examples/saas', '--out', 'page.html', ...more)
    return page('page.html')
  }
  const near = await drawn()
  expect(near).toContain('img-src data:;')
  expect(near).not.toContain('<img src="https:')
  const far = await drawn('--remote')
  expect(far).toMatch(/img-src [^;]*data: https:;/)
  expect(far).toContain('<img src="https://elsewhere.example/x.png" alt="far"')
})

describe('a manifest that is not sound', () => {
  test('has a page with what there is, and exit 0', async () => {
    await edit(manifest(), 'version: V3.2', 'version: 3.2')
    await edit(manifest(), /highlights:\n/, 'highlights: none\n  more:\n')
    const run = await koo('preview', 'examples/saas', '--out', 'page.html')
    expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/page\.html: \d errors/) })
    expect(await page('page.html')).toContain('Tideline CRM')
  })

  test('has levels and suppressions as koo validate does', async () => {
    await edit(manifest(), 'name: Tideline CRM', 'name: Best Tideline CRM')
    const counts = async () => {
      const { pages } = JSON.parse((await koo('preview', 'examples/saas', '--out', 'p.html', '--json')).stdout)
      return [pages[0].errors, pages[0].warnings]
    }
    const { summary, diagnostics } = JSON.parse((await koo('validate', 'examples/saas', '--json')).stdout)
    expect(summary.warnings).toBeGreaterThan(0)
    expect(await counts()).toEqual([summary.errors, summary.warnings])
    await writeFile(inShop('koo.config.yaml'), `rules:\n  ${diagnostics[0].code}: error\n`)
    expect((await counts())[0]).toBeGreaterThan(0)
    await writeFile(inShop('koo.config.yaml'), `rules:\n  ${diagnostics[0].code}: off\n`)
    expect((await counts())[0]).toBe(0)
  })

  test('has a page with the lines around the mistake where it cannot be read at all', async () => {
    await edit(manifest(), 'product:\n', 'product:\n  "key: <b>\n')
    const run = await koo('preview', 'examples/saas', '--out', 'page.html', '--json')
    const { pages } = JSON.parse(run.stdout)
    expect(pages).toEqual([expect.objectContaining({ key: null, errors: expect.any(Number) })])
    const html = await page('page.html')
    expect(html).toContain('The manifest cannot be read')
    expect(html).toContain('class="code-frame"')
    expect(html).toContain('&lt;b>')
    expect(html).not.toContain('<b>')
    expect(html).toContain('koo.yaml:8:')
  })
})

describe('--compare', () => {
  test('tells what is not live, what differs, and by how much', async () => {
    const compared = async () => {
      const run = await koo('preview', 'examples/saas', '--compare', '--out', 'page.html', '--json')
      expect(run.code).toBe(0)
      return JSON.parse(run.stdout).pages[0]
    }
    expect(await compared()).toMatchObject({ live: null, changes: 0 })
    expect(await page('page.html')).toContain('Nothing is live yet')

    expect((await koo('publish', 'examples/saas')).code).toBe(0)
    expect(await compared()).toMatchObject({ live: 'V3.2', changes: 0 })
    expect(await page('page.html')).toContain('Nothing differs from what is live')

    await edit(manifest(), 'version: V3.2', 'version: V3.3')
    await edit(manifest(), 'price: 59\n', 'price: 69\n')
    await writeFile(inShop('examples/saas/logo.png'), await readFile(inShop('examples/image/logo.png')))
    expect(await compared()).toMatchObject({ live: 'V3.2', changes: 3 })
    const html = await page('page.html')
    expect(html).toMatch(/<del>59<\/del>.*<ins>69<\/ins>/)
    expect(html).toContain('Specifications › Team › Price')
    expect(html).toContain('Live: V3.2')
    expect(html).toContain('Here: V3.3')
  })

  test('compares a package by its files, and a manifest that is not sound by its fields', async () => {
    expect((await koo('publish', 'examples/license')).code).toBe(0)
    const compared = async () => {
      const run = await koo('preview', 'examples/license', '--compare', '--out', 'page.html', '--json')
      return JSON.parse(run.stdout).pages[0]
    }
    expect(await compared()).toMatchObject({ changes: 0 })
    await writeFile(inShop('examples/license/software/README.md'), 'Another text.\n')
    expect(await compared()).toMatchObject({ changes: 1, errors: 0 })
    await edit(inShop('examples/license/koo.yaml'), /version: .*/, 'version: 7')
    expect(await compared()).toMatchObject({ changes: 1, errors: 1 })
    expect(await page('page.html')).toContain('Not compared here: the package')
  })

  test('a marketplace that does not answer is a failure', async () => {
    const far = ['--marketplace', 'http://127.0.0.1:1']
    const environment = { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK' }
    const run = await runKoo(
      { folder: inShop(), environment },
      'preview',
      'examples/saas',
      '--compare',
      '--out',
      'p.html',
      ...far,
    )
    expect(run.code).toBe(5)
    expect(await readdir(inShop())).toEqual(['examples'])
  })
})

describeWithBrowser('in a browser', () => {
  test.each([
    ['list', 'index.html'],
    ['mistake', 'saas.html'],
  ])('a %s is legible and reachable in both widths and schemes', async (name, file) => {
    await edit(manifest(), 'product:\n', `product:\n  "key: ${'long '.repeat(60)}\n`)
    await koo('preview', 'examples', '--out', 'pages')
    const browser = await launchBrowser()
    try {
      await looksFinished(browser, pathToFileURL(inShop('pages', file)).href, `preview-${name}`)
    } finally {
      await browser.close()
    }
  })
})
