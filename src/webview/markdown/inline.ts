import type { Token, Tokens } from 'marked';
import { element } from '../element.ts';
import { decodeEntities } from './entities.ts';

/** Opens an address outside; the host asks first. */
export type OpenLink = (url: string) => void;

/** Inline tokens as nodes. HTML in the text stays text; pictures become links. */
export function inlineNodes(tokens: readonly Token[], open: OpenLink): readonly (Node | string)[] {
  return tokens.map((token) => inlineNode(token, open));
}

function inlineNode(token: Token, open: OpenLink): Node | string {
  const inside = 'tokens' in token && token.tokens !== undefined ? inlineNodes(token.tokens, open) : [];
  switch (token.type) {
    case 'strong':
      return element('strong', {}, ...inside);
    case 'em':
      return element('em', {}, ...inside);
    case 'del':
      return element('del', {}, ...inside);
    case 'codespan':
      return element('code', { text: (token as Tokens.Codespan).text });
    case 'br':
      return element('br');
    case 'link':
      return link((token as Tokens.Link).href, inside, open);
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return link(href, [decodeEntities(text) || href], open);
    }
    case 'text':
      return inside.length > 0 ? element('span', {}, ...inside) : decodeEntities((token as Tokens.Text).text);
    case 'escape':
      return (token as Tokens.Escape).text;
    default:
      return token.raw;
  }
}

/** Only web addresses are links. There is no `href`, so nothing but our own handler can follow it. */
function link(address: string, inside: readonly (Node | string)[], open: OpenLink): Node {
  const url = decodeEntities(address);
  if (!/^https?:\/\//i.test(url)) return element('span', {}, ...inside);
  return element(
    'a',
    {
      class: 'link',
      title: url,
      attributes: { role: 'link', tabindex: '0' },
      on: {
        click: () => open(url),
        keydown: (event) => {
          if (event.key === 'Enter') open(url);
        },
      },
    },
    ...inside,
  );
}
