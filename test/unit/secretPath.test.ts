import assert from 'node:assert/strict';
import { isSecretPath, mayHoldSecrets } from '../../src/core/secretPath.ts';

describe('names of files that usually hold secrets', () => {
  for (const name of [
    '.env',
    'a/.env.local',
    '.envrc',
    'prod.env',
    'infra/terraform.tfvars',
    'prod.auto.tfvars.json',
    'terraform.tfstate.backup',
    '.npmrc',
    '_netrc',
    '.dockercfg',
    '.git-credentials',
    'kubeconfig',
    'prod.kubeconfig',
    'kubeconfig.yaml',
    'k/id_rsa',
    'id_rsa_work',
    'id_ed25519.pub',
    'server.pem',
    'AuthKey.p8',
    'a:b.pem',
    'credentials',
    'credentials.csv',
    'secrets.json',
    'client_secret_123.json',
    'service-account-prod.json',
    '.env-prod',
    '.env_local',
    '.env~',
    '.envrc.bak',
    'env.production',
    '.yarnrc.yml',
    '.databrickscfg',
    'credentials.tfrc.json',
    '.terraform.d/checkpoint_signature',
    'application_default_credentials.json',
    'secrets.prod.yaml',
    'rclone.conf',
    '.config/gh/hosts.yml',
    '.bash_history',
    '.mysql_history',
    'auth.json',
    'local.settings.json',
    'wp-config.php',
    'gcp-sa-key.json',
    'my_key.json',
    'shop-firebase-adminsdk-ab12c-0123456789.json',
    '.ssh/config',
    '.git/config',
    '.aws/config',
  ])
    it(`${name} is one`, () => assert.equal(isSecretPath(name), true));

  for (const name of [
    '.ENV',
    '.env.',
    '.env . .',
    '.env::$DATA',
    'a/.env:stream',
    '.ssh./config',
    '.git::$INDEX_ALLOCATION/config',
    'keys\\server.PEM',
  ])
    it(`${name} is one, as Windows reads it`, () => assert.equal(isSecretPath(name), true));

  for (const name of [
    '.\u017fsh/id',
    '.aw\u017f/x',
    'id_r\u017fa',
    '\u017fecrets.json',
    '.\u212aube/config',
    'server.\u212aEY',
    '.e\u200cnv',
    '\uff0eenv',
  ])
    it(`${JSON.stringify(name)} is one, as file systems fold names`, () =>
      assert.equal(isSecretPath(name), true));

  for (const name of [
    'sales.csv',
    '.env.example',
    'prod.env.template',
    '.env-example',
    '.environment',
    'env.ts',
    'keys.json',
    'monkey.json',
    'key.csv',
    'locales/en/auth.json',
    'src/auth.ts',
    'order_history',
    'config/gh/hosts.yml',
    'settings.json',
    'tests/test_credentials.py',
    'src/keyboard.ts',
    'environment.yml',
    'secretary.csv',
    'data/keys.csv',
    'id_column.csv',
    '2024-01-01T10:00.csv',
    '...',
    'stra\u00dfe.csv',
    '\u212aelvin.csv',
  ])
    it(`${name} is none`, () => assert.equal(isSecretPath(name), false));

  it('are judged by where a file truly lies, too', () => {
    assert.equal(mayHoldSecrets({ name: 'work_key' }), false);
    assert.equal(mayHoldSecrets({ name: 'work_key', place: '.ssh/work_key' }), true);
    assert.equal(mayHoldSecrets({ name: 'sales.csv', place: 'shop/.env' }), true);
    assert.equal(mayHoldSecrets({ name: '.env', place: 'shop/sales.csv' }), true);
  });
});
