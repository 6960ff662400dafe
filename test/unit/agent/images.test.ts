import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HumanMessage } from '@langchain/core/messages';
import { imageBlock } from '../../../src/agent/imageBlock.ts';
import { withRecentImages } from '../../../src/agent/recentImages.ts';
import { failure, runCode, say } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { gifPicture, pngPicture } from '../../support/pictures.ts';
import { inputFile, openDesk, type Desk } from './agentDesk.ts';

const jpeg = (width: number, height: number): Buffer => {
  const bytes = Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0000b08000000000101110000ffd9',
    'hex',
  );
  bytes.writeUInt16BE(height, 25);
  bytes.writeUInt16BE(width, 27);
  return bytes;
};
const webp = (kind: string, data: number[]): Buffer => {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(32, 4);
  bytes.write(`WEBP${kind}`, 8, 'latin1');
  bytes.set(data, kind === 'VP8 ' ? 26 : kind === 'VP8L' ? 21 : 24);
  return bytes;
};

describe('a picture for the model', () => {
  for (const [name, bytes, type] of [
    ['PNG', pngPicture(), 'image/png'],
    ['GIF', gifPicture, 'image/gif'],
    ['JPEG', jpeg(40, 30), 'image/jpeg'],
    ['lossy WebP', webp('VP8 ', [40, 0, 30, 0]), 'image/webp'],
    ['lossless WebP', webp('VP8L', [39, 64, 7, 0]), 'image/webp'],
    ['extended WebP', webp('VP8X', [39, 0, 0, 29, 0, 0]), 'image/webp'],
    ['text with the name of one', Buffer.from('<svg/>'.repeat(40)), undefined],
    ['half a PNG', pngPicture().subarray(0, 60), undefined],
    ['the head of a PNG', pngPicture().subarray(0, 10), undefined],
    ['half a JPEG', jpeg(40, 30).subarray(0, 30), undefined],
    ['half a WebP', webp('VP8X', [39, 0, 0, 29, 0, 0]).subarray(0, 36), undefined],
    ['a PNG that is too wide', pngPicture(8001, 1), undefined],
    ['a JPEG that is too high', jpeg(40, 9000), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ] as const)
    it(`of ${name} is ${type ?? 'none'}`, () => assert.equal(imageBlock(bytes)?.source.media_type, type));
});

describe('the pictures of a conversation', () => {
  const shown = (count: number): number =>
    withRecentImages(
      Array.from({ length: count }, (_, index) => {
        const image = imageBlock(pngPicture(index + 1, 1));
        return new HumanMessage({ content: image === undefined ? [] : [image] });
      }),
    ).filter(({ content }) => JSON.stringify(content).includes('base64')).length;

  it('are the newest ones in each request, and the older go in groups', () => {
    assert.deepEqual([1, 16, 17, 24, 25, 40].map(shown), [1, 16, 9, 16, 9, 16]);
  });

  it('stay within what a request may have', () => {
    const data = 'A'.repeat(4_900_000);
    const content = [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }];
    const messages = withRecentImages(Array.from({ length: 6 }, () => new HumanMessage({ content })));
    assert.ok(JSON.stringify(messages).length < 20_000_000);
    assert.match(JSON.stringify(messages.at(-1)?.content), /AAAA/);
  });
});

describe('a conversation with pictures', () => {
  let desk: Desk | undefined;
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'glovebox-pictures-'))));
  after(() => rm(folder, { recursive: true }));
  afterEach(() => desk?.close());

  it('goes on after a chart that is none, and the model is told', async () => {
    const file = path.join(folder, 'chart.png');
    await writeFile(file, 'no picture');
    desk = await openDesk(
      [runCode('Drawing.', { code: 'plot()', purpose: 'Draw' }), say('Hm.'), say('Yes.')],
      { execute: () => ({ artifacts: [{ name: 'chart.png', mime: 'image/png', bytes: 10, path: file }] }) },
    );
    assert.equal(await desk.ask('Draw'), 'Drawing.Hm.');
    assert.equal(await desk.ask('And?'), 'Yes.');
    assert.match(toolResults(desk.server.requests[1]!)[0] ?? '', /chart\.png can't be shown/);
    assert.deepEqual(desk.server.rejections, []);
  });

  it('names an attached picture by what it is, not by its name', async () => {
    desk = await openDesk([say('A dot.')]);
    await desk.ask('Look', { files: [inputFile('dot.png', gifPicture)] });
    assert.match(JSON.stringify(desk.server.requests[0]?.body.messages), /"media_type":"image\/gif"/);
    assert.deepEqual(desk.server.rejections, []);
  });

  it('goes on without pictures when the service can not read one', async () => {
    desk = await openDesk(({ body }) =>
      JSON.stringify(body.messages).includes('"image"')
        ? failure(400, 'Could not process image')
        : say('I see none.'),
    );
    const dot = inputFile('dot.png', pngPicture());
    assert.equal(await desk.ask('Look', { files: [dot] }), 'I see none.');
    assert.equal(await desk.ask('And now?'), 'I see none.');
    assert.match(desk.of('notice')[0]?.message ?? '', /could not read a picture.*without pictures/);
    assert.equal(desk.of('failed').length, 0);
  });
}).timeout(30_000);
