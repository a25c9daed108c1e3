/** A product that has everything a page can show, and remarks of every kind. */
import type { ListedProduct, Remark } from '../../src/listing/listed.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { drawnPicture } from './listed-from-disk.ts'

const [saas] = deliveryMethodIds

export const fullProduct: ListedProduct = {
  manifest: {
    koo: 1,
    product: {
      key: 'harbor-freight',
      name: 'Harbor Freight Desk',
      version: 'V4.1',
      logo: 'logo.png',
      overview: 'Harbor Freight Desk keeps quotes, bookings and papers of a freight forwarder in one place.',
      description: [
        'Forwarders answer **quotes** all day. [Harbor](https://www.harbor.example/) does the papers.',
        '# What it does',
        '1. Quotes by e-mail\n2. Bookings with twelve carriers\n   - sea\n   - air',
        '### Prices of lanes',
        '| Lane | | Days |\n| :-- | :-: | --: |\n| Singapore – Santiago | sea | 34 |\n| Bangkok – Dublin | air | 3 |',
        '![The board of a week](pictures/board.png)',
        '![Elsewhere](https://cdn.harbor.example/huge.png)',
        '```json\n{ "lane": "SIN-SCL", "a_rather_long_key_that_goes_on_and_on": "and a value that goes on as well, for long enough" }\n```',
        '> It saves us a day a week.',
      ].join('\n\n'),
      highlights: ['Quotes in two minutes', 'Twelve carriers, one booking form', 'Customs papers from the same data'],
      cases: [
        { title: 'Southgate Lines', text: 'Southgate sends **400 quotes** a week.\n\n## Before\n\nBy hand.' },
        { title: 'Kestrel Cargo', text: 'Kestrel opened three offices with it.' },
      ],
      pictures: ['pictures/board.png', 'pictures/quote.png', 'pictures/papers.png', 'pictures/missing.png'],
      descriptionPictures: ['pictures/tall.png'],
      public: false,
    },
    support: {
      email: 'support@harbor.example',
      afterSalesEmail: 'after@harbor.example',
      phone: '+65 6123 4567',
      hours: 'Monday to Friday, 09:00 to 18:00 Singapore time',
      afterSales: 'Updates and e-mail support are included.\nA named contact comes with Enterprise.',
    },
    documents: { eula: 'docs/eula.pdf', userGuide: 'docs/guide.pdf' },
    delivery: {
      method: saas,
      productionUrl: 'https://produce.harbor.example/koogallery',
      serviceSupervision: true,
      extensionParameters: [{ name: 'domain', description: 'The domain of your company' }, { name: 'tenant' }],
    },
    attributes: [
      { code: 'users', name: 'Users', type: 'quantity', description: 'People who sign in' },
      { code: 'edition', name: 'Edition', type: 'enumeration' },
      { code: 'region', name: 'Data region', type: 'enumeration', description: 'Where your data lies' },
    ],
    specifications: [
      {
        name: 'Desk',
        billing: 'yearly-monthly',
        price: 59,
        yearlyPrice: 590,
        periods: [{ unit: 'year', number: 3, price: 1500 }],
        description: 'One office.',
        trial: { days: 14 },
      },
      { name: 'Desk for life', billing: 'buyout', price: 1999.5, description: 'Paid once.' },
      {
        name: 'Team',
        billing: 'yearly-monthly',
        quantity: { attribute: 'users', from: 5, to: 500, step: 5 },
        tiers: [
          { from: 5, to: 50, price: 4.35 },
          { from: 55, to: 200, price: 3.9 },
          { from: 205, price: 3.1 },
        ],
        description: 'Paid by the people who use it.',
      },
      {
        name: 'Enterprise',
        billing: 'yearly-monthly',
        description: 'With a data region of your choice.',
        choices: [
          { attribute: 'edition', values: ['Silver', 'Gold'] },
          { attribute: 'region', values: ['Singapore', 'Dublin'] },
        ],
        skus: [
          { name: 'S-SIN', choose: { edition: 'Silver', region: 'Singapore' }, price: 900, yearlyPrice: 9000 },
          { name: 'S-DUB', choose: { edition: 'Silver', region: 'Dublin' }, price: 950 },
          { name: 'G-SIN', choose: { edition: 'Gold', region: 'Singapore' }, price: 1400, yearlyPrice: 14000 },
          { name: 'G-DUB', choose: { edition: 'Gold', region: 'Dublin' } },
        ],
        upgrades: [
          { from: 'S-SIN', to: 'G-SIN' },
          { from: 'S-DUB', to: 'G-DUB' },
        ],
      },
      { name: 'By the hour', billing: 'pay-per-use', price: 0.07 },
    ],
  },
  files: new Map([
    ['logo.png', drawnPicture('H', 120, 120)],
    ['pictures/board.png', drawnPicture('Board', 1600, 900)],
    ['pictures/quote.png', drawnPicture('Quote', 800, 600)],
    ['pictures/papers.png', drawnPicture('Papers', 800, 600)],
    ['pictures/missing.png', { is: 'unseen', why: 'there is no such file' }],
    ['pictures/tall.png', drawnPicture('Tall', 900, 2400)],
    ['docs/eula.pdf', { is: 'file', bytes: 48_211 }],
    ['docs/guide.pdf', { is: 'file', bytes: 2_400_000, href: 'files/guide.pdf' }],
  ]),
}

export const fullRemarks: readonly Remark[] = [
  {
    path: '/product/pictures/3',
    is: 'error',
    message: 'There is no file pictures/missing.png.',
    hint: 'Files are found relative to koo.yaml.',
    code: 'file-missing',
    where: 'koo.yaml:31:7',
  },
  {
    path: '/specifications/3/skus/3/price',
    is: 'error',
    message: 'This SKU has no price.',
    code: 'sku-missing',
    where: 'koo.yaml:92:9',
    source: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000028.html',
  },
  { path: '/product/name', is: 'changed', message: 'Was “Harbor Desk”.' },
  { path: '/specifications/1', is: 'added', message: 'The specification “Desk for life” is new.' },
  { path: '/specifications/9', is: 'removed', message: 'The specification “Solo” is not there any more.' },
  { path: '/specifications/0/price', is: 'changed', message: 'Was $49.00.' },
  { path: '/support/hours', is: 'warning', message: 'The time zone is not among the usual ones.', code: 'hours' },
  { path: '/koo', is: 'warning', message: 'A later format exists.', where: 'koo.yaml:3:1' },
  { path: '', is: 'error', message: 'The text ends too soon.', where: 'koo.yaml:120:1' },
]
