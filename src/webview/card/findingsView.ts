import type { Card } from '../../protocol/card.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import { plural } from '../quantity.ts';

type Finding = Card['findings'][number];

const firstFindings = 8;
const words = { block: 'Blocked', warn: 'Warning', info: 'Note' } as const;
const order = { block: 0, warn: 1, info: 2 } as const;

/** What the validator found, the worst first. */
export function findingsView(findings: readonly Finding[]): readonly Node[] {
  if (findings.length === 0) return [];
  const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
  const list = element('ul', { class: 'findings', attributes: { 'aria-label': 'Findings' } });
  list.append(...sorted.slice(0, firstFindings).map(findingNode));
  const rest = sorted.slice(firstFindings);
  if (rest.length === 0) return [list];
  const more = button({
    label: `Show ${plural(rest.length, 'more finding', 'more findings')}`,
    class: 'quiet-button',
    press: () => {
      list.append(...rest.map(findingNode));
      more.remove();
    },
  });
  return [list, more];
}

function findingNode({ severity, rule, range, message, route, hint }: Finding): Node {
  return element(
    'li',
    { class: `finding ${severity}`, testid: 'finding', attributes: { 'data-severity': severity } },
    icon(severity === 'block' ? 'error' : severity === 'warn' ? 'warning' : 'info'),
    element(
      'div',
      {},
      element(
        'div',
        {},
        element('strong', { text: words[severity] }),
        ` line ${range.startLine + 1}: `,
        element('bdi', {}, ...withCode(message)),
        ' ',
        element('code', { class: 'rule', text: rule }),
      ),
      route.length > 0 &&
        element('div', { class: 'quiet' }, 'How it gets there: ', ...withCode(route.join(' → '))),
      hint !== undefined && element('div', { class: 'quiet' }, ...withCode(hint)),
    ),
  );
}

/** Text with the parts between backticks as code. */
function withCode(text: string): readonly (Node | string)[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? element('code', { text: part }) : part));
}
