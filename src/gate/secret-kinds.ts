/** The table of secrets that show in a file's content: what stands around each one, and who says so. */
import { hasPasswordBefore, isMixed, isPassword, isUserAndPassword } from './real-secrets.ts'

export interface SecretKind {
  /** As in "a private key". */
  readonly what: string
  /** Who documents the form. */
  readonly source: string
  /** Parts of the pattern that are rare elsewhere, one of which every match contains; at least 3 characters. */
  readonly markers: readonly string[]
  /** The group `secret`, or else the whole match, is what must look real. Every match contains a marker. */
  readonly pattern: RegExp
  /** Where the pattern is a mere name, such as the id of a key: the secret that has to stand beside it. */
  readonly near?: RegExp
  /** Beyond being no placeholder. */
  readonly isReal?: (secret: string) => boolean
  /** A cheap look at the bytes around a marker that is not rare, before the pattern is tried. */
  readonly worth?: (bytes: Uint8Array, at: number) => boolean
}

/** Between the name of a setting and its value, in shells, YAML, JSON, TOML, properties and source code. */
const is = String.raw`["'\]]{0,2}\s{0,4}(?::=|=>|[:=])\s{0,4}["'\x60]?`
const token = '(?<![A-Za-z0-9_-])'
const ends = '(?![A-Za-z0-9_-])'
const mixed40 = '(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])'

/**
 * After the header of a private key: spaces and quotes, as of texts in source code, then lines such as `DEK-Info: …`,
 * and then base64. The words alone, as code that reads keys has them, are no key. No part can match what the one before it
 * may end with, so that nothing is tried in more than one way.
 */
const pemBody = String.raw`(?:\\[nrt]|[\s"'\x60+,|>\\])*(?:[A-Z][A-Za-z-]{2,20}: [^\n\r\\"']{1,80}(?:\\[nr]|[\n\r"'])(?:\\[nrt]|[\s"'+,])*){0,8}(?<secret>[A-Za-z0-9+/]{40,})(?![A-Za-z0-9+/]|\.\.\.|\xe2\x80\xa6)`

/** Not before hosts that documentation makes up, nor before the machine itself. */
const noHost = String.raw`(?![\w.-]*\bexample\b|(?:[\w-]+\.)*company\.com(?![\w-]|\.\w)|localhost|127\.|0\.0\.0\.0)`

export const secretKinds: readonly SecretKind[] = [
  {
    what: 'a private key',
    source: 'RFC 7468, sections 10 and 11; OpenSSH, PROTOCOL.key; RFC 9580, section 6.2',
    markers: ['PRIVATE KEY'],
    pattern: new RegExp(`-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----${pemBody}`, 'g'),
  },
  {
    what: 'a private key of PuTTY',
    source: 'PuTTY user manual, appendix C: PPK file format',
    markers: ['Private-Lines: '],
    pattern: /Private-Lines: \d+\r?\n(?<secret>[A-Za-z0-9+/=]{32,})/g,
  },
  {
    // The two letters of the algorithm, those of the key derivation and of the checksum, in base64. Also koo's own keys.
    // Salt and limits may be zeros, and so may the checksum at the end, so only what lies between them must look real.
    what: 'a secret key of minisign or signify',
    source: 'https://jedisct1.github.io/minisign/ (Secret key format); signify(1), struct enckey',
    markers: ['RWRTY0Iy', 'RWQAAEIy', 'RWRCSw'],
    pattern:
      /(?<![A-Za-z0-9+/])RW(?:(?:RTY0Iy|QAAEIy)[A-Za-z0-9+/]{64}|RCSw[A-Za-z0-9+/]{50})(?<secret>[A-Za-z0-9+/]{64,96})/g,
  },
  {
    what: 'a secret key of age',
    source: 'https://age-encryption.org/v1 (X25519 identities, in Bech32)',
    markers: ['AGE-SECRET-KEY-'],
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58,}/g,
  },
  {
    what: 'a private key of WireGuard',
    source: 'wg(8), configuration file format: 32 bytes in base64, the last of whose digits leaves two bits out',
    markers: ['PrivateKey'],
    pattern: /PrivateKey\s*=\s*(?<secret>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)/g,
  },
  {
    what: 'a client key of Kubernetes',
    source: 'https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ (AuthInfo)',
    markers: ['client-key-data'],
    pattern: /client-key-data["']?:\s*["']?(?<secret>[A-Za-z0-9+/]{64,})/g,
  },
  {
    what: 'a secret key of Huawei Cloud',
    source: 'https://github.com/huaweicloud/huaweicloud-sdk-python-v3 (environment variables); Terraform provider',
    markers: ['CLOUD_SDK_SK', 'HW_SECRET_KEY', 'CLOUD_SECRET_KEY', 'OBS_SECRET_ACCESS_KEY'],
    pattern: new RegExp(
      `(?:HUAWEICLOUD_SDK_SK|HW_SECRET_KEY|HUAWEICLOUD_SECRET_KEY|OBS_SECRET_ACCESS_KEY)${is}(?<secret>[A-Za-z0-9]{40})${ends}`,
      'g',
    ),
  },
  {
    what: 'a secret key of AWS',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (unique ID prefixes)',
    markers: ['AKIA', 'ASIA'],
    pattern: new RegExp(`${token}(?:AKIA|ASIA)[A-Z2-7]{16}${ends}`, 'g'),
    near: new RegExp(mixed40, 'g'),
    isReal: isMixed,
  },
  {
    // Huawei Cloud and those who speak S3 name it alike; Huawei's keys have letters and digits only.
    what: 'the secret key of a cloud account',
    source: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html; Huawei Cloud IAM, access keys',
    markers: ['ecret_access_', 'ECRET_ACCESS_', 'ecretAccess', 'ecret_key', 'ECRET_KEY', 'ecretKey', 'ecret-key'],
    pattern: new RegExp(`secret[_-]?(?:access[_-]?)?key(?:[_-]?id)?${is}(?<secret>${mixed40})`, 'gi'),
    isReal: isMixed,
  },
  {
    what: 'an access key secret of Alibaba Cloud',
    source: 'https://www.alibabacloud.com/help/en/ram/ (AccessKey pairs); gitleaks, alibaba-secret-key',
    markers: ['LTAI'],
    pattern: new RegExp(`${token}LTAI[A-Za-z0-9]{12,20}${ends}`, 'g'),
    near: /(?<![A-Za-z0-9/+_-])[A-Za-z0-9]{30}(?![A-Za-z0-9/+=_-])/g,
    isReal: isMixed,
  },
  {
    what: 'a secret key of Tencent Cloud',
    source: 'https://www.tencentcloud.com/document/product/598/32675 (SecretId and SecretKey)',
    markers: ['AKID'],
    pattern: new RegExp(`${token}AKID[A-Za-z0-9]{32}${ends}`, 'g'),
    near: /(?<![A-Za-z0-9/+_-])[A-Za-z0-9]{32}(?![A-Za-z0-9/+=_-])/g,
    isReal: isMixed,
  },
  {
    what: 'a key of an Azure account',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
    markers: ['AccountKey=', 'AccessKey='],
    // The first is that of the emulator, which is the same for everybody. `RawSecretAccessKey` belongs to AWS KMS.
    pattern:
      /(?:Account|(?<!Secret)Access)Key=(?!Eby8vdM02xNOcqF)(?<secret>[A-Za-z0-9+/]{43}(?:[A-Za-z0-9+/]{43}=)?=)/g,
  },
  {
    what: 'an API key of Google',
    source: 'https://cloud.google.com/docs/authentication/api-keys; gitleaks, gcp-api-key',
    markers: ['AIza'],
    pattern: new RegExp(`${token}AIza[A-Za-z0-9_-]{35}${ends}`, 'g'),
  },
  {
    what: 'a client secret of Google',
    source: 'https://developers.google.com/identity/protocols/oauth2; GitHub, supported secret scanning patterns',
    markers: ['GOCSPX-'],
    pattern: new RegExp(`${token}GOCSPX-[A-Za-z0-9_-]{28}${ends}`, 'g'),
  },
  {
    what: 'a token of GitHub',
    source: 'https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/',
    markers: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: new RegExp(
      `${token}(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})${ends}`,
      'g',
    ),
  },
  {
    what: 'a token of GitLab',
    source: 'https://docs.gitlab.com/security/tokens/#token-prefixes',
    markers: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'gloas-'],
    pattern: new RegExp(`${token}gl(?:pat|dt|rt|ptt|cbt|oas)-[A-Za-z0-9_.-]{20,300}${ends}`, 'g'),
  },
  {
    what: 'a token of Slack',
    source: 'https://api.slack.com/concepts/token-types',
    markers: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.', 'xapp-'],
    pattern: new RegExp(`${token}(?:xoxe\\.)?x(?:ox[abeprs]|app)-(?:[A-Z0-9]+-)+[A-Za-z0-9-]{16,}`, 'g'),
  },
  {
    what: 'a webhook of Slack, whose address is its password',
    source: 'https://api.slack.com/messaging/webhooks',
    markers: ['hooks.slack.com'],
    pattern:
      /hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{7,}\/[AB][A-Z0-9]{7,}\/(?<secret>[A-Za-z0-9/]{20,})/g,
  },
  {
    what: 'a live key of Stripe',
    source: 'https://docs.stripe.com/keys',
    markers: ['sk_live_', 'rk_live_'],
    pattern: new RegExp(`${token}[sr]k_live_[A-Za-z0-9]{20,247}${ends}`, 'g'),
  },
  {
    what: 'a token of npm',
    source:
      'https://docs.npmjs.com/about-access-tokens; https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format',
    markers: ['npm_', '_authToken'],
    pattern: new RegExp(
      String.raw`${token}npm_[A-Za-z0-9]{36}${ends}|_authToken["']?\s{0,4}[:=]\s{0,4}["']?(?<secret>[A-Za-z0-9_./+=-]{20,})`,
      'g',
    ),
    isReal: (secret) => /\d/.test(secret) || (/[a-z]/.test(secret) && /[A-Z]/.test(secret)),
  },
  {
    what: 'a token of PyPI',
    source: 'https://docs.pypi.org/api/secrets/: a macaroon, whose first field names the host',
    markers: ['pypi-AgE'],
    pattern: /pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,}/g,
  },
  {
    what: 'an API key of SendGrid',
    source: 'https://docs.sendgrid.com/ui/account-and-settings/api-keys; gitleaks, sendgrid-api-token',
    markers: ['SG.'],
    pattern: new RegExp(String.raw`${token}SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}${ends}`, 'g'),
  },
  {
    what: 'an authentication token of Twilio',
    source: 'https://www.twilio.com/docs/iam/api/authtoken',
    markers: ['WILIO_AUTH', 'wilio_auth', 'wilioAuth'],
    pattern: new RegExp(`twilio_?auth_?token${is}(?<secret>[0-9a-f]{32})${ends}`, 'gi'),
  },
  {
    what: 'a password for a registry of containers',
    source: 'https://docs.docker.com/reference/cli/docker/login/#default-behavior (auths, in base64)',
    markers: ['"auth"'],
    pattern: /"auth"\s*:\s*"(?<secret>[A-Za-z0-9+/]{8,400}={0,2})"/g,
    isReal: isUserAndPassword,
  },
  {
    what: 'a password in a web address',
    source: 'RFC 3986, section 3.2.1',
    markers: ['://'],
    pattern: new RegExp(
      String.raw`(?<![A-Za-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/(?<user>[^\s:@/?#"'\x60<>{}$%()|\\]{1,80}):(?!\k<user>@)(?<secret>[^\s:@/"'\x60<>{}()|\\]{6,120})@${noHost}[A-Za-z0-9_[][\w.-]*`,
      'g',
    ),
    isReal: isPassword,
    worth: hasPasswordBefore,
  },
]

/** What only means something in files of these names; they are small. */
export const namedKinds: readonly (Omit<SecretKind, 'markers' | 'worth'> & { readonly names: RegExp })[] = [
  {
    names: /(^|\/)\.npmrc$/,
    what: 'a password for a registry of packages',
    source: 'https://docs.npmjs.com/cli/configuring-npm/npmrc (_auth, _password: in base64)',
    pattern: /^[^#;\n]*:?_(?:auth|password)\s*=\s*["']?(?<secret>[A-Za-z0-9+/]{6,}={0,2})/gm,
  },
  {
    names: /(^|\/)\.pypirc$/,
    what: 'a password for PyPI',
    source: 'https://packaging.python.org/en/latest/specifications/pypirc/',
    pattern: /^\s*password\s*[:=]\s*(?<secret>\S{4,})/gm,
  },
  {
    names: /(^|\/)[._]?netrc$/,
    what: 'a password',
    source: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
    pattern: /(?:^|\s)password\s+(?<secret>\S{4,})/g,
  },
  {
    names: /(^|\/)\.?pgpass(\.conf)?$/,
    what: 'a password for a database',
    source: 'https://www.postgresql.org/docs/current/libpq-pgpass.html',
    pattern: /^[^#:\n][^:\n]*:(?:\d+|\*):[^:\n]*:[^:\n]+:(?<secret>[^\r\n]{4,})/gm,
  },
]
