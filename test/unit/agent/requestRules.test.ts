import assert from 'node:assert/strict';
import { checkRequest } from '../../support/messages/requestRules.ts';
import { signThinking } from '../../support/messages/signThinking.ts';
import { gifPicture, pngPicture } from '../../support/pictures.ts';

const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });
const thought = { type: 'thinking', thinking: 'x', signature: signThinking('x') };
const text = { type: 'text', text: 'b' };
const picture = (media_type: string, bytes: Buffer) => ({
  type: 'image',
  source: { type: 'base64', media_type, data: bytes.toString('base64') },
});

describe('what the scripted server refuses', () => {
  const check = (messages: readonly unknown[]) => {
    const checked = checkRequest({ model: 'claude-sonnet-4-6', max_tokens: 100, messages });
    return checked.ok ? '' : checked.problem;
  };

  for (const [name, messages, problem] of [
    ['thoughts alone', [user('a'), assistant([thought]), user('c')], /cannot be `thinking`/],
    ['a thought at the end', [user('a'), assistant([thought, text, thought]), user('c')], /final block/],
    [
      'a thought without its signature',
      [user('a'), assistant([{ type: 'thinking', thinking: 'x' }, text]), user('c')],
      /messages\.1/,
    ],
    [
      'a thought that was cut before its signature',
      [user('a'), assistant([{ ...thought, signature: '' }, text]), user('c')],
      /Invalid `signature`/,
    ],
    ['an empty message', [user([])], /non-empty content/],
    ['no picture at all', [user([picture('image/png', Buffer.alloc(300, 1))])], /Could not process image/],
    ['a picture of another type', [user([picture('image/png', gifPicture)])], /appears to be a image\/gif/],
    [
      'half a picture',
      [user([picture('image/png', pngPicture().subarray(0, 50))])],
      /Could not process image/,
    ],
    ['too large a picture', [user([picture('image/png', pngPicture(9000, 1))])], /8000 pixels/],
    [
      'many large pictures',
      [user(Array.from({ length: 21 }, () => picture('image/png', pngPicture(3000, 1))))],
      /2000 pixels/,
    ],
  ] as const)
    it(name, () => assert.match(check(messages), problem));

  it('and not what is well-formed', () => {
    assert.equal(check([user([picture('image/gif', gifPicture), text])]), '');
    assert.equal(
      check([user('a'), assistant([thought, text]), user([picture('image/png', pngPicture())])]),
      '',
    );
  });
});
