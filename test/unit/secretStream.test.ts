import assert from 'node:assert/strict';
import { maskSecrets } from '../../src/core/secrets.ts';
import { SecretStream } from '../../src/core/secretStream.ts';

const known = 'my-own-gateway-key';
const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(4);
const keyLines = `${letters.slice(0, 64)}\n${letters.slice(9, 73)}`;

/** What is before a secret, the secret, and what is behind it. */
const samples: readonly (readonly [before: string, secret: string, after: string])[] = [
  ['the key ', known, ' is known'],
  ['sk-ant-', 'api03-abcdefghijklmnop', ' and on'],
  ['sk-', `proj-${letters.slice(0, 40)}`, '\n'],
  ['sk_live_', letters.slice(0, 24), '.'],
  ['AKIA', 'IOSFODNN7EXAMPLE', ','],
  ['token ghp_', 'a1'.repeat(18), '\n'],
  ['github_pat_', letters.slice(0, 60), '\n'],
  ['glpat-', letters.slice(0, 20), ' '],
  ['hf_', letters.slice(0, 34), ' '],
  ['ya29.', letters.slice(0, 60), ' '],
  ['xoxb-', '1234567890-abcdef', ' '],
  ['xapp-', '1-ABCDEFGH-1234567890-abcdef', ' '],
  ['AIza', letters.slice(0, 35), ' '],
  ['GOCSPX-', letters.slice(0, 28), ' '],
  ['gsk_', letters.slice(0, 52), ' '],
  ['npm_', letters.slice(0, 36), ' '],
  ['pypi-', letters.slice(0, 70), ' '],
  ['dop_v1_', 'abcdef01'.repeat(8), ' '],
  ['shpat_', 'abcdef01'.repeat(4), ' '],
  ['SG.', `${letters.slice(0, 22)}.${letters.slice(0, 43)}`, ' '],
  ['eyJ', `${letters.slice(0, 12)}.eyJ${letters.slice(0, 12)}.${letters.slice(0, 12)}`, ' '],
  ['Authorization: Bearer ', letters.slice(0, 30), '\n'],
  ['Authorization: Basic ', 'dXNlcjpwYXNzd29yZA==', '\n'],
  ['AWS_SECRET_ACCESS_KEY=', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '\n'],
  ['aws_secret_access_key = ', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '\n'],
  ['AccountKey=', letters.slice(0, 64), ';'],
  ['PASSWORD=', 'hunter22x', '\n'],
  ['export DB_PASSWORD="', 'hunter22x', '"\n'],
  ['GITLAB_TOKEN=', 'abcdef1234567890', '\n'],
  ['{"password": "', 'hunter22!', '"}'],
  ["api_key = '", 'abcd-1234-efgh', "'"],
  ['  db_password: ', 'hunter22x', '\n'],
  ['Server=db;Password=', 'hunter22', ';Timeout=5\n'],
  ['postgres://app:', 'hunter22', '@db.local/sales'],
  ['-----BEGIN RSA PRIVATE KEY-----\n', keyLines, '\n-----END RSA PRIVATE KEY-----\nafter'],
];

const stream = () => new SecretStream(() => [known]);

function together(pieces: readonly string[]): string {
  const masked = stream();
  return pieces.map((piece) => masked.push(piece)).join('') + masked.end();
}

/** Nothing that could be guessed from: no six characters of it in a row. */
function assertHidden(shown: string, secret: string, how: string): void {
  for (let at = 0; at + 6 <= secret.length; at += 1)
    assert.ok(!shown.includes(secret.slice(at, at + 6)), `${how}: ${shown}`);
}

describe('secrets in text that comes in pieces', () => {
  it('are masked wherever the text is cut', () => {
    for (const [before, secret, after] of samples) {
      const text = `begin\n${before}${secret}${after} end`;
      for (const length of [1, 2, 3, 7]) {
        const pieces = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
        assertHidden(together(pieces), secret, `in pieces of ${length}`);
      }
      for (let cut = 1; cut < text.length; cut += 1) {
        const shown = together([text.slice(0, cut), text.slice(cut)]);
        assertHidden(shown, secret, `cut at ${cut}`);
        assert.ok(shown.startsWith('begin\n') && shown.endsWith(' end'), shown);
      }
    }
  });

  it('are masked where the text ends in the middle of one', () => {
    const masked = stream();
    const shown = masked.push('sk-ant-api03-abcdefgh') + masked.push('ijklmnop') + masked.end();
    assert.equal(shown, 'sk-[secret removed]');
    assert.equal(together(['-----BEGIN PRIVATE KEY-----\n', letters]).includes(letters.slice(0, 6)), false);
  });

  it('are masked to the end of a private key, however long that is', () => {
    const kind = 'PGP PRIVATE KEY BLOCK';
    const line = (at: number) => `${String(at).padStart(6, '0')}${letters.slice(0, 58)}`;
    const key = Array.from({ length: 1000 }, (_, at) => line(at)).join('\n');
    const whole = `-----BEGIN ${kind}-----\n\n${key}\n-----END ${kind}-----`;
    const text = `before ${whole} between\n${whole}${whole}\nafter the keys\nsk-short\n`;
    for (const length of [97, 500, 4096, 65_536]) {
      const shown = together(text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? []);
      assert.ok(!shown.includes(letters.slice(0, 6)), `in pieces of ${length}`);
      assert.equal(shown.split('\n').length, text.split('\n').length, 'a line of it is another line');
      assert.ok(shown.startsWith('before ') && shown.endsWith('\nafter the keys\nsk-short\n'), shown);
      assert.ok(shown.includes(' between\n'), shown);
    }
  });

  it('are masked to the end of the text where a key does not end, and its line ends come at once', () => {
    const masked = stream();
    assert.equal(masked.push('a\n-----BEGIN PRIVATE KEY-----\n'), 'a\n[secret removed]');
    let shown = '';
    for (let at = 0; at < 1000; at += 1) shown += masked.push(`${letters.slice(0, 64)}\n`);
    assert.match(shown, /^\n{990,1000}$/);
    assert.equal(shown + masked.end(), '\n'.repeat(1001));
    assert.equal(masked.push('the next text\n'), 'the next text\n');
  });

  it('let everything else through at once', () => {
    for (const text of [
      'Loading',
      'Running npm',
      '.....',
      '-----',
      'Total 1,000.00',
      '12 %\n',
      's',
      'the sk',
    ])
      assert.equal(stream().push(text), text);
    const masked = stream();
    for (const letter of 'Step 3 of 10: token count of https://example.org/a is')
      assert.equal(masked.push(letter), letter);
  });

  it('leave other text as it was, in the same pieces or not', () => {
    const text = [
      'max_tokens: 4096, key: 12, http://localhost:8080/a?b=c#d',
      'sk-short AKIA eyJ.x SG.1 -----BEGIN CERTIFICATE-----',
      '漢字 🎉 password = input("Password: ")',
      'begin my-own-ga te',
    ].join('\n');
    for (const length of [1, 2, 5, 1000])
      assert.equal(together(text.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? []), text);
    assert.equal(maskSecrets(text, [known]), text);
  });

  it('do not hold up a flood that is made to look like one', () => {
    for (const piece of ['sk-', '-----BEGIN PRIVATE KEY-----', 'my-ow', 'a://', 'key=', 'x'.repeat(100)]) {
      const flood = piece.repeat(Math.ceil(300_000 / piece.length));
      const masked = stream();
      let shown = 0;
      for (let at = 0; at < flood.length; at += 4096) shown += masked.push(flood.slice(at, at + 4096)).length;
      assert.ok(shown + masked.end().length > 0);
    }
  });
});
