import assert from 'node:assert/strict';
import { isSecretPath } from '../../src/core/secretPath.ts';

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
});
