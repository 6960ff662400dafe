import assert from 'node:assert/strict';
import { maskSecrets } from '../../src/core/secrets.ts';

const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(4);
const body = letters.slice(0, 64);

describe('masking secrets', () => {
  it('masks the known key and what looks like one', () => {
    const key = 'my-own-gateway-key';
    for (const secret of [
      key,
      'sk-ant-api03-abcdefghijklmnop',
      `sk-proj-${letters.slice(0, 40)}`,
      `sk_live_${letters.slice(0, 24)}`,
      'AKIAIOSFODNN7EXAMPLE',
      `ghp_${'a'.repeat(36)}`,
      `hf_${letters.slice(0, 34)}`,
      `ya29.${letters.slice(0, 60)}`,
      'xoxb-1234567890-abcdef',
      `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`,
      '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----\ncut off',
    ]) {
      const masked = maskSecrets(`before ${secret} after`, [key]);
      assert.ok(!masked.includes(secret.slice(4, -1)), masked);
      assert.match(masked, /^before \[secret removed\]/);
    }
  });

  it('keeps the name of what it masks', () => {
    for (const [text, kept, after = ''] of [
      [`Authorization: Bearer ${letters}`, 'Authorization: Bearer '],
      ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic '],
      ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'AWS_SECRET_ACCESS_KEY='],
      ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = '],
      ['PASSWORD=hunter22', 'PASSWORD='],
      ['export DB_PASSWORD="hunter22"', 'export DB_PASSWORD="', '"'],
      ['GITLAB_TOKEN=abcdef1234567890', 'GITLAB_TOKEN='],
      ['{"password": "hunter22!"}', '{"password": "', '"}'],
      ["api_key = 'abcd-1234-efgh'", "api_key = '", "'"],
      ['  db_password: hunter22x', '  db_password: '],
      ['Server=db;Password=hunter22;Timeout=5', 'Server=db;Password=', ';Timeout=5'],
      ['postgres://app:hunter2@db.local/sales', 'postgres://app:', '@db.local/sales'],
    ] as const)
      assert.equal(maskSecrets(text), `${kept}[secret removed]${after}`, text);
  });

  it('leaves ordinary text, figures and code alone', () => {
    for (const text of [
      'Total 1,000.00\n\tünïcode 漢字 🎉 sk-short AKIA eyJ.x',
      'sk-learn-compatible-estimators-guide',
      'password = input("Password: ")',
      'PASSWORD=$DB_PASSWORD TOKEN=${TOKEN}',
      'PASSWORD=os.environ["DB_PASSWORD"]',
      'api_key="<your-key>" and password: required',
      'connect(password=password, token=tokens[0])',
      'max_tokens: 4096, MAX_TOKENS=128000, EOS_TOKEN=128009',
      'bearer of good news, Bearer authentication is required',
      'http://localhost:8080/a@b and https://example.org/a:b@c',
      '3.141592653589793238462643383279502884197169399375105820974944',
      'd41d8cd98f00b204e9800998ecf8427e e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      `${body}\n${body}`,
    ])
      assert.equal(maskSecrets(text, ['']), text);
  });

  it('finds a private key of which only the end is there, and keeps the number of lines', () => {
    const text = `1\n${body}\n${body}\nab12==\n-----END PRIVATE KEY-----\nafter`;
    assert.equal(maskSecrets(text), '1\n\n\n\n[secret removed]\nafter');
    const whole = `a\n-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\nb`;
    assert.equal(maskSecrets(whole), 'a\n[secret removed]\n\n\nb');
  });

  it('comes to an end with text that is made to keep it busy', () => {
    for (const piece of [
      'eyJ-',
      'sk-a',
      'a.',
      'a://',
      'A_',
      'PASSWORD',
      'password=',
      'Bearer a',
      'A'.repeat(64) + '\n',
      '-----END ',
      '-----BEGIN ',
      '-----END PRIVATE KEY-----A',
    ])
      assert.equal(typeof maskSecrets(piece.repeat(Math.ceil(1_000_000 / piece.length))), 'string');
  });
}).timeout(30_000);
