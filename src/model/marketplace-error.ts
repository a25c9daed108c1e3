/** The error codes of the marketplace contract: the sandbox answers with them, the client tells by them what to do. */

export interface MarketplaceErrorRow {
  readonly status: number
  readonly meaning: string
}

export const marketplaceErrors = {
  'APIGW.0101': { status: 404, meaning: 'There is no such operation.' },
  'APIGW.0201': { status: 413, meaning: 'The body is larger than the gateway takes.' },
  'APIGW.0301': { status: 401, meaning: 'The signature is missing, wrong, expired or was used before.' },
  'APIGW.0308': { status: 429, meaning: 'Throttled.' },
  'KOO.01400001': { status: 400, meaning: 'The request does not follow the contract.' },
  'KOO.01400002': { status: 400, meaning: 'The manifest is refused.' },
  'KOO.01400003': { status: 400, meaning: 'A file’s upload is missing, incomplete or of other content.' },
  'KOO.01400004': { status: 400, meaning: 'The part’s bytes do not have the size or the hash they should.' },
  'KOO.01400005': { status: 400, meaning: 'The upload lacks parts, or its whole is not of the announced hash.' },
  'KOO.01403001': { status: 403, meaning: 'The account may not do this.' },
  'KOO.01403002': { status: 403, meaning: 'A quota of the account is used up.' },
  'KOO.01404001': { status: 404, meaning: 'There is no such product, release or upload.' },
  'KOO.01409001': { status: 409, meaning: 'The version is released already, with other content.' },
  'KOO.01409002': { status: 409, meaning: 'The product is discontinued.' },
  'KOO.01409003': { status: 409, meaning: 'The client token was used for another request.' },
  'KOO.01409004': { status: 409, meaning: 'Not possible in the present state.' },
  'KOO.01409005': { status: 409, meaning: 'Another release of the product is in review.' },
  'KOO.01409006': { status: 409, meaning: 'The product exists with another delivery method.' },
  'KOO.01409007': { status: 409, meaning: 'The product has changed since the revision that was planned from.' },
  'KOO.01409008': { status: 409, meaning: 'A specification was removed from sale, which is final.' },
  'KOO.01500001': { status: 500, meaning: 'The marketplace failed.' },
  'KOO.01503001': { status: 503, meaning: 'The marketplace is overloaded or being maintained.' },
  'KOO.01507001': { status: 507, meaning: 'The marketplace has no room left.' },
} as const satisfies Record<string, MarketplaceErrorRow>

export type MarketplaceErrorCode = keyof typeof marketplaceErrors
