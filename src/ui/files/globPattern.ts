/**
 * A pattern of the editor's excludes as an expression over whole paths with `/`: `**`, `*`, `?`,
 * `{a,b}` and `[a-z]`. Undefined for what is none.
 */
export function globPattern(glob: string): RegExp | undefined {
  if (glob === '' || glob.length > 500) return undefined;
  let source = '';
  for (let at = 0; at < glob.length; at += 1) {
    const rest = glob.slice(at);
    const set = /^\[(!?)([^\]/]+)\]/.exec(rest);
    if (rest.startsWith('**/')) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (rest.startsWith('**')) {
      source += '.*';
      at += 1;
    } else if (set !== null) {
      source += `[${set[1] === '!' ? '^' : ''}${(set[2] ?? '').replace(/[\\^]/g, '\\$&')}]`;
      at += set[0].length - 1;
    } else source += piece(rest[0] ?? '', source);
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}

function piece(character: string, before: string): string {
  const inBraces = before.split('(?:').length > before.split(')').length;
  switch (character) {
    case '*':
      return '[^/]*';
    case '?':
      return '[^/]';
    case '{':
      return '(?:';
    case '}':
      return inBraces ? ')' : '\\}';
    case ',':
      return inBraces ? '|' : ',';
    default:
      return /[\w/-]/.test(character) ? character : `\\${character}`;
  }
}
