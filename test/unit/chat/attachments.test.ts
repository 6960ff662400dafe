import assert from 'node:assert/strict';
import { Attachments } from '../../../src/ui/chat/attachments.ts';
import { pastedFile } from '../../../src/ui/files/pastedFile.ts';

const pasted = (name: string, text: string) => pastedFile(name, Buffer.from(text).toString('base64'));
/** A file of the workspace, read anew each time it is attached. */
const lying = (uri: string, name: string, bytes = 1) => ({
  ...pasted(name, 'x'.repeat(bytes)),
  name,
  uri: { toString: () => uri },
});

describe('files that are attached', () => {
  const listed = (attachments: Attachments): string =>
    attachments
      .list()
      .map(({ name, bytes }) => `${name} ${bytes}`)
      .join(', ');

  it('get a number where another one has their name', async () => {
    const attachments = new Attachments();
    attachments.add([pasted('image.png', 'one')]);
    attachments.add([pasted('image.png', 'second')]);
    attachments.add([lying('file:///a/data/x.csv', 'data/x.csv')]);
    attachments.add([lying('file:///b/data/x.csv', 'data/x.csv', 2), pasted('image.png', 'third')]);
    assert.equal(
      listed(attachments),
      'image.png 3, image-2.png 6, data/x.csv 1, data/x-2.csv 2, image-3.png 5',
    );
    const [second] = attachments.take(['image-2.png']);
    assert.equal(second?.name, 'image-2.png');
    for await (const piece of second?.open() ?? []) assert.equal(Buffer.from(piece).toString(), 'second');
  });

  it('take their own place when they are attached again', () => {
    const attachments = new Attachments();
    const [a, b] = [lying('file:///a/x.csv', 'x.csv'), lying('file:///b/x.csv', 'x.csv')];
    attachments.add([a, b]);
    attachments.add([lying('file:///b/x.csv', 'x.csv', 7), lying('file:///a/x.csv', 'x.csv', 5)]);
    assert.equal(listed(attachments), 'x.csv 5, x-2.csv 7');
    const note = pasted('note.txt', 'note');
    attachments.add([note]);
    attachments.add([note]);
    assert.equal(listed(attachments), 'x.csv 5, x-2.csv 7, note.txt 4');
  });

  it('come back under their names when the request was not sent', () => {
    const attachments = new Attachments();
    attachments.add([pasted('image.png', 'one'), pasted('image.png', 'second')]);
    const taken = attachments.take(['image.png', 'image-2.png']);
    assert.equal(listed(attachments), '');
    attachments.add(taken);
    assert.equal(listed(attachments), 'image.png 3, image-2.png 6');
  });
});
