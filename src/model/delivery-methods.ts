/**
 * The table of KooGallery's delivery methods: the only place their names occur.
 *
 * A row feeds the TypeScript types, the JSON Schemas, the questions of `koo init`, the steps of a plan, `koo methods`
 * and the README. A seventh method is one more row here and one more example.
 *
 * Read from KooGallery's page "Delivery Methods". Two cells of its flattened table need reading: the deliverable "/"
 * spans Professional service, Hardware and Consulting, and Consulting's billing is "/" (not traded, a link only).
 */
import type { MethodConsole } from './console-form.ts'
import {
  consultingConsole,
  hardwareConsole,
  imageConsole,
  licenseConsole,
  saasConsole,
  serviceConsole,
} from './console-methods.ts'
import type { Field, Fields } from './field.ts'

/** Where a product can run. */
export const deployments = {
  'seller-public-cloud': { environment: 'Seller', cloud: 'public cloud' },
  'customer-public-cloud': { environment: 'Customer', cloud: 'public cloud' },
  'customer-private-cloud': { environment: 'Customer', cloud: 'private cloud' },
} as const
export type Deployment = keyof typeof deployments

/** How a specification is paid for; `unit` completes "price …". */
export const billings = {
  'yearly-monthly': { title: 'Yearly/Monthly', unit: 'a month' },
  buyout: { title: 'Buyout (one-time payment)', unit: 'once' },
  'pay-per-use': { title: 'Pay-per-use', unit: 'an hour' },
} as const
export type Billing = keyof typeof billings

/** What the open API calls the assets of the asset center. */
export type AssetKind = 'software_package' | 'image'

/** What KooGallery delivers to the buyer, and what koo has to do for it when it publishes. */
export interface Deliverable {
  readonly title: string
  /** `bundle`: koo packs `delivery.package` and uploads it. `images`: koo looks up `delivery.images` before it sends. */
  readonly koo?: 'bundle' | 'images'
  /** What `delivery.asset` is. */
  readonly asset?: AssetKind
}

export interface DeliveryMethodRow {
  readonly title: string
  readonly category: string
  /** Empty: "N/A" in the table. */
  readonly deployment: readonly Deployment[]
  /** Empty: "/" in the table, not traded on KooGallery, so no specifications and no prices. */
  readonly billing: readonly Billing[]
  /** Null: "/" in the table. */
  readonly deliverable: Deliverable | null
  readonly description: string
  /** The fields of `delivery` that only this method has. */
  readonly fields: Fields
  /**
   * What a price may depend on beside time. `attributes`: quantities and choices the seller defines. `units`: the number
   * of pieces, which is there by default, and choices. Left out: nothing (Multi-SKU pricing names the other methods).
   */
  readonly pricedBy?: 'attributes' | 'units'
  /** The fields of a specification that only this method has. */
  readonly specificationFields: Fields
  /** What was released at the price of 0 keeps it. */
  readonly freeForGood?: true
  /** Releasable on the European site, as far as its pages say. */
  readonly europe?: true
  /**
   * Seller Console offers to withdraw a pending application (https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000035.html,
   * European site, 2022-12-02). koo tells, a marketplace decides.
   */
  readonly withdrawable: boolean
  /** What Seller Console asks, for `koo handoff`; left out, nothing is known of it. */
  readonly console?: MethodConsole
}

const serviceFields = {
  serviceFlow: {
    kind: 'text',
    title: 'Service flow',
    about: 'The service flow template the order follows, such as "environment configuration" or "data migration".',
    initial: 'environment configuration',
    optional: true,
  },
  days: {
    kind: 'number',
    title: 'Delivery period',
    about: 'Delivery period in calendar days. Too long or too short is a reason for rejection.',
    minimum: 1,
    integer: true,
    initial: 5,
    optional: true,
  },
  requestTemplates: {
    kind: 'list',
    title: 'Request templates',
    about: 'Excel or Word files the buyer downloads and fills in.',
    least: 1,
    unique: true,
    optional: true,
    item: { kind: 'file', role: 'template', title: 'Request template', about: 'An Excel or Word file.' },
  },
} as const satisfies Fields

const globField = {
  kind: 'text',
  title: 'Glob',
  about: 'A file or a glob such as software/**.',
  form: {
    pattern: '^[^!\\u0000][^\\u0000]*$',
    says: 'a glob such as software/**, without `!` in front (what stays out belongs under `exclude`)',
    code: 'glob-form',
  },
} as const satisfies Field

/** The asset of Seller Console's asset center that the product delivers. */
const assetField = {
  kind: 'group',
  title: 'Asset',
  about: 'The released asset of the asset center that this product delivers; `koo validate --online` looks it up.',
  optional: true,
  fields: {
    id: {
      kind: 'text',
      title: 'Asset id',
      about: 'As the asset center shows it.',
      form: {
        pattern: '^[0-9a-f]{32}$',
        says: 'an asset id of 32 lower-case hexadecimal digits',
        code: 'asset-id-form',
      },
      sample: '0b1e494e2660441a957313163095fe5c',
    },
    version: {
      kind: 'text',
      title: 'Asset version',
      about: 'The version of the asset, such as V1.0.',
      form: { pattern: '\\S', says: 'a version', code: 'empty-text' },
      optional: true,
    },
  },
} as const satisfies Field

export const deliveryMethods = {
  saas: {
    title: 'SaaS',
    category: 'Software',
    deployment: ['seller-public-cloud'],
    billing: ['yearly-monthly', 'buyout'],
    deliverable: { title: 'Software as a service' },
    description:
      'Online application software deployed in the seller environment. After purchasing a SaaS product, a customer can use the SaaS using the username and initial password.',
    fields: {
      productionUrl: {
        kind: 'text',
        title: 'Production system API URL',
        about:
          'The address KooGallery calls to open, renew and release instances: HTTPS, a domain name and no IP address, debugged in Seller Console before the release.',
        form: {
          pattern:
            '^https://([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[^\\s]*)?$',
          says: 'an https:// address with a domain name (no IP address, user or space; a port up to 65535)',
          code: 'production-url-form',
        },
        placeholder: 'https://saas.example.com/koogallery/produce',
        sample: 'https://produce.harbor.example/koogallery',
        address: 'interface',
        ask: { flag: 'production-url', value: 'url' },
      },
      serviceSupervision: {
        kind: 'flag',
        title: 'Involve service supervision',
        about:
          'True where the buyer hands in requests or opening takes time; orders then settle when the flow ends. Cannot be changed after the release.',
        fixedAfterRelease: 'always',
        optional: true,
      },
      extensionParameters: {
        kind: 'list',
        title: 'Extension parameters',
        about:
          'Parameters KooGallery hands on when an instance is opened; at most 3, each debugged before the release.',
        least: 1,
        identity: ['name'],
        unique: true,
        optional: true,
        item: {
          kind: 'group',
          title: 'Extension parameter',
          about: 'One parameter.',
          fields: {
            name: {
              kind: 'text',
              title: 'Parameter name',
              about: 'As your production interface receives it.',
              form: { pattern: '\\S', says: 'a name', code: 'empty-text' },
            },
            description: { kind: 'text', title: 'What it is for', about: 'Shown to the buyer.', optional: true },
          },
        },
      },
    },
    pricedBy: 'attributes',
    specificationFields: {
      trial: {
        kind: 'group',
        title: 'Trial',
        about: 'Buyers may try this specification first.',
        optional: true,
        fields: {
          days: {
            kind: 'number',
            title: 'Trial days',
            about: 'How many days a trial runs.',
            minimum: 1,
            integer: true,
          },
        },
      },
      upgrades: {
        kind: 'list',
        title: 'Upgrade rules',
        about: 'From which SKU of this specification to which other a subscription may be upgraded.',
        least: 1,
        identity: ['from', 'to'],
        unique: true,
        optional: true,
        item: {
          kind: 'group',
          title: 'Upgrade rule',
          about: 'From one SKU to another.',
          fields: {
            from: { kind: 'text', title: 'From', about: 'The `name` of a SKU of this specification.' },
            to: { kind: 'text', title: 'To', about: 'The `name` of another SKU of this specification.' },
          },
        },
      },
    },
    europe: true,
    withdrawable: false,
    console: saasConsole,
  },
  license: {
    title: 'License',
    category: 'Software',
    deployment: ['customer-public-cloud', 'customer-private-cloud'],
    billing: ['yearly-monthly', 'buyout'],
    deliverable: { title: 'Software package', koo: 'bundle', asset: 'software_package' },
    description: 'Application software packages and authorizations delivered via offline private deployment.',
    fields: {
      package: {
        kind: 'group',
        title: 'Software package',
        about: 'What the customer receives: files koo packs, or an archive that is ready.',
        needs: ['files', 'archive'],
        fields: {
          archive: {
            kind: 'file',
            role: 'archive',
            title: 'Ready archive',
            about: 'A .zip, .tar or .tar.gz of at most 20 GB, sent as it is; instead of `files`.',
            optional: true,
          },
          files: {
            kind: 'list',
            title: 'Files in the package',
            about: 'Globs, relative to this file, of what koo packs into the bundle.',
            least: 1,
            optional: true,
            initial: ['software/**'],
            item: globField,
          },
          exclude: {
            kind: 'list',
            title: 'Files left out',
            about: 'Globs of what stays out of the bundle although a line above matches it.',
            least: 0,
            optional: true,
            item: globField,
          },
          format: {
            kind: 'choice',
            title: 'Archive format',
            about: 'The format of the bundle koo packs; tar.gz where nothing is said.',
            optional: true,
            options: {
              'tar.gz': 'Compressed tar, for Linux',
              zip: 'Zip, for Windows',
              tar: 'Plain tar, for what is compressed already',
            },
          },
          sbom: {
            kind: 'file',
            role: 'sbom',
            title: 'Software bill of materials',
            about: 'Your own CycloneDX SBOM; without it koo makes one of the lock files in the package.',
            optional: true,
          },
          allowSecrets: {
            kind: 'list',
            title: 'Files that may hold secrets',
            about: 'Globs of packed files in which what looks like a secret is none, such as keys of tests.',
            least: 1,
            optional: true,
            item: globField,
          },
        },
      },
      authorization: {
        kind: 'group',
        title: 'Authorization',
        about: 'How a customer is authorized to use the software.',
        fields: {
          kind: {
            kind: 'choice',
            title: 'Kind of authorization',
            about: 'What the customer receives or hands in to activate the software.',
            options: {
              'license-file': 'A file the seller issues',
              'license-key': 'A key the customer types in',
              'authorization-code': 'A code KooGallery makes for each license sold',
              'hardware-id': 'Bound to a hardware identification code the buyer hands in',
              'system-id': 'Bound to a unique code the installed system shows',
            },
          },
          instructions: {
            kind: 'text',
            title: 'How to activate',
            about: 'What the customer does with it, in a sentence or two.',
            optional: true,
          },
          files: {
            kind: 'list',
            title: 'Authorization material',
            about:
              'Files about the authorization that belong in the bundle, such as the key licenses are checked with.',
            least: 1,
            unique: true,
            optional: true,
            item: { kind: 'file', role: 'authorization', title: 'Material', about: 'One file.' },
          },
        },
      },
      ...serviceFields,
      asset: assetField,
    },
    pricedBy: 'attributes',
    specificationFields: {},
    europe: true,
    withdrawable: true,
    console: licenseConsole,
  },
  image: {
    title: 'Image',
    category: 'Software',
    deployment: ['customer-public-cloud'],
    billing: ['yearly-monthly', 'pay-per-use'],
    deliverable: { title: 'Image Management Service (IMS) image', koo: 'images', asset: 'image' },
    description:
      'Standardized host image files that integrate an OS, application software, and running environment. Customers can quickly and centrally start and deploy instances on Huawei Cloud ECSs with these images. They include standalone software such as OSs, firewalls, and middleware.',
    fields: {
      images: {
        kind: 'list',
        title: 'IMS images',
        about: 'The private system-disk images to sell, one for each region.',
        least: 1,
        identity: ['region'],
        unique: true,
        ask: { flag: 'image', value: 'region:id' },
        item: {
          kind: 'group',
          title: 'IMS image',
          about: 'A private image of the seller in one region.',
          fields: {
            region: {
              kind: 'text',
              title: 'Region',
              about: 'Region id, such as ap-southeast-3 (Singapore).',
              form: {
                pattern: '^[a-z]{2,3}(-[a-z0-9]+)+$',
                says: 'a region id such as ap-southeast-3',
                code: 'region-form',
              },
              initial: 'ap-southeast-3',
            },
            id: {
              kind: 'text',
              title: 'Image id',
              about: 'The id IMS shows for the image (a UUID).',
              form: {
                pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
                says: 'an IMS image id: 36 lower-case characters, such as 33ad552d-1149-471c-8190-ff6776174a00',
                code: 'image-id-form',
              },
              placeholder: '00000000-0000-0000-0000-000000000000',
              sample: '33ad552d-1149-471c-8190-ff6776174a00',
            },
          },
        },
      },
      asset: assetField,
    },
    specificationFields: {},
    freeForGood: true,
    europe: true,
    withdrawable: false,
    console: imageConsole,
  },
  'professional-service': {
    title: 'Professional service',
    category: 'Professional service',
    deployment: [],
    billing: ['yearly-monthly', 'buyout'],
    deliverable: null,
    description:
      'Services provided by sellers without delivering specific software or cloud resources. They include cloud O&M, environment configuration, data migration, troubleshooting, software authorization and installation, maintenance, and training.',
    fields: serviceFields,
    pricedBy: 'attributes',
    specificationFields: {},
    europe: true,
    withdrawable: true,
    console: serviceConsole,
  },
  hardware: {
    title: 'Hardware cloud service',
    category: 'Hardware',
    deployment: [],
    billing: ['buyout'],
    deliverable: null,
    description:
      'Hardware devices produced by seller. They include IoT development modules, sensors, access terminals, gateways, and appliances.',
    fields: {},
    pricedBy: 'units',
    specificationFields: {},
    withdrawable: false,
    console: hardwareConsole,
  },
  consulting: {
    title: 'Consulting service',
    category: 'Other',
    deployment: [],
    billing: [],
    deliverable: null,
    description:
      "Consulting services provided by sellers. They are not traded on KooGallery. KooGallery only provides links to access them on sellers' official websites.",
    fields: {
      link: {
        kind: 'text',
        title: 'Link',
        about: 'The page on your own website where customers get in touch; KooGallery only links to it.',
        form: {
          pattern: '^https?://[^\\s/@]+\\.[^\\s/@]+(/[^\\s]*)?$',
          says: 'an http:// or https:// address',
          code: 'link-form',
        },
        placeholder: 'https://www.example.com/consulting',
        sample: 'https://www.harbor.example/consulting',
        address: 'page',
        ask: { flag: 'link', value: 'url' },
      },
    },
    specificationFields: {},
    withdrawable: true,
    console: consultingConsole,
  },
} as const satisfies Record<string, DeliveryMethodRow>

export type DeliveryMethod = keyof typeof deliveryMethods

/** The ids in the table's order. */
export const deliveryMethodIds = Object.keys(deliveryMethods) as readonly DeliveryMethod[]

export function isDeliveryMethod(value: unknown): value is DeliveryMethod {
  return typeof value === 'string' && Object.hasOwn(deliveryMethods, value)
}

/** A row as the plain data every use of the table needs. */
export function rowOf(method: DeliveryMethod): DeliveryMethodRow {
  return deliveryMethods[method]
}

/** Deployment locations as the table prints them: "Customer environment (public cloud and private cloud)", or "N/A". */
export function deploymentTitle(locations: readonly Deployment[]): string {
  const clouds = new Map<string, string[]>()
  for (const id of locations) {
    const { environment, cloud } = deployments[id]
    clouds.set(environment, [...(clouds.get(environment) ?? []), cloud])
  }
  const parts = [...clouds].map(([environment, list]) => `${environment} environment (${list.join(' and ')})`)
  return parts.join(', ') || 'N/A'
}

/** Billing modes as the table prints them, or "/". */
export function billingTitle(modes: readonly Billing[]): string {
  return modes.map((mode) => billings[mode].title).join(', ') || '/'
}
