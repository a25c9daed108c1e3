/** The link of a product that KooGallery only links to. */
import type { Rule } from './rule.ts'

const marketplaceHost = /^https?:\/\/([^/:]*\.)?(huaweicloud|myhuaweicloud)\.[a-z]+(?=[:/?#]|$)/i

export const linkRule: Rule = ({ manifest }) => {
  const { link } = manifest.delivery
  if (link === undefined || !marketplaceHost.test(link)) return []
  const message = 'The link leads to Huawei Cloud; KooGallery wants one to your own website.'
  return [{ code: 'link-own-site', path: '/delivery/link', message }]
}
