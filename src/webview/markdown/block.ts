import type { Token, Tokens } from 'marked';
import { element } from '../element.ts';
import { codeBlock } from '../codeBlock.ts';
import { inlineNodes, type OpenLink } from './inline.ts';
import { decodeEntities } from './entities.ts';

/** Block tokens as elements. No string is ever parsed as HTML. */
export function blockNodes(tokens: readonly Token[], open: OpenLink): readonly Node[] {
  return tokens.flatMap((token) => blockNode(token, open) ?? []);
}

function blockNode(token: Token, open: OpenLink): Node | undefined {
  switch (token.type) {
    case 'space':
    case 'def':
      return undefined;
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      // The page's own headings come first, so those of an answer begin at the third level.
      return element(depth === 1 ? 'h3' : depth === 2 ? 'h4' : 'h5', {}, ...inlineNodes(tokens, open));
    }
    case 'paragraph':
      return element('p', {}, ...inlineNodes((token as Tokens.Paragraph).tokens, open));
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return element('span', {}, ...(tokens ? inlineNodes(tokens, open) : [decodeEntities(text)]));
    }
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      return codeBlock(text, lang ?? '');
    }
    case 'blockquote':
      return element('blockquote', {}, ...blockNodes((token as Tokens.Blockquote).tokens, open));
    case 'list':
      return list(token as Tokens.List, open);
    case 'table':
      return table(token as Tokens.Table, open);
    case 'hr':
      return element('hr');
    default:
      return element('p', { text: token.raw });
  }
}

function list({ ordered, start, items }: Tokens.List, open: OpenLink): Node {
  const entries = items.map((item) => {
    const mark = item.task ? `${item.checked === true ? '☑' : '☐'} ` : undefined;
    const tokens = item.tokens.filter((token) => token.type !== 'checkbox');
    return element('li', {}, mark, ...blockNodes(tokens, open));
  });
  if (!ordered) return element('ul', {}, ...entries);
  return element('ol', { attributes: { start: String(start === '' ? 1 : start) } }, ...entries);
}

function table({ header, rows, align }: Tokens.Table, open: OpenLink): Node {
  const cell = (tag: 'th' | 'td') => (content: Tokens.TableCell, column: number) =>
    element(
      tag,
      { class: align[column] === 'right' ? 'right' : align[column] === 'center' ? 'center' : '' },
      ...inlineNodes(content.tokens, open),
    );
  return element(
    'div',
    { class: 'table-scroll', attributes: { tabindex: '0', role: 'group', 'aria-label': 'Table' } },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...header.map(cell('th')))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map(cell('td'))))),
    ),
  );
}
