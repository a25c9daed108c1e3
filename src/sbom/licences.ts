/** Licences as authors write them → SPDX identifier, SPDX expression or name. */
import * as Models from '@cyclonedx/cyclonedx-library/Models'
import * as SPDX from '@cyclonedx/cyclonedx-library/SPDX'

/** An expression stands alone (CycloneDX 1.6, `licenseChoice`), so that beside others it is but a name. */
export function licencesOf(written: readonly string[]): readonly Models.License[] {
  return written.map((each) => {
    const id = SPDX.fixupSpdxId(each)
    // `constructor` is found, too.
    if (id !== undefined && SPDX.isSupportedSpdxId(id)) return new Models.SpdxLicense(id)
    return written.length === 1 && isExpression(each)
      ? new Models.LicenseExpression(each)
      : new Models.NamedLicense(each)
  })
}

/** What is longer takes long to shrink, and is but a name. */
const longestExpression = 1000

/** https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/, by shrinking what it is made of to one licence. */
export function isExpression(text: string): boolean {
  if (text.length > longestExpression) return false
  let shape = (text.match(/[()]|[^\s()]+/g) ?? []).map(letterOf).join('')
  shape = shape.replace(/Lw[Ln]/g, 'L')
  for (let before = ''; before !== shape; ) {
    before = shape
    shape = shape.replace(/LoL|\(L\)/g, 'L')
  }
  return shape === 'L'
}

/** A bracket, an operator, a licence, or anything else, such as an exception. */
function letterOf(token: string): string {
  if (token === '(' || token === ')') return token
  if (token === 'AND' || token === 'OR') return 'o'
  if (token === 'WITH') return 'w'
  return /^LicenseRef-[\w.-]+$/.test(token) || SPDX.isSupportedSpdxId(token.replace(/\+$/, '')) ? 'L' : 'n'
}
