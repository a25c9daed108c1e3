/** What only shows between the manifests of one run: the same key, the same name, editions sold as products. */
import type { Finding } from '../../model/diagnostic.ts'

/** What has to be kept of each manifest of a run; small, because a run may have thousands. */
export interface Identity {
  readonly file: string
  readonly key: string | undefined
  readonly name: string | undefined
}

/** Takes the manifests of a run one after the other; each is compared with those before it. */
export class Between {
  readonly #keys = new Map<string, Identity>()
  readonly #names = new Map<string, Identity>()
  readonly #plainNames = new Map<string, Identity>()

  /** At most one finding: two manifests of one key are one mistake, whatever else they share. */
  add(identity: Identity): readonly Finding[] {
    const { key, name } = identity
    const plain = name === undefined ? undefined : spelt(name)
    const sameKey = earlier(this.#keys, key, identity)
    const sameName = earlier(this.#names, plain, identity)
    const sameButEdition = earlier(this.#plainNames, plain === undefined ? undefined : withoutEdition(plain), identity)
    if (sameKey !== undefined) return [repeatedKey(sameKey)]
    if (sameName !== undefined) return [repeatedName(sameName)]
    return sameButEdition === undefined ? [] : [edition(sameButEdition)]
  }
}

/** The first other manifest with the same word; where there is none, this one becomes it. */
function earlier(seen: Map<string, Identity>, word: string | undefined, identity: Identity): Identity | undefined {
  if (word === undefined || word === '') return undefined
  const first = seen.get(word)
  if (first === undefined) seen.set(word, identity)
  return first?.file === identity.file ? undefined : first
}

const editions =
  /\b(basic|standard|starter|lite|light|free|trial|community|personal|individual|home|team|business|professional|pro|premium|plus|advanced|ultimate|enterprise|flagship|edition|version|plan)\b|基础版|标准版|专业版|企业版|旗舰版|高级版|个人版|试用版|免费版|[（）()]/gi

/** Without what nobody hears. Most names have nothing of it, and a run has thousands. */
function spelt(name: string): string {
  const plain = /[^\p{L}\p{N}\s]|\s\s/u.test(name) ? name.replace(/[\s,:–_-]+/g, ' ') : name
  return plain.trim().toLowerCase()
}

/** A plain name without words for editions; undefined where nothing else is left. */
function withoutEdition(plain: string): string | undefined {
  const rest = plain.replace(editions, ' ')
  return rest === plain ? plain : spelt(rest.replace(/\s+/g, ' ')) || undefined
}

function repeatedKey({ file }: Identity): Finding {
  return { code: 'key-repeated', path: '/product/key', message: `${file} has the same product key.` }
}

function repeatedName({ file }: Identity): Finding {
  return { code: 'name-repeated', path: '/product/name', message: `${file} gives another product the same name.` }
}

function edition({ file, name }: Identity): Finding {
  const message = `This differs from “${name}” in ${file} only by a word for an edition.`
  return { code: 'edition-as-product', path: '/product/name', message }
}
