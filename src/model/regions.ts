/**
 * The regions from which an image can be released on KooGallery.
 *
 * The cities are documented, those of the international and the European site on the page `image`, those of the China
 * site in its image guide; the region ids beside them are inferred from Huawei Cloud's general naming, so a region that
 * is missing here is a warning and never an error.
 */
const regions = {
  'af-south-1': { city: 'Johannesburg', site: 'international' },
  'ap-southeast-1': { city: 'Hong Kong (China)', site: 'international' },
  'ap-southeast-2': { city: 'Bangkok', site: 'international' },
  'ap-southeast-3': { city: 'Singapore', site: 'international' },
  'cn-east-3': { city: 'Shanghai', site: 'china' },
  'cn-north-4': { city: 'Beijing', site: 'china' },
  'cn-south-1': { city: 'Guangzhou', site: 'china' },
  'cn-southwest-2': { city: 'Guiyang', site: 'china' },
  'eu-west-101': { city: 'Dublin', site: 'europe' },
  'la-north-2': { city: 'Mexico City', site: 'international' },
  'la-south-2': { city: 'Santiago', site: 'international' },
  'na-mexico-1': { city: 'Mexico City', site: 'international' },
  'sa-brazil-1': { city: 'São Paulo', site: 'international' },
} as const

/** Their ids, for the sites named. */
export function imageRegions(sites: readonly string[]): readonly string[] {
  return Object.entries(regions).flatMap(([id, { site }]) => (sites.includes(site) ? [id] : []))
}

export function isImageRegion(id: string): boolean {
  return Object.hasOwn(regions, id)
}

/** The city of a region, where it is known. */
export function regionCity(id: string): string | undefined {
  return isImageRegion(id) ? regions[id as keyof typeof regions].city : undefined
}
