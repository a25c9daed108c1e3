/**
 * The public pages KooGallery's requirements were read on, with the day they were read.
 *
 * `of` tells whose requirement a page states: those of the international and the European site are errors where they
 * are stated plainly; what only the China site states is a warning, mostly for sellers who name it in `sites`.
 */

export interface Page {
  readonly title: string
  readonly address: string
  /** ISO date. */
  readonly read: string
  readonly of: 'international' | 'europe' | 'china'
}

const international = 'https://support.huaweicloud.com/intl/en-us'
const read = '2026-11-22'

export const pages = {
  release: {
    title: 'Releasing a product: requirements',
    address: `${international}/sp-marketplace/en-us_sp_topic_0000012.html`,
    read,
    of: 'international',
  },
  releaseEurope: {
    title: 'Release requirements (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000011.html',
    read,
    of: 'europe',
  },
  detailsEurope: {
    title: 'Product details and qualification (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000027.html',
    read,
    of: 'europe',
  },
  modifyEurope: {
    title: 'Modifying a released product (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000031.html',
    read,
    of: 'europe',
  },
  applicationsEurope: {
    title: 'Managing applications (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000035.html',
    read,
    of: 'europe',
  },
  seller: {
    title: 'Seller profile',
    address: 'https://support.huaweicloud.com/intl/zh-cn/sp-marketplace/en-us_sp_topic_0000111.html',
    read,
    of: 'international',
  },
  saasRelease: {
    title: 'Releasing SaaS products',
    address: `${international}/sp-marketplace/en-us_sp_topic_0161996561.html`,
    read,
    of: 'international',
  },
  saasAccess: {
    title: 'SaaS access guide: overall rules (European site)',
    address: 'https://support.huaweicloud.com/eu/accessg-marketplace/en-us_topic_000006.html',
    read,
    of: 'europe',
  },
  extensionParameters: {
    title: 'SaaS extension parameters (China site)',
    address: 'https://huaweicloud.com/s/JW9ic3V0aWzlkb3ku6Tlj4LmlbAgbHMl/t_30_p_7/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  saasOrders: {
    title: 'SaaS access guide: order query',
    address: `${international}/accessg-marketplace/topic_0070649116.html`,
    read,
    of: 'international',
  },
  saasSignature: {
    title: 'SaaS access guide: request authentication',
    address: `${international}/accessg-marketplace/topic_0070649090.html`,
    read,
    of: 'international',
  },
  saasNewInstance: {
    title: 'SaaS access guide: creating an instance',
    address: `${international}/accessg-marketplace/topic_0070649092.html`,
    read,
    of: 'international',
  },
  saasQueryInstance: {
    title: 'SaaS access guide: querying instances',
    address: `${international}/accessg-marketplace/topic_0070649093.html`,
    read,
    of: 'international',
  },
  saasRefreshInstance: {
    title: 'SaaS access guide: refreshing an instance',
    address: `${international}/accessg-marketplace/topic_0070649094.html`,
    read,
    of: 'international',
  },
  saasInstanceStatus: {
    title: 'SaaS access guide: updating the instance status',
    address: `${international}/accessg-marketplace/topic_0070649095.html`,
    read,
    of: 'international',
  },
  saasReleaseInstance: {
    title: 'SaaS access guide: releasing an instance',
    address: `${international}/accessg-marketplace/topic_0070649096.html`,
    read,
    of: 'international',
  },
  saasUpgradeInstance: {
    title: 'SaaS access guide: upgrading an instance',
    address: `${international}/accessg-marketplace/topic_0070649097.html`,
    read,
    of: 'international',
  },
  saasChangeCheck: {
    title: 'SaaS access guide: checking a change upon renewal',
    address: `${international}/accessg-marketplace/en-us_topic_0000002464934193.html`,
    read,
    of: 'international',
  },
  saasResultCodes: {
    title: 'SaaS access guide: result codes',
    address: `${international}/accessg-marketplace/topic_0070649099.html`,
    read,
    of: 'international',
  },
  saasDebugging: {
    title: 'What debugging a production interface checks',
    address: 'https://support.huaweicloud.com/intl/id-id/accessg-marketplace/en-us_topic_0082027567.html',
    read,
    of: 'international',
  },
  saasV1Token: {
    title: 'SaaS access guide 1.0: authToken',
    address: `${international}/accessg-marketplace/en-us_topic_0070649066.html`,
    read,
    of: 'international',
  },
  saasV1NewInstance: {
    title: 'SaaS access guide 1.0: subscription',
    address: `${international}/accessg-marketplace/en-us_topic_0070649013.html`,
    read,
    of: 'international',
  },
  saasV1QueryInstance: {
    title: 'SaaS access guide 1.0: instance query',
    address: `${international}/accessg-marketplace/topic_0070649081.html`,
    read,
    of: 'international',
  },
  saasV1RefreshInstance: {
    title: 'SaaS access guide 1.0: renewal',
    address: `${international}/accessg-marketplace/en-us_topic_0070649014.html`,
    read,
    of: 'international',
  },
  saasV1ExpireInstance: {
    title: 'SaaS access guide 1.0: expiration',
    address: `${international}/accessg-marketplace/en-us_topic_0070649055.html`,
    read,
    of: 'international',
  },
  saasV1InstanceStatus: {
    title: 'SaaS access guide 1.0: resource status change',
    address: `${international}/accessg-marketplace/en-us_topic_0070649069.html`,
    read,
    of: 'international',
  },
  saasV1Upgrade: {
    title: 'SaaS access guide 1.0: upgrade',
    address: `${international}/accessg-marketplace/en-us_topic_0213512664.html`,
    read,
    of: 'international',
  },
  saasV1ReleaseInstance: {
    title: 'SaaS access guide 1.0: resource release',
    address: 'https://support.huaweicloud.com/intl/zh-cn/accessg-marketplace/zh-cn_topic_0070649056.html',
    read,
    of: 'international',
  },
  saasV1BodySign: {
    title: 'SaaS access guide 1.0: HTTP body signature',
    address: `${international}/accessg-marketplace/en-us_topic_0070649067.html`,
    read,
    of: 'international',
  },
  licenseRelease: {
    title: 'Releasing License products',
    address: 'https://support.huaweicloud.com/intl/ar-mena/sp-marketplace/sp_topic_0000210.html',
    read,
    of: 'international',
  },
  licenseCodes: {
    title: 'License authorization codes (China site)',
    address: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649173.html',
    read,
    of: 'china',
  },
  licenseCodeSignature: {
    title: 'License authorization codes: request authentication (China site)',
    address: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649248.html',
    read,
    of: 'china',
  },
  licenseCodeRefresh: {
    title: 'License authorization codes: renewal (China site)',
    address: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649167.html',
    read,
    of: 'china',
  },
  licenseCodeStatus: {
    title: 'License authorization codes: status (China site)',
    address: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649168.html',
    read,
    of: 'china',
  },
  licenseCodeRelease: {
    title: 'License authorization codes: release (China site)',
    address: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649169.html',
    read,
    of: 'china',
  },
  imageRelease: {
    title: 'Releasing Image products',
    address: `${international}/sp-marketplace/en-us_sp_topic_0000014.html`,
    read,
    of: 'international',
  },
  imageAsset: {
    title: 'Image asset standards',
    address: 'https://support.huaweicloud.com/intl/pt-br/sp-marketplace/en-us_topic_0000002075896092.html',
    read,
    of: 'international',
  },
  imageErrors: {
    title: 'Image Management Service: documents, error codes',
    address: 'https://github.com/huaweicloudDocs/ims',
    read,
    of: 'international',
  },
  service: {
    title: 'Releasing professional services',
    address: 'https://support.huaweicloud.com/intl/ar-mena/sp-marketplace/en-us_sp_topic_00000086.html',
    read,
    of: 'international',
  },
  supervision: {
    title: 'Service supervision',
    address: `${international}/sp-marketplace/en-us_sp_topic_0000095.html`,
    read,
    of: 'international',
  },
  hardwareRelease: {
    title: 'Releasing hardware',
    address: `${international}/sp-marketplace/en-us_topic_0000002286769482.html`,
    read,
    of: 'international',
  },
  specifications: {
    title: 'Multi-SKU pricing',
    address: `${international}/sp-marketplace/en-us_sp_topic_0199178018.html`,
    read,
    of: 'international',
  },
  specificationsEurope: {
    title: 'Specifications and SKUs (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000028.html',
    read,
    of: 'europe',
  },
  attributes: {
    title: 'Product attributes',
    address: `${international}/sp-marketplace/en-us_sp_topic_0199264843.html`,
    read,
    of: 'international',
  },
  upgrades: {
    title: 'Upgrade rules',
    address: 'https://support.huaweicloud.com/intl/id-id/sp-marketplace/en-us_topic_0212192789.html',
    read,
    of: 'international',
  },
  orderAmounts: {
    title: 'Order interface: amounts and periods (China site)',
    address: 'https://www.huaweicloud.com/guide/productsdesc-bms_a12abd4b773c6986be9fefa1046acb8esupport0',
    read,
    of: 'china',
  },
  applicationAsset: {
    title: 'Application assets',
    address: 'https://support.huaweicloud.com/intl/zh-cn/sp-marketplace/en-us_topic_0000002094807665.html',
    read,
    of: 'international',
  },
  assetLookup: {
    title: 'Asset look-up (as the Terraform provider uses it)',
    address:
      'https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/data-sources/koogallery_assets.md',
    read,
    of: 'international',
  },
  reviews: {
    title: 'Reviews of releases',
    address: `${international}/sp-marketplace/en-us_sp_topic_0000089.html`,
    read,
    of: 'international',
  },
  saasAsset: {
    title: 'SaaS assets',
    address: `${international}/sp-marketplace/en-us_topic_0284625596.html`,
    read,
    of: 'international',
  },
  saasReleaseEurope: {
    title: 'Releasing SaaS products (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000084.html',
    read,
    of: 'europe',
  },
  saasInterfacesEurope: {
    title: 'SaaS access guide: which interfaces are needed (European site)',
    address: 'https://support.huaweicloud.com/eu/accessg-marketplace/en-us_topic_000003.html',
    read,
    of: 'europe',
  },
  imageReleaseEurope: {
    title: 'Releasing Image products (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000075.html',
    read,
    of: 'europe',
  },
  assetsEurope: {
    title: 'Managing assets (European site)',
    address: 'https://support.huaweicloud.com/eu/sp-marketplace/eu_sp_topic_000109.html',
    read,
    of: 'europe',
  },
  buyerSupervision: {
    title: 'Service supervision, as the buyer sees it',
    address: `${international}/usermanual-marketplace/en-us_buyer_topic_00000025.html`,
    read,
    of: 'international',
  },
  removal: {
    title: 'Removing a product',
    address: 'https://support-intl.huaweicloud.com/en-us/sp-marketplace/en-us_sp_topic_0000021.html',
    read,
    of: 'international',
  },
  namesChina: {
    title: 'Product names (China site)',
    address: 'https://huaweicloud.com/s/JXdpbjEwIOWuieijhWRoY3DmnI3liqHlmajphY3nva4l/t_30_p_13/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  descriptionsChina: {
    title: 'Product descriptions (China site)',
    address: 'https://huaweicloud.com/s/JeWmguS9leivhuWIq-aooeeziuWbvueJh-eahOaWh-WtlyU/t_30_p_1/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  picturesChina: {
    title: 'Main pictures (China site)',
    address: 'https://huaweicloud.com/s/JW5vZGXor4bliKvlm77niYfmloflrZcl/t_30_p_1/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  logoChina: {
    title: 'Product logos (China site)',
    address: 'https://huaweicloud.com/s/JeWcqOe6v-inhumikeagvOW8j-i9rOaNouW3peWFtyU/t_30_p_3/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  approvalChina: {
    title: 'What follows an approval (China site)',
    address: 'https://huaweicloud.com/s/JWRvY2tlcuaWh-aho-S4reaWh-eJiCU/t_30_p_20/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  documentsChina: {
    title: 'Qualification files (China site)',
    address: 'https://huaweicloud.com/s/JWFuZHJvaWQg5a-85YWlY3J06K-B5LmmJQ/t_30_p_2/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
  agreementsChina: {
    title: 'Service agreements (China site)',
    address: 'https://huaweicloud.com/s/JeaAjuS4iOafpeeci-eUteiEkeeahOepuumXsuerr-WPoyU/t_30_p_31/JeS6keWVhuW6lyU',
    read,
    of: 'china',
  },
} as const satisfies Record<string, Page>

export type PageName = keyof typeof pages

export function pageOf(name: PageName): Page {
  return pages[name]
}
