import { button, element } from '../element.ts';
import { copyButton } from '../copyButton.ts';
import { visibleParts } from '../visibleText.ts';
import { plural } from '../quantity.ts';

/** Lines that are shown before somebody asks for more, and at the very most. */
const firstLines = 16;
const mostLines = 2000;

/** Code to decide on: numbered, with what cannot be seen written out, and marked where findings are. */
export function codeView(code: string, marked: ReadonlyMap<number, string>): readonly Node[] {
  const lines = code.replace(/\n$/, '').split('\n');
  const list = element('ol', { class: 'lines', testid: 'code' });
  const show = (from: number, to: number): void => {
    list.append(...lines.slice(from, to).map((line, index) => lineNode(line, marked.get(from + index))));
  };
  const short = lines.length <= firstLines + 4;
  show(0, short ? lines.length : firstLines);
  const frame = element(
    'div',
    {
      class: 'code-lines',
      attributes: { tabindex: '0', role: 'group', 'aria-label': 'Proposed code' },
    },
    list,
  );
  const tools = element(
    'div',
    { class: 'code-tools' },
    copyButton(() => code, 'Copy code'),
  );
  if (short) return [tools, frame];
  const more = button({
    label: `Show all ${lines.length} lines`,
    class: 'quiet-button',
    testid: 'show-all',
    press: () => {
      show(firstLines, mostLines);
      more.remove();
      if (lines.length > mostLines)
        frame.after(
          element('p', {
            class: 'quiet',
            text: `${plural(lines.length - mostLines, 'line', 'lines')} more: open the preview to read all of it.`,
          }),
        );
      frame.focus();
    },
  });
  return [tools, frame, more];
}

function lineNode(line: string, severity: string | undefined): Node {
  const parts = visibleParts(line).map((part) =>
    part.hidden ? element('span', { class: 'hidden-character', text: part.text }) : part.text,
  );
  const content = element('code', { attributes: { dir: 'ltr' } }, ...(line === '' ? ['\n'] : parts));
  return element('li', severity === undefined ? {} : { class: `marked ${severity}` }, content);
}
