/** What stands where a secret was. */
export const removedSecret = '[secret removed]';

const names =
  '(?:password|passwd|passphrase|(?:client|secret|api|private)[_-]?(?:key|secret)|(?:access|auth|refresh)[_-]?token)';
/** A value that stands for another one, such as `$NAME`, `<key>` or `os.environ[…]`, gives nothing away. */
const noReference = String.raw`(?![$<{%[(*]|[A-Za-z_][\w.]{0,80}[([])`;
const letter = String.raw`(?=[^\sA-Za-z]{0,200}[A-Za-z])`;
const figure = String.raw`(?=[^\s\d]{0,200}\d)`;

/**
 * What keys and passwords look like. The first group of a pattern is kept. Text comes from programs that
 * may want to keep us busy: every pattern takes steps in proportion to the text, so what may repeat before
 * a match is certain is bounded.
 */
const secretPatterns: readonly RegExp[] = [
  /\bsk-ant-[A-Za-z0-9_-]{16,}/g,
  /\bsk-(?=[a-z_-]{0,60}[A-Z0-9])[A-Za-z0-9_-]{20,}/g,
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{40,}/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /\bxapp-\d-[A-Za-z0-9-]{20,}/g,
  /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\bGOCSPX-[A-Za-z0-9_-]{20,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\bgsk_[A-Za-z0-9]{40,}/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\bpypi-[A-Za-z0-9_-]{50,}/g,
  /\bdop_v1_[a-f0-9]{64}\b/g,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/g,
  /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /\b(Bearer[ \t]{1,8})(?=[^\s\d]{0,200}\d)[A-Za-z0-9._~+/-]{16,}={0,2}/gi,
  /\b(Authorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?:Basic|Token)[ \t]{1,8})[A-Za-z0-9._~+/-]{8,}={0,2}/gi,
  // The password in an address: scheme://person:password@host
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']{0,200}:)(?![$<{%*])[^\s/@"']{1,200}(?=@)/gi,
  /(secret[_-]?access[_-]?key["']?[ \t]{0,8}[:=][ \t]{0,8}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
  /\b((?:AccountKey|SharedAccessKey)=)[A-Za-z0-9+/]{40,}={0,2}/g,
  // As the environment has them: DB_PASSWORD=… and the like
  new RegExp(String.raw`((?:PASSWORD|PASSWD|PASSPHRASE|SECRET)=["']?)${noReference}[^\s"'\x60]{6,}`, 'g'),
  new RegExp(
    String.raw`((?:API_?KEY|ACCESS_KEY|PRIVATE_KEY|SECRET_KEY|TOKEN)=["']?)${noReference}${letter}[^\s"'\x60]{12,}`,
    'g',
  ),
  // Quoted, in settings and code: api_key = "…"
  new RegExp(
    String.raw`(${names}["']?[ \t]{0,8}[:=][ \t]{0,8}(["']))(?![$<{%*])(?=[A-Za-z]{0,200}[^A-Za-z\s"'])[^\s"']{8,200}(?=\2)`,
    'gi',
  ),
  // Alone on a line of settings, or in an address or a connection string: with letters and figures.
  new RegExp(
    String.raw`(^[ \t]{0,40}(?:[\w-]{0,40}[_-])?${names}:[ \t]{1,8})(?![$<{%*])${letter}${figure}\S{8,200}(?=[ \t]*$)`,
    'gim',
  ),
  new RegExp(
    String.raw`((?:${names}|\bpwd)=)${noReference}(?=[^\s\d&;]{0,200}\d)(?=[^\sA-Za-z&;]{0,200}[A-Za-z])[^\s"'&;,)]{8,}`,
    'gi',
  ),
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
];

/**
 * Replaces the known secrets and whatever looks like one. The number of lines stays, so that a line of
 * the result is the same line of the text.
 */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) if (secret.length >= 8) masked = masked.replaceAll(secret, removedSecret);
  for (const pattern of secretPatterns)
    masked = masked.replace(
      pattern,
      (found, kept: unknown) =>
        (typeof kept === 'string' ? kept : '') + removedSecret + '\n'.repeat(found.split('\n').length - 1),
    );
  return masked.includes('-----END ') ? maskEndsOfKeys(masked) : masked;
}

const keyEnd = /(?<![A-Za-z0-9+/=\\])[A-Za-z0-9+/=\\]*-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const keyLine = /^[A-Za-z0-9+/]{40,80}\r?$/;
const lastKeyLine = /^[A-Za-z0-9+/=]{1,80}\r?$/;

/** A private key whose beginning is not part of the text: its lines stand above its end. */
function maskEndsOfKeys(text: string): string {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (!line.includes('-----END ') || !keyEnd.test(line)) continue;
    lines[index] = line.replace(keyEnd, removedSecret);
    let above = index - 1;
    if (lastKeyLine.test(lines[above] ?? '')) lines[above--] = '';
    while (keyLine.test(lines[above] ?? '')) lines[above--] = '';
  }
  return lines.join('\n');
}
