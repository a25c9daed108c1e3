/** Files whose name says that they hold secrets. Where only the content tells, as for `.npmrc` and `*.pem`, none is here. */

interface SecretName {
  readonly name: RegExp
  /** What such a file is, as in "a private key of SSH". */
  readonly what: string
  /** Files of that name that hold none. */
  readonly but?: RegExp
}

/** Compared with the whole path in small letters, because some file systems do not tell capitals apart. */
const secretNames: readonly SecretName[] = [
  {
    // Also `.envrc`, of direnv, and `prod.env`, as Docker Compose reads them.
    name: /(^|\/)(\.env(\.[^/]+)?|\.envrc|[^/]+\.env)$/,
    what: 'the settings of an environment',
    but: /\.(example|sample|template|tmpl|dist|defaults?|schema)$|(^|[/._-])(example|sample|template|tmpl|dist|defaults?|schema)([._-][^/]*)?\.env$/,
  },
  { name: /(^|\/)id_(rsa|dsa|ecdsa|ed25519|xmss)(_sk)?(\.(bak|old|orig))?$/, what: 'a private key of SSH' },
  { name: /\.(p12|pfx)$/, what: 'a key store with private keys' },
  {
    // The same formats hold the certificates a program trusts, which are no secret.
    name: /\.(jks|keystore|bks|jceks)$/,
    what: 'a key store',
    but: /(trust|cacerts)[^/]*$/,
  },
  { name: /\.(kdbx?|psafe3|agilekeychain|opvault)$/, what: 'a store of passwords' },
  { name: /(^|\/)\.aws\/credentials$/, what: 'the credentials of AWS' },
  { name: /(^|\/)\.hcloud\/config\.json$/, what: 'the credentials of KooCLI' },
  { name: /(^|\/)\.config\/gcloud\/.*(credentials|tokens)[^/]*$/, what: 'the credentials of Google Cloud' },
  { name: /(^|\/)\.azure\/(accesstokens|msal_token_cache)[^/]*$/, what: 'the credentials of Azure' },
  { name: /(^|\/)(\.kube\/config|kubeconfig|[^/]+\.kubeconfig)$/, what: 'the credentials of a Kubernetes cluster' },
  { name: /\.tfstate(\.backup)?$/, what: 'the state of Terraform, which repeats every secret it was given' },
  { name: /(^|\/)(\.terraformrc|credentials\.tfrc\.json)$/, what: 'the credentials of Terraform' },
  { name: /(^|\/)\.htpasswd$/, what: 'the passwords of a web server' },
  { name: /(^|\/)(\.minisign\/[^/]*|minisign)\.key$/, what: 'a signing key' },
  { name: /(^|\/)\.gnupg\/.*\.(key|gpg|kbx)$/, what: 'a key ring of GnuPG', but: /(pubring|trustdb)\.[a-z]+$/ },
  { name: /(^|\/)\.git-credentials$/, what: 'the passwords of Git' },
  { name: /(^|\/)\.vault-token$/, what: 'a token of Vault' },
]

/** What a file is whose name says that it holds secrets; undefined for any other. */
export function secretByName(path: string): string | undefined {
  const small = path.toLowerCase()
  return secretNames.find(({ name, but }) => name.test(small) && but?.test(small) !== true)?.what
}

/** What is wrong with packing it, in a sentence. */
export function namedSecret(path: string): string {
  return `\`${path}\` would be packed, and files of this name hold secrets: ${secretByName(path) ?? 'of some kind'}.`
}

/** What to do where it is in an archive that is ready, from which koo leaves nothing out. */
export const secretInArchive =
  'Make the archive again without it, or name it in `allowSecrets` if it holds no real secret.'
