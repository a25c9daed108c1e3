/** Tells secrets that could be real from those of documentation, templates and tests. */

const words =
  /EXAMPLE|SAMPLE|DUMMY|PLACEHOLDER|CHANGE[_-]?ME|CHANGE[_-]?IT|YOUR[_-]|REDACTED|REPLACE|SECRET[_-]?HERE|INSERT[_-]/i
/** What fills a place by hand: x's, stars and dots in a row, or the alphabet. */
const fillers = /x{4,}|X{4,}|\*{3,}|\.{3}|\xe2\x80\xa6|0123456789|1234567890|abcdefgh|ABCDEFGH/
/** `<token>`, `${TOKEN}`, `{{ token }}`, `$TOKEN`, `%TOKEN%`, `%s`. */
const templates = /[<>{}]|\$[A-Za-z_(]|^%.*%$|%[sdv](?![0-9a-f])/

/** What stands where a secret would, so that a reader knows where to write it. */
export function isPlaceholder(secret: string): boolean {
  return words.test(secret) || fillers.test(secret) || templates.test(secret) || isMonotonous(secret)
}

/** All one character but for a prefix, or hardly more: random texts are not. */
function isMonotonous(secret: string): boolean {
  return /(.)\1{9}|^(.)\2*$/.test(secret) || (secret.length >= 16 && new Set(secret).size < 6)
}

/** Capitals, small letters and digits, as every random text of 30 characters has; a digest or a long name has not. */
export function isMixed(secret: string): boolean {
  return /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret)
}

/** Passwords that say what they are, as documentation has them. */
const knownPasswords =
  /^(?:my|the|your|some|db|user)?[-_]?(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|key|credentials?|hunter2|foo|bar|baz|test|admin|root|guest|demo|letmein|qwerty|p[a4@][s5$]{1,2}w[o0]rd|api[-_]?key|access[-_]?token|x-oauth-basic|x-access-token|username|anything)[-_]?[\d!]*$/i

/** A password that a person or a machine could have chosen: no word of documentation, and more than letters. */
export function isPassword(secret: string): boolean {
  return !knownPasswords.test(secret) && /[A-Za-z]/.test(secret) && /[^A-Za-z]/.test(secret)
}

/** What Docker keeps for a registry: user and password, in base64. */
export function isUserAndPassword(secret: string): boolean {
  const [, user = '', password = ''] = /^([\x21-\x7e]+?):([\x21-\x7e]+)$/.exec(atob(padded(secret))) ?? []
  return user !== '' && password.length >= 4 && !knownPasswords.test(password) && !isPlaceholder(password)
}

function padded(base64: string): string {
  const bare = base64.replace(/=+$/, '')
  // One digit alone says nothing, and is refused.
  return bare.length % 4 === 1 ? bare.slice(0, -1) : bare
}

const colon = 58
const at = 64
const slash = 47
const longestUserInfo = 220

/**
 * Whether `user:password@` may follow the `://` at a place: most addresses have none, and there may be one on every
 * line.
 */
export function hasPasswordBefore(bytes: Uint8Array, start: number): boolean {
  const end = Math.min(bytes.length, start + longestUserInfo)
  let colons = 0
  for (let i = start + 3; i < end; i++) {
    const byte = bytes[i] as number
    if (byte === at) return colons > 0
    if (byte === colon) colons++
    if (byte === slash || byte <= 32 || byte === 34 || byte === 39 || byte === 60) return false
  }
  return false
}
