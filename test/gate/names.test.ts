/** Files that are secrets by their name, and the globs that allow them. */
import { describe, expect, test } from '@jest/globals'
import { secretsByName } from '../../src/gate/allowed.ts'
import { secretByName } from '../../src/model/secret-names.ts'

describe('secrets by name', () => {
  test.each([
    ...['.env', 'app/.env', 'app/.env.production', 'app/.env.local', 'keys/id_rsa', 'id_ed25519', 'id_ed25519_sk'],
    ...['a/server.p12', 'A/Server.PFX', 'conf/app.jks', 'home/.aws/credentials', '.hcloud/config.json'],
    ...['ops/kubeconfig', '.kube/config', 'staging.kubeconfig', 'vault.kdbx', 'infra/terraform.tfstate'],
    ...[
      'infra/terraform.tfstate.backup',
      'web/.htpasswd',
      'minisign.key',
      '.minisign/minisign.key',
      '.git-credentials',
    ],
    ...['.envrc', 'app/.envrc', 'prod.env', 'deploy/Prod.ENV', 'my-app.env', 'resample.env'],
    ...['home/.config/gcloud/application_default_credentials.json'],
  ])('%s is one', (path) => {
    expect(secretByName(path)).toMatch(/^(a|the) /)
  })

  test.each([
    ...[
      '.env.example',
      'app/.env.sample',
      '.env.template',
      'env',
      'environment.ts',
      'example.env',
      'app/prod.sample.env',
      'template-prod.env',
      '.envrc.example',
      'prod.env.ts',
      '.envrc.md',
      'id_rsa.pub',
    ],
    ...[
      'app/truststore.jks',
      'lib/security/cacerts.keystore',
      'server.pem',
      'ca.crt',
      'aws/credentials',
      'config.json',
    ],
    ...[
      '.npmrc',
      'main.tf',
      'license.key',
      'src/credentials.ts',
      'kube/config',
      '.docker/config.json',
      'id_rsa/readme',
    ],
  ])('%s is none', (path) => {
    expect(secretByName(path)).toBeUndefined()
  })

  test('globs allow some, and those that allow nothing are told', async () => {
    const paths = ['app/.env', 'app/run.sh', 'test/.env', 'test/keys/id_rsa']
    expect(await secretsByName(paths, [])).toEqual({ secrets: ['app/.env', 'test/.env', 'test/keys/id_rsa'], idle: [] })
    expect(await secretsByName(paths, ['test/**', 'tests/**', '*.sh', 'app/*.sh'])).toEqual({
      secrets: ['app/.env'],
      idle: ['tests/**', '*.sh'],
    })
  })
})
