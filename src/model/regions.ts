/**
 * The regions from which an image can be released on KooGallery.
 *
 * The cities are documented for the international site and, for Dublin, the European one; the region ids beside them
 * are inferred from Huawei Cloud's general naming, so a region that is missing here is a warning and never an error.
 */
export const imageRegions = {
  source: 'https://support.huaweicloud.com/intl/en-us/sp-marketplace/en-us_sp_topic_0000014.html',
  ids: {
    'af-south-1': 'Johannesburg',
    'ap-southeast-1': 'Hong Kong (China)',
    'ap-southeast-2': 'Bangkok',
    'ap-southeast-3': 'Singapore',
    'eu-west-101': 'Dublin',
    'la-north-2': 'Mexico City',
    'la-south-2': 'Santiago',
    'na-mexico-1': 'Mexico City',
    'sa-brazil-1': 'São Paulo',
  },
} as const

export function isImageRegion(id: string): boolean {
  return Object.hasOwn(imageRegions.ids, id)
}
