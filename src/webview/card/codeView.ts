import { button, element } from '../element.ts';
import { copyButton } from '../copyButton.ts';
import { highlight, type Piece } from '../highlight.ts';
import { highlightedNodes } from '../highlightedNodes.ts';
import { plural } from '../quantity.ts';

/** Lines that are shown before somebody asks for more, and at the very most. */
const firstLines = 12;
const mostLines = 2000;

/**
 * Code to decide on: numbered, with what cannot be seen written out, and marked where findings are.
 * It folds away once there is a result to look at.
 */
export class CodeView {
  readonly element = element('details', { class: 'card-code', testid: 'code-fold' });

  show(code: string, language: string, marked: ReadonlyMap<number, string>): void {
    const trimmed = code.replace(/\n$/, '');
    const lines = highlight(trimmed, language);
    const list = element('ol', { class: 'lines', testid: 'code' });
    const add = (from: number, to: number): void => {
      list.append(...lines.slice(from, to).map((line, index) => lineNode(line, marked.get(from + index))));
    };
    const short = lines.length <= firstLines + 4;
    add(0, short ? lines.length : firstLines);
    const frame = element(
      'div',
      { class: 'code-lines', attributes: { tabindex: '0', role: 'group', 'aria-label': 'Proposed code' } },
      list,
    );
    const foot = element(
      'div',
      { class: 'code-foot' },
      copyButton(() => code, 'Copy code'),
    );
    if (!short)
      foot.prepend(
        showAll(lines.length, () => {
          add(firstLines, mostLines);
          if (lines.length > mostLines) foot.prepend(rest(lines.length - mostLines));
          frame.focus();
        }),
      );
    const summary = element('summary', { text: `Code, ${plural(lines.length, 'line', 'lines')}` });
    this.element.replaceChildren(summary, frame, foot);
  }
}

function showAll(lines: number, press: () => void): HTMLElement {
  const more = button({
    label: `Show all ${lines} lines`,
    class: 'quiet-button',
    testid: 'show-all',
    press: () => {
      more.remove();
      press();
    },
  });
  return more;
}

function rest(lines: number): HTMLElement {
  const text = `${plural(lines, 'line', 'lines')} more: open the preview to read all of it.`;
  return element('span', { class: 'quiet', text });
}

function lineNode(pieces: readonly Piece[], severity: string | undefined): Node {
  const nodes = pieces.length === 0 ? ['\n'] : highlightedNodes(pieces);
  const content = element('code', { attributes: { dir: 'ltr' } }, ...nodes);
  return element('li', severity === undefined ? {} : { class: `marked ${severity}` }, content);
}
