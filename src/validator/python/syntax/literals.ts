import type { SyntaxNode } from '../../parse/tree.ts';

const prefix = /^(r|u|b|f|t|br|rb|fr|rf|tr|rt)?$/i;

/** What is wrong with a number or a string. */
export function textFault(node: SyntaxNode, text: string): string | undefined {
  if (node.type === 'integer') {
    const spelled = text.slice(node.start, node.end);
    return /^0[\d_]*[1-9][\d_]*$/.test(spelled) ? 'A number begins with a zero' : undefined;
  }
  if (node.type !== 'string') return undefined;
  const spelled = text.slice(node.start, node.end);
  const marks = /^\w*/.exec(spelled)?.[0] ?? '';
  if (!prefix.test(marks)) return `A string cannot begin with \`${marks}\``;
  const bytes = /b/i.test(marks);
  if (bytes && /[^\0-\x7F]/.test(spelled)) return 'Bytes hold a character that is not ASCII';
  if (/r/i.test(marks)) return undefined;
  for (const part of node.children)
    if (
      part.type === 'string_content' &&
      badEscape(text.slice(part.start, part.end), bytes, /[ft]/i.test(marks))
    )
      return 'An escape in a string is cut short';
  return undefined;
}

/** In a template, the braces behind `\\N` are read as a field. */
function badEscape(content: string, bytes: boolean, template: boolean): boolean {
  if (!content.includes('\\')) return false;
  for (const match of content.matchAll(/\\([^])([^\\]{0,9})/g)) {
    const [, kind = '', rest = ''] = match;
    if (kind === 'x' && !/^[\da-f]{2}/i.test(rest)) return true;
    if (bytes) continue;
    if (kind === 'u' && !/^[\da-f]{4}/i.test(rest)) return true;
    if (kind === 'U' && !/^(000[\da-f]|0010)[\da-f]{4}/i.test(rest)) return true;
    if (kind === 'N' && !template && !rest.startsWith('{')) return true;
  }
  return false;
}
