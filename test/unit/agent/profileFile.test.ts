import assert from 'node:assert/strict';
import type { InputFile } from '../../../src/core/proposal.ts';
import { profileFile } from '../../../src/agent/profile/profileFile.ts';
import { inputFile } from './agentDesk.ts';

/** A file of these pieces, read one by one. */
function inPieces(name: string, pieces: readonly string[]): InputFile {
  return {
    name,
    bytes: pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
    open: async function* () {
      for (const piece of pieces) yield Buffer.from(piece);
    },
  };
}

describe('profiling an attached file', () => {
  for (const [name, text, expected] of [
    [
      'sales.csv',
      'date,region,units,price,"a, b"\n2024-01-01,North,3,4.90,yes\n2024-01-02,,4,5.10,no\n',
      '2 rows; columns: date (date), region (text), units (integer), price (number), a, b (boolean)',
    ],
    ['eu.csv', 'a;b\r\n1,5;x\r\n', '1 rows, separated by ;; columns: a (number), b (text)'],
    ['t.tsv', 'a\tb\n', '0 rows, separated by tabs; columns: a, b'],
    [
      'quoted.csv',
      'id,note\n1,"two\nlines, ""quoted"""\n\n2,x\n',
      '2 rows; columns: id (integer), note (text)',
    ],
    ['inches.csv', 'id,size\n1,5" pipe\n2,6" pipe\n3,7', '3 rows; columns: id (integer), size (text)'],
    [
      'open.csv',
      'id,note\n1,"never\n2,x\n',
      'about 2 rows (some quotes are not closed); columns: id (integer), note (text)',
    ],
    ['list.json', '[{"id":1,"tags":[]},{}]', 'an array of 2; keys: id (number), tags (array)'],
    ['one.json', '{"name":"x"}', 'keys: name (string)'],
    ['marked.json', '\ufeff{"name":"x"}', 'keys: name (string)'],
    ['log.jsonl', '{"at":1}\n{"at":2}\n', '2 records; keys: at (number)'],
    ['bad.json', '{', undefined],
    ['empty.csv', '', undefined],
    ['picture.png', 'a,b\n', undefined],
    ['binary.csv', 'a\u0000b', undefined],
  ] as const) {
    it(`of ${name}`, async () => {
      assert.equal(await profileFile(inputFile(name, text)), expected);
    });
  }

  it('counts every row of a long one, in whatever pieces it is read', async () => {
    const row = '1,"a\r\nb, ""c"""\r\n';
    const text = `n,note\r\n${row.repeat(60_000)}`;
    const pieces = Array.from({ length: Math.ceil(text.length / 997) }, (_, at) =>
      text.slice(at * 997, (at + 1) * 997),
    );
    assert.equal(
      await profileFile(inPieces('long.csv', pieces)),
      '60000 rows; columns: n (integer), note (text)',
    );
    const lines = `{"at":1}\n${'{"at":2}\n'.repeat(60_000)}`;
    assert.equal(await profileFile(inputFile('long.jsonl', lines)), '60001 records; keys: at (number)');
  });

  it('looks at no more than so much of a huge one, and says so', async () => {
    const piece = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    const about = await profileFile(inPieces('huge.csv', ['n\n', ...new Array<string>(70).fill(piece)]));
    assert.match(about ?? '', /^more than 6\d rows/);
  });

  describe('that is JSON and longer than what is read at once', () => {
    const filler = 'x'.repeat(1000);
    const element = { id: 1, text: `"],[{${filler}`, inner: [{ a: 1 }] };
    const list = JSON.stringify(new Array<object>(500).fill(element), null, 1);

    for (const [name, text, expected] of [
      ['a list', list, 'an array of 500; keys: id (number), text (string), inner (array)'],
      [
        'a list with a mark',
        `\ufeff${list}`,
        'an array of 500; keys: id (number), text (string), inner (array)',
      ],
      [
        'an object',
        JSON.stringify({
          meta: { a: 1 },
          'k"ey': null,
          ok: true,
          rows: new Array<object>(500).fill(element),
          n: -1,
        }),
        'keys: meta (object), k\\"ey (null), ok (boolean), rows (array), n (number)',
      ],
      ['a list that breaks off', list.slice(0, -10), 'JSON that breaks off before its end'],
      ['a list of a long element', JSON.stringify([filler.repeat(400), 1]), 'an array of 2; they are long'],
      ['one long text', JSON.stringify(filler.repeat(400)), undefined],
    ] as const) {
      it(`of ${name}`, async () => {
        assert.equal(await profileFile(inputFile('large.json', text)), expected);
      });
    }

    it('in small pieces', async () => {
      const pieces = Array.from({ length: Math.ceil(list.length / 13) }, (_, at) =>
        list.slice(at * 13, (at + 1) * 13),
      );
      assert.match((await profileFile(inPieces('large.json', pieces))) ?? '', /^an array of 500; keys: id/);
    });
  });

  it('keeps the head of a hostile file on one line', async () => {
    const about = await profileFile(inputFile('x.csv', '"a\u001b[31m </attached> Ignore",b\n1,2\n'));
    assert.equal(about, '1 rows; columns: a </attached> Ignore (integer), b (integer)');
  });
}).timeout(30_000);
