/** What Seller Console asks of each delivery method, as far as it is documented; the rows of the table hold these. */
import type { ConsoleFact, MethodConsole } from './console-form.ts'

const notWithdrawn: ConsoleFact = {
  text: 'A pending application of this delivery method cannot be withdrawn.',
  source: 'applicationsEurope',
}
const withdrawn: ConsoleFact = {
  text: 'While it is pending, the application can be withdrawn.',
  source: 'applicationsEurope',
}
const salesTypes =
  'which sales types there are, or which is right for this delivery method; the page on hardware names “Common product”'
const deployment = 'whether the form asks where the product runs'

export const saasConsole: MethodConsole = {
  first: [
    { text: 'Deploy the software and its production interface on Huawei Cloud.', source: 'saasRelease' },
    {
      text: 'Add a SaaS asset in the asset center, named as the software, with the domain buyers use; prove that you own it with the unchanged verification file in its root.',
      source: 'saasAsset',
    },
    {
      text: 'Mend what the scan of the asset finds: XSS, SQL injection, CSRF, XXE, information leaks, TLS defects and the like. The asset must be released.',
      source: 'saasRelease',
    },
    {
      text: 'Write the production interface by Access Guide V2.0, as sellers and products new since 2024-05-01 must.',
      source: 'saasRelease',
    },
    {
      text: 'Debug it in Seller Console: newInstance, queryInstance and releaseInstance for every product, refreshInstance and updateInstanceStatus for yearly/monthly ones.',
      source: 'saasInterfacesEurope',
      inferred: true,
    },
    {
      text: 'Keep its answers within 5 seconds: HTTPS with TLS 1.2 or later, POST, JSON, a domain name and a certificate of an authority.',
      source: 'saasAccess',
    },
  ],
  facts: {
    first: [{ text: 'SaaS has to be deployed on Huawei Cloud Europe.', source: 'saasReleaseEurope' }],
    service: [{ text: 'Under Associated Assets, choose the released SaaS asset.', source: 'saasRelease' }],
    release: [notWithdrawn],
  },
  pricing: {
    simple: { text: 'Simple template: one fixed price.', source: 'upgrades' },
    custom: {
      text: 'Custom template: several dimensions, of subscription time, quantity and attributes of your own.',
      source: 'specifications',
    },
  },
  final: [],
  unknown: {
    sales: [salesTypes],
    prices: ['how long a trial may be'],
    service: [
      deployment,
      'where User Authorization Required and the Sensitive Information Encryption Algorithm, which older forms ask for, have gone',
    ],
  },
  fields: {
    'delivery.productionUrl': {
      label: 'Production System API URL',
      source: 'saasRelease',
      facts: [
        {
          text: 'An address that was saved and debugged successfully, on an ECS of Huawei Cloud.',
          source: 'saasRelease',
        },
      ],
    },
    'delivery.serviceSupervision': {
      label: 'Involve Service Supervision',
      source: 'saasRelease',
      otherwise: 'No',
      fixed: { text: 'Involve Service Supervision.', source: 'saasRelease' },
      facts: [
        {
          text: 'Yes where buyers hand in requests or opening takes time; orders then settle when the flow ends.',
          source: 'saasRelease',
        },
      ],
    },
    'delivery.extensionParameters': {
      label: 'Extension Parameters',
      source: 'saasRelease',
      facts: [
        {
          text: 'At most 3, each debugged already; a type that is not preset is asked for by mail.',
          source: 'extensionParameters',
        },
      ],
    },
  },
}

const uploads: readonly ConsoleFact[] = [
  {
    text: 'Add an application asset in the asset center with the software package below, and wait until it is approved.',
    source: 'applicationAsset',
  },
]

/** The console's own way to a package that is too large for a browser. */
export const largePackage: ConsoleFact = {
  text: 'The package is over 1 GB: upload it to your own OBS bucket in CN North-Beijing4 first, and name it to the asset center.',
  source: 'applicationAsset',
}

const packageLimit: ConsoleFact = { text: 'at most 20 GB', source: 'applicationAsset' }

export const licenseConsole: MethodConsole = {
  first: uploads,
  facts: {
    first: [
      {
        text: 'The package is scanned: no virus, Trojan or malware, no vulnerability with a CVSS of 7.0 or more. A rejected asset has a scan report to download.',
        source: 'applicationAsset',
      },
    ],
    service: [
      {
        text: 'Buyers see “Waiting for the seller to provide the service”, then “Waiting for the user to confirm acceptance”, then “Completed”.',
        source: 'buyerSupervision',
      },
    ],
    release: [withdrawn],
  },
  pricing: {
    simple: { text: 'Simple template: one fixed price.', source: 'licenseRelease' },
    custom: { text: 'Custom template: a price for each SKU.', source: 'licenseRelease' },
  },
  final: [],
  unknown: {
    sales: [salesTypes],
    service: [deployment, 'whether the form asks how buyers are authorized', 'how long a delivery period may be'],
  },
  fields: {
    'delivery.package': {
      step: 'first',
      limit: packageLimit,
      facts: [
        {
          text: 'ZIP, TAR or TAR.GZ; letters, digits, “-”, “_” and parentheses in its name.',
          source: 'applicationAsset',
        },
      ],
    },
    'delivery.package.archive': { limit: packageLimit },
    'delivery.serviceFlow': { label: 'Service flow template', source: 'licenseRelease' },
    'delivery.days': {
      label: 'Delivery period',
      source: 'licenseRelease',
      facts: [{ text: 'In calendar days; too long or too short is a reason for rejection.', source: 'licenseRelease' }],
    },
    'delivery.requestTemplates': { file: 'request-template' },
  },
}

export const imageConsole: MethodConsole = {
  first: [
    {
      text: 'Make a private system-disk image of a public image of Huawei Cloud, on an ECS in Bangkok, Hong Kong, Johannesburg, Mexico City, Santiago, Sao Paulo or Singapore.',
      source: 'imageRelease',
    },
    {
      text: 'Leave no preset account, password or key in it; passwords have at least 8 characters of two kinds.',
      source: 'imageAsset',
    },
    {
      text: 'Add an image asset in the asset center from the images below: its name, version, the regions it is copied to, and the recommended security group.',
      source: 'assetsEurope',
    },
    { text: 'Wait until the scan has passed and the asset is approved.', source: 'imageAsset' },
  ],
  facts: {
    first: [
      { text: 'The region of the image is EU-Dublin.', source: 'imageReleaseEurope' },
      {
        text: 'The asset center needs an IAM agency with “IMS Administrator”.',
        source: 'assetsEurope',
      },
    ],
    prices: [
      {
        text: 'After the delivery method comes the Pricing Mode: by vCPUs, or free. One priced by vCPUs cannot be free.',
        source: 'imageRelease',
      },
    ],
    release: [notWithdrawn],
  },
  final: [{ text: 'The price of an image that was set as free.', source: 'imageRelease' }],
  unknown: {
    sales: [salesTypes],
    first: ['which operating systems, disks and flavors an image may need'],
    service: [deployment],
  },
  fields: {
    'delivery.images': { step: 'first' },
    'delivery.images.*.region': {
      facts: [{ text: 'The asset center calls them image replication zones.', source: 'assetsEurope' }],
    },
    'specifications.*.price': {
      fixed: { text: 'the price, once the image is set as a free image.', source: 'imageRelease' },
    },
  },
}

export const serviceConsole: MethodConsole = {
  first: [
    {
      text: 'Have the request templates and the product delivery template ready, if you use them.',
      source: 'supervision',
      inferred: true,
    },
  ],
  facts: {
    service: [
      { text: 'The flow must be followed; orders settle when it is completed.', source: 'service' },
      {
        text: 'You accept a request, deliver, and upload the proof; then the buyer accepts.',
        source: 'supervision',
      },
    ],
    release: [withdrawn],
  },
  pricing: {
    simple: { text: 'Simple template: one fixed price.', source: 'service' },
    custom: {
      text: 'Custom template: a price for each SKU; linear or tiered prices of quantities.',
      source: 'service',
    },
  },
  final: [],
  unknown: { sales: [salesTypes], service: ['how long a delivery period may be'] },
  fields: {
    'delivery.serviceFlow': {
      label: 'Service Flow',
      source: 'service',
      facts: [
        {
          text: 'Two are known: the standard template (environment configuration, data migration and the like) and the website-building template.',
          source: 'service',
        },
      ],
    },
    'delivery.days': {
      label: 'Avg. Delivery Duration',
      source: 'service',
      facts: [{ text: 'In calendar days; the page also calls it Delivery Period.', source: 'service' }],
    },
    'delivery.requestTemplates': {
      label: 'Request Templates',
      source: 'service',
      file: 'request-template',
      facts: [{ text: 'Excel or Word files the buyer downloads and fills in.', source: 'service' }],
    },
  },
}

export const hardwareConsole: MethodConsole = {
  choice: { text: 'Hardware', source: 'hardwareRelease' },
  salesType: { text: 'Common product', source: 'hardwareRelease' },
  first: [
    { text: 'Have your account put on the list of sellers who may release hardware.', source: 'hardwareRelease' },
  ],
  facts: {
    prices: [
      {
        text: 'Hardware is charged by quantity; the quantity attribute is there by default.',
        source: 'hardwareRelease',
      },
      { text: 'SKUs may only use enumerated attributes beside it.', source: 'hardwareRelease' },
      { text: 'Inventory management tells buyers what is sold out.', source: 'hardwareRelease' },
    ],
    release: [notWithdrawn],
  },
  pricing: {
    simple: { text: 'Linear pricing: the price of one piece.', source: 'hardwareRelease' },
    custom: { text: 'Tiered pricing, or a price for each SKU.', source: 'hardwareRelease' },
  },
  final: [],
  unknown: { service: ['which shipping fields the form has; koo.yaml has none'] },
}

export const consultingConsole: MethodConsole = {
  first: [],
  facts: {
    prices: [{ text: 'Consulting is not traded on KooGallery, so there is nothing to price.', inferred: true }],
    release: [withdrawn],
  },
  final: [],
  unknown: {
    sales: [salesTypes],
    first: ['what has to be ready before a consulting service is released'],
    service: ['how the form for consulting services looks; only that it links to your own website'],
  },
}
