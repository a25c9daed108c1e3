/** Texts and numbers that are and are not of the form their field asks for; those of a real seller, and odd ones. */

interface Cases {
  readonly path: readonly string[]
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

const notEmpty = { good: ['x', '数据库审计', '\u0000'], bad: ['', ' ', '\t\n', '\u00a0', '\u3000 \u2028', '\ufeff'] }
const addresses = {
  good: ['support@tideline.example', 'a.b+c@mail.tideline.example', '支持@例子.公司'],
  bad: [
    ...['', 'support', 'support@tideline', '@tideline.example', 'a b@tideline.example', 'a@b@tideline.example'],
    ...['mailto:a@tideline.example', '<a@tideline.example>', 'a@tideline.example;', 'a@tideline..example'],
    ...['a@tideline.example.', 'a@tide\u200bline.example'],
  ],
}

export const forms: readonly Cases[] = [
  {
    path: ['product', 'key'],
    good: ['tideline-crm', '42', 'a-', 'x'.repeat(63)],
    bad: ['', 'x', '-crm', 'Tideline-CRM', 'tideline_crm', 'tideline crm', 'crm\n', 'größe', 'x'.repeat(64)],
  },
  { path: ['product', 'name'], ...notEmpty },
  {
    path: ['product', 'version'],
    good: ['V1.0', 'V2.1', 'V10.20.30', 'V1.00'],
    bad: [
      '',
      'v0.1',
      'v1.0',
      '1.0',
      'First Version',
      'V0.9',
      'V1',
      'V1.',
      'V01.0',
      ' V1.0',
      'V1.0\n',
      'V1.0-beta',
      'V１.０',
    ],
  },
  { path: ['product', 'logo'], good: ['logo.png', ' ', '图标.png'], bad: [''] },
  { path: ['product', 'overview'], ...notEmpty },
  { path: ['product', 'description'], ...notEmpty },
  { path: ['product', 'highlights', '0'], ...notEmpty },
  { path: ['support', 'email'], ...addresses },
  { path: ['support', 'afterSalesEmail'], ...addresses },
  {
    path: ['support', 'phone'],
    good: ['+65 6123 4567', '400-830-3131', '+44 (0)20 7946 0812', '1/234.56', '(020) 7946 0812'],
    bad: [
      '',
      '1234',
      '((020) 7946 0812',
      'call us',
      '+65 6123 4567 ext 8',
      '++65 6123 4567',
      '１２３４５６',
      '1'.repeat(32),
    ],
  },
  { path: ['support', 'hours'], good: ['9 to 5'], bad: [''] },
  { path: ['documents', 'eula'], good: ['docs/eula.pdf'], bad: [''] },
  { path: ['specifications', '0', 'name'], ...notEmpty },
  { path: ['specifications', '0', 'billing'], good: [], bad: ['', 'monthly', 'Yearly/Monthly', 'Buyout', 'free'] },
  {
    path: ['delivery', 'productionUrl'],
    good: [
      'https://saas.tideline.example',
      'https://saas.tideline.example/',
      'https://saas.tideline.example:8443/koogallery/produce?from=koo#top',
      'https://1and1.tideline.xn--p1ai/x',
    ],
    bad: [
      '',
      'saas.tideline.example',
      'http://saas.tideline.example/produce',
      'HTTPS://saas.tideline.example/produce',
      'https://203.0.113.7/produce',
      'https://203.0.113.7:8443/produce',
      'https://[2001:db8::7]/produce',
      'https://localhost/produce',
      'https://saas.tideline.example:0/',
      'https://saas.tideline.example:65536/',
      'https://-saas.tideline.example/produce',
      'https://user@saas.tideline.example/produce',
      'https://saas..example/produce',
      'https://saas.tideline.example/a b',
      'https://saas.tideline.example/produce\n',
      'https://saas.tideline.example/\u00a0',
      'ftp://saas.tideline.example/produce',
    ],
  },
  {
    path: ['delivery', 'authorization', 'kind'],
    good: ['license-key', 'hardware-id'],
    bad: ['', 'dongle', 'License-File'],
  },
  { path: ['delivery', 'deployment', '0'], good: [], bad: ['', 'seller-public-cloud', 'public cloud', 'edge'] },
  { path: ['delivery', 'package', 'files', '0'], good: ['software/**'], bad: ['', '!software/**', 'soft\u0000ware'] },
  { path: ['delivery', 'serviceFlow'], good: ['data migration'], bad: [''] },
  {
    path: ['delivery', 'images', '0', 'region'],
    good: ['ap-southeast-3', 'cn-north-4', 'eu-west-101', 'af-south-1'],
    bad: ['', 'Singapore', 'AP-Southeast-3', 'ap_southeast_3', 'ap', 'ap-southeast-3\n'],
  },
  {
    path: ['delivery', 'images', '0', 'id'],
    good: ['33ad552d-1149-471c-8190-ff6776174a00'],
    bad: [
      '',
      'ubuntu-22.04',
      '33AD552D-1149-471C-8190-FF6776174A00',
      '33ad552d1149471c8190ff6776174a00',
      '33ad552d-1149-471c-8190-ff6776174a0',
      '33ad552d-1149-471c-8190-ff6776174a00\n',
    ],
  },
  {
    path: ['delivery', 'link'],
    good: ['https://www.ledgerfield.example', 'http://ledgerfield.example/consulting?lang=es'],
    bad: [
      ...['', 'www.ledgerfield.example', 'ftp://ledgerfield.example', 'https://ledgerfield', 'https://a.example/b c'],
      'https://me:secret@ledgerfield.example/',
    ],
  },
]

/** Numbers as they are written, which not every reader takes for the same. */
export const numbers: readonly Cases[] = [
  { path: ['koo'], good: ['1', '1.0', '1e0', '10e-1'], bad: ['2', '0', '-1', '1.5', '"1"', 'true', '[1]'] },
  {
    path: ['specifications', '0', 'price'],
    good: ['0', '-0', '-0.0', '0.07', '59.00', '1e-7', '1e21', '123456789012345678901234567890'],
    bad: ['-1', '-0.01', '-1e-7', '"59"', 'null'],
  },
  { path: ['specifications', '0', 'yearlyPrice'], good: ['0', '590.5'], bad: ['-590', '"590"'] },
  {
    path: ['delivery', 'days'],
    good: ['1', '5.0', '5e0', '0.5e1', '1e15'],
    bad: ['0', '-3', '2.5', '5.5e0', '1e-1', '"5"'],
  },
]
