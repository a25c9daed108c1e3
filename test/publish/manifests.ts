/** Manifests of a real-looking shop as data, drawn at random: specifications, SKUs, cases, highlights come, go and move. */
import fc from 'fast-check'
import type { ManifestData } from '../../src/model/release.ts'

const word = fc.constantFrom('Team', 'Business', 'Solo', 'Branch', 'Group')
const price = fc.constantFrom(0, 19, 49, 59, 229)

const period = fc.record({ unit: fc.constantFrom('month', 'year'), number: fc.integer({ min: 1, max: 3 }), price })
const sku = fc.record({ choose: fc.record({ edition: word, region: fc.constantFrom('asia', 'europe') }), price })
const specification = fc.record(
  {
    name: word,
    billing: fc.constantFrom('yearly-monthly', 'buyout'),
    price,
    description: fc.constantFrom('Up to 10 users.', 'Up to 50 users.\nWith API access.'),
    periods: fc.uniqueArray(period, { selector: ({ unit, number }) => `${number} ${unit}`, maxLength: 3 }),
    skus: fc.uniqueArray(sku, { selector: ({ choose }) => `${choose.edition} ${choose.region}`, maxLength: 3 }),
    trial: fc.record({ days: fc.constantFrom(7, 14) }),
  },
  { requiredKeys: ['name', 'billing'] },
)

/** Two items of one list have the same identity now and then, as in a manifest that is not sound. */
const specifications = fc.oneof(
  { weight: 9, arbitrary: fc.uniqueArray(specification, { selector: ({ name }) => name, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(specification, { maxLength: 3 }) },
)

export const anyManifest = manifestOf(specifications)
/** As a marketplace takes it. */
export const soundManifest = manifestOf(fc.uniqueArray(specification, { selector: ({ name }) => name, maxLength: 4 }))

function manifestOf(list: fc.Arbitrary<readonly unknown[]>): fc.Arbitrary<ManifestData> {
  const product = fc.record(
    {
      key: fc.constant('harbor-crm'),
      name: fc.constantFrom('Harbor CRM', 'Harbor CRM for Freight'),
      version: fc.constantFrom('V1.0', 'V1.9', 'V1.10', 'V2.0'),
      overview: fc.constantFrom('A CRM for freight forwarders.', 'Quotes in two minutes.'),
      highlights: fc.uniqueArray(fc.constantFrom('Fast', 'Safe', 'Open', 'Small'), { maxLength: 4 }),
      cases: fc.uniqueArray(fc.record({ title: word, text: word }), { selector: ({ title }) => title, maxLength: 3 }),
    },
    { requiredKeys: ['key', 'name', 'version'] },
  )
  const manifest = fc.record(
    {
      koo: fc.constant(1),
      product,
      support: fc.record({ email: fc.constantFrom('a@harbor.example', 'b@harbor.example') }),
      delivery: fc.record(
        { method: fc.constant('saas'), serviceSupervision: fc.boolean() },
        { requiredKeys: ['method'] },
      ),
      specifications: list,
    },
    { requiredKeys: ['koo', 'product', 'delivery'] },
  )
  return manifest as fc.Arbitrary<ManifestData>
}
