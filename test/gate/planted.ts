/** Secrets for tests, made anew from a seed: none is kept in the repository, where a scanner would object to it. */

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const small = capitals.toLowerCase()
const digits = '0123456789'
const base64 = `${capitals}${small}${digits}+/`
const letters = `${capitals}${small}${digits}`

/** A small generator (mulberry32), so that a failing test fails again. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** What a file says, and the kind of secret that is in it. */
export interface Planted {
  readonly name: string
  readonly what: string
  readonly text: string
  /** The file's name, where that matters. */
  readonly path?: string
}

export function planted(seed = 1): readonly Planted[] {
  const next = chance(seed)
  const some = (from: string, length: number): string =>
    Array.from({ length }, () => from[Math.floor(next() * from.length)]).join('')
  /** Letters of both cases and digits, whatever chance says. */
  const key = (length: number): string => `Q7z${some(letters, length - 3)}`
  const lines = (count: number) => Array.from({ length: count }, () => some(base64, 64)).join('\n')
  const pem = (name: string) => `-----BEGIN ${name}-----\n${lines(4)}\n-----END ${name}-----\n`
  const pair = (user: string, password: string) => btoa(`${user}:${password}`)
  const secret = (what: string, name: string, text: string, path?: string): Planted => ({
    ...{ what, name, text },
    ...(path === undefined ? {} : { path }),
  })
  const cloud = 'the secret key of a cloud account'
  const huawei = 'a secret key of Huawei Cloud'
  const github = 'a token of GitHub'
  return [
    secret('a private key', 'PKCS 8', pem('PRIVATE KEY')),
    secret('a private key', 'RSA', pem('RSA PRIVATE KEY')),
    secret('a private key', 'OpenSSH', pem('OPENSSH PRIVATE KEY')),
    secret('a private key', 'encrypted', pem('ENCRYPTED PRIVATE KEY')),
    secret('a private key', 'PGP', `-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n${lines(3)}\n=abcd\n`),
    secret(
      'a private key',
      'old and encrypted',
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${some('0123456789ABCDEF', 32)}\n\n${lines(3)}\n`,
    ),
    secret('a private key', 'in JSON', JSON.stringify({ private_key: pem('PRIVATE KEY') })),
    secret('a private key', 'in source code', `const key = '-----BEGIN EC PRIVATE KEY-----\\n' +\n  '${lines(1)}\\n'`),
    secret('a private key', 'indented in YAML', pem('EC PRIVATE KEY').replace(/^/gm, '    ')),
    secret('a private key', 'with Windows line ends', pem('PRIVATE KEY').replaceAll('\n', '\r\n')),
    secret('a private key of PuTTY', 'PuTTY', `Private-Lines: 1\n${some(base64, 60)}\nPrivate-MAC: 00\n`),
    secret(
      'a secret key of minisign or signify',
      'minisign',
      `untrusted comment: minisign encrypted secret key\nRWRTY0Iy${some(base64, 203)}=\n`,
    ),
    secret('a secret key of minisign or signify', 'in a setting', `KOO_SIGNING_KEY="RWQAAEIy${some(base64, 203)}="`),
    secret('a secret key of age', 'age', `AGE-SECRET-KEY-1${some('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}\n`),
    secret('a private key of WireGuard', 'WireGuard', `[Interface]\nPrivateKey = ${some(base64, 42)}8=\n`),
    secret('a client key of Kubernetes', 'Kubernetes', `    client-key-data: ${some(base64, 200)}==\n`),
    secret(huawei, 'of the SDK', `export HUAWEICLOUD_SDK_SK=${key(40)}\n`),
    secret(huawei, 'of Terraform', `HW_ACCESS_KEY=${some(capitals, 20)}\nHW_SECRET_KEY="${key(40)}"\n`),
    secret(huawei, 'in Python', `os.environ['HUAWEICLOUD_SDK_SK'] = '${key(40)}'\n`),
    secret('a secret key of AWS', 'beside its id', `id: AKIA${some(capitals, 16)}\nkey: ${key(38)}/x\n`),
    secret(cloud, 'in an ini file', `aws_secret_access_key = ${key(40)}\n`),
    secret(cloud, 'in the environment', `AWS_SECRET_ACCESS_KEY=${key(40)}\n`),
    secret(cloud, 'in JSON', JSON.stringify({ secretAccessKey: key(40) })),
    secret(cloud, 'in Terraform', `provider "huaweicloud" {\n  secret_key = "${key(40)}"\n}\n`),
    secret('an access key secret of Alibaba Cloud', 'Alibaba', `ak=LTAI${some(letters, 20)}\nsecret=${key(30)}\n`),
    secret('a secret key of Tencent Cloud', 'Tencent', `id="AKID${some(letters, 32)}"\nkey="${key(32)}"\n`),
    secret(
      'a key of an Azure account',
      'storage',
      `DefaultEndpointsProtocol=https;AccountName=harbor;AccountKey=${some(base64, 86)}==;`,
    ),
    secret('a key of an Azure account', 'SignalR', `Endpoint=https://harbor.io;AccessKey=${some(base64, 43)}=;`),
    secret('a key of an Azure account', 'service bus', `SharedAccessKey=${some(base64, 43)}=`),
    secret('an API key of Google', 'Google', `key: "AIza${some(letters, 35)}"`),
    secret('a client secret of Google', 'Google OAuth', `GOCSPX-${some(letters, 28)}`),
    ...['p', 'o', 'u', 's', 'r'].map((each) => secret(github, `gh${each}`, `token=gh${each}_${some(letters, 36)}\n`)),
    secret(github, 'fine-grained', `github_pat_${some(letters, 22)}_${some(letters, 59)}`),
    secret('a token of GitLab', 'GitLab', `glpat-${some(letters, 20)}`),
    secret('a token of Slack', 'Slack', `xoxb-${some(digits, 12)}-${some(digits, 12)}-${some(letters, 24)}`),
    secret(
      'a webhook of Slack, whose address is its password',
      'Slack webhook',
      `https://hooks.slack.com/services/T${some(capitals, 8)}/B${some(capitals, 10)}/${some(letters, 24)}`,
    ),
    secret('a live key of Stripe', 'Stripe', `sk_live_${some(letters, 24)}`),
    secret('a live key of Stripe', 'Stripe, restricted', `"rk_live_${some(letters, 99)}"`),
    secret('a token of npm', 'npm', `npm_${some(letters, 36)}`),
    secret(
      'a token of npm',
      '.npmrc',
      `//registry.example/:_authToken=7f${some('abcdef0123456789', 8)}-${some(digits, 12)}\n`,
    ),
    secret('a token of PyPI', 'PyPI', `password = pypi-AgEIcHlwaS5vcmc${some(letters, 120)}`),
    secret('an API key of SendGrid', 'SendGrid', `SG.${some(letters, 22)}.${some(letters, 43)}`),
    secret('an authentication token of Twilio', 'Twilio', `TWILIO_AUTH_TOKEN=${some('abcdef0123456789', 32)}`),
    secret(
      'a password for a registry of containers',
      'Docker',
      JSON.stringify({ auths: { 'registry.harbor.io': { auth: pair('harbor', key(12)) } } }),
    ),
    secret('a password in a web address', 'database', `postgres://app:${key(10)}!@db.harbor.io:5432/app`),
    secret('a password in a web address', 'git', `https://harbor:${key(16)}@git.harbor.io\n`, '.git-credentials'),
    secret('a password for a registry of packages', '_auth', `_auth=${pair('harbor', key(12))}\n`, 'web/.npmrc'),
    secret('a password for PyPI', 'pypirc', `[pypi]\nusername = harbor\npassword = ${key(9)}\n`, '.pypirc'),
    secret('a password', 'netrc', `machine harbor.io login app password ${key(9)}\n`, '.netrc'),
    secret('a password', 'netrc without a dot', `machine harbor.io\nlogin app\npassword ${key(9)}\n`, 'home/netrc'),
    secret('a password for a database', 'pgpass', `db.harbor.io:5432:*:app:${key(9)}\n`, 'home/.pgpass'),
  ]
}

/** Texts that speak of secrets and hold none. */
export const harmless: Readonly<Record<string, string>> = {
  'code that reads keys': "if (text.startsWith('-----BEGIN PRIVATE KEY-----')) return parse(text, 'PRIVATE KEY')",
  'a pattern of keys': '/-----BEGIN (RSA )?PRIVATE KEY-----[\\s\\S]+-----END (RSA )?PRIVATE KEY-----/',
  'a shortened key':
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC...\n-----END PRIVATE KEY-----',
  'a public key': `-----BEGIN PUBLIC KEY-----\n${'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE'.repeat(3)}\n`,
  'a certificate': `-----BEGIN CERTIFICATE-----\n${'MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG'.repeat(3)}\n`,
  'the keys of AWS’s documentation': [
    `aws_access_key_id = ${'AKIA'}IOSFODNN7EXAMPLE`,
    `aws_secret_access_key = ${'wJalrXUtnFEMI'}/K7MDENG/bPxRfiCYEXAMPLEKEY`,
  ].join('\n'),
  'an id without its secret': `AKIA${'QWERTYUIOPASDFGH'}`,
  'a commit beside an id': `AKIA${'QWERTYUIOPASDFGH'} 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12`,
  'settings without values': 'export HUAWEICLOUD_SDK_AK= HUAWEICLOUD_SDK_SK=\nHW_SECRET_KEY=$HW_SECRET_KEY',
  'a template': ['HW_SECRET_KEY=$', '{HW_SECRET_KEY}\n//registry.example/:_authToken=$', '{NPM_TOKEN}'].join(''),
  'a place to fill in': `token: ghp_${'x'.repeat(36)} or ghp_${'<your token here>'}`,
  'the alphabet': `ghp_${'abcdefghijklmnopqrstuvwxyz'}${'0123456789'}`,
  'one character': `sk_live_${'a'.repeat(24)}`,
  'the emulator of Azure': `AccountKey=${'Eby8vdM02xNOcqF'}lqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==`,
  'a JWT': `eyJhbGciOiJIUzI1NiJ9.${btoa('{"sub":"harbor-crm-1234567"}').replaceAll('=', '')}.${'dBjftJeZ4CVP-mB92K27uhbUJU1p1r'}`,
  'addresses without a password': 'http://harbor.io:8080/a@b https://user@harbor.io git+ssh://git@harbor.io:22/x',
  'passwords of documentation': [
    'postgres://postgres:postgres@db.harbor.io mysql://user:password@host/db redis://:pass@host',
    'https://user:changeme1@harbor.io http://user:pa55w0rd@harbor.io amqp://app:$PASSWORD1@mq',
    'http://app:s3cretly@example.com http://app:s3cretly@localhost:80 https://<user>:<password1>@harbor.io',
  ].join('\n'),
  'the documentation of key stores of AWS KMS': `AccessKeyId=ABCDE12345670${'EXAMPLE'},RawSecretAccessKey=${'DXjSUawnel2fr6SKC7G25'}CNxTyWKE5PF9XX6H/u9pSo=`,
  'the documentation of pip': `https://user:${'he%2F%2Fo'}@pypi.company.com/simple and http://app:s3cretly@company.com.`,
  'a seat for a key of minisign': `RWQAAEIy${'A'.repeat(203)}= RWRTY0Iy${'x'.repeat(203)}=`,
  'an address over lines': 'see https://harbor.io\nand mail: somebody1@harbor.io',
  'npm’s settings': 'npm_config_registry npm_package_name npm_lifecycle_event_of_a_very_long_name_indeed_it_is',
}
