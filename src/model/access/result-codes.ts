/**
 * The result codes a seller's server answers with; the same in every version of the interface.
 * Source: SaaS access guide, result codes; for licenses opened online, the guide of the China site.
 */
export const resultCodes = {
  '000000': 'success',
  '000001': 'authentication failed',
  '000002': 'a parameter is invalid',
  '000003': 'the instance does not exist',
  '000004': 'the request is being processed',
  '000005': 'another internal error',
  '000100': 'no resource for the instance is left',
  '000101': 'the mobile number is missing or taken',
  '000102': 'the e-mail address is missing or taken',
  '000103': 'the product was bought before',
  '000104': 'an internal service error',
  '000105': 'the account has the benefit already',
  '000106': 'sold out',
  '000107': 'the e-mail domain of the company is taken',
  '000900': 'the license quota is too small',
  '000901': 'the license is outside the dates of the order',
  '000902': 'a license for a period needs an expiry date',
  '000903': 'a device fingerprint or hardware id is needed',
} as const
export type ResultCode = keyof typeof resultCodes

export const succeeded: ResultCode = '000000'
export const unauthenticated: ResultCode = '000001'
export const invalidParameter: ResultCode = '000002'
export const unknownInstance: ResultCode = '000003'
export const beingProcessed: ResultCode = '000004'

/** As in `000003 (the instance does not exist)`. */
export function codeInWords(code: string): string {
  return code in resultCodes ? `${code} (${resultCodes[code as ResultCode]})` : code
}
