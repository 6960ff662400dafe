import assert from 'node:assert/strict';
import { lineChanges } from '../../support/requests/lineChanges.ts';
import { plainRequests } from '../../support/requests/plainRequests.ts';
import { readSections, sectionsText } from '../../support/requests/requestFile.ts';
import { requestText } from '../../support/requests/requestText.ts';

const mark = { cache_control: { type: 'ephemeral' } };
const standard = {
  model: 'm',
  system: [{ type: 'text', text: 'Be brief.\n\n# Data\n\nIs data.\n\n# Skills\n\n- one', ...mark }],
  tools: [{ name: 'run', description: 'Runs.' }],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', ...mark }] }],
};
const text = (...bodies: object[]) => requestText(plainRequests(bodies, false), standard);

describe('requests as they are kept', () => {
  it('say what they have other than the standard one', () => {
    assert.deepEqual(text(standard), ['request 1', '  user', '    text: Hi']);
    const other = {
      ...standard,
      model: 'n',
      system: 'Be brief.\n\n# Data\n\nIs not data.',
      tools: [{ name: 'run', description: 'Runs it.' }, { name: 'look' }],
    };
    assert.deepEqual(text(other), [
      'request 1',
      '  settings: {"model":"n"}',
      '  instructions: standard, another "Data", without "Skills"',
      '    - Is data.',
      '    + Is not data.',
      '  tools: run, look',
      '    run is another one:',
      '      - description: Runs.',
      '      + description: Runs it.',
      '    look is not a standard one:',
      '  cached up to: the last message',
      '  user',
      '    text: Hi',
    ]);
  });

  it('say of later ones what is new, wherever in them it is', () => {
    const more = {
      ...standard,
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'text', text: 'One\ntwo' }] },
        { role: 'user', content: [{ type: 'text', text: 'Go on', ...mark }] },
      ],
    };
    const changed = {
      ...more,
      system: 'Be long.',
      messages: [more.messages[0], { role: 'assistant', content: 'One' }, more.messages[2]],
    };
    assert.deepEqual(text(standard, standard, standard, more, changed).slice(3), [
      'request 2 to 3: the same again',
      'request 4',
      '  assistant',
      '    text:',
      '      | One',
      '      | two',
      '  user',
      '    text: Go on',
      'request 5',
      '  instructions: Be long.',
      '  cached up to: the last message',
      '  (after 1 messages that it shares with the one before)',
      '  assistant',
      '    text: One',
      '  user',
      '    text: Go on',
    ]);
  });

  it('tell instructions in the first message as those beside the messages', () => {
    const words = { type: 'text', text: 'Hi' };
    const told = { type: 'text', text: standard.system[0]?.text.replace('one', 'two') };
    assert.deepEqual(text({ messages: [{ role: 'user', content: [told, words] }] }).slice(0, 6), [
      'request 1',
      '  settings: {"instructionsIn":"the first message"}',
      '  instructions: standard, another "Skills"',
      '    - - one',
      '    + - two',
      '  tools: none',
    ]);
  });

  it('leave out what is known of the sandbox of one machine', () => {
    const told = { system: 'Be brief.\n\n# The sandbox\n\nnumpy 2\n\n60 s.\n\n# Skills\n\n- one' };
    const [plain = {}] = plainRequests([told], true);
    assert.deepEqual(
      plain['system'],
      'Be brief.\n\n# The sandbox\n\n<that of the machine>\n\n# Skills\n\n- one',
    );
    assert.deepEqual(plainRequests([told], false), [told]);
  });

  it('are the same at each run and on each machine', () => {
    const call = (id: string, folder: string, ms: number): object => ({
      ...standard,
      messages: [
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: id, content: `${folder}/a took ${ms} ms` }],
        },
      ],
    });
    const [one, other] = [call('toolu_a1', '/tmp/gbe-aB3dE6', 12), call('toolu_b2', '/tmp/gbe-xY9zW8', 7.5)];
    assert.deepEqual(plainRequests([one], true), plainRequests([other], true));
    assert.match(JSON.stringify(plainRequests([one], true)), /toolu_1.*<folder>\/a took <time> ms/);
    assert.match(JSON.stringify(plainRequests([one], false)), /took 12 ms/);
  });

  it('are shortened where they repeat themselves, and a change far inside is still one', () => {
    const long = (end: string): string =>
      JSON.stringify(
        plainRequests([{ text: `${Array.from({ length: 4000 }, (_, at) => at).join(' ')}${end}` }], false),
      );
    assert.ok(long('').length < 4200);
    assert.notEqual(long(''), long('.'));
    assert.deepEqual(plainRequests([{ text: 'word '.repeat(40) }], false), [{ text: '‹word ›×40' }]);
  });

  it('stand in sections by test, in the order of the tests', () => {
    const sections = new Map([
      ['b › two', 'request 1\n  user\n    text:\n      | ## not a title'],
      ['a › one', 'request 1'],
    ]);
    const file = sectionsText('unit/x', sections, ['a › one', 'b › two']);
    assert.match(file, /^# unit\/x\n\n## a › one\n\nrequest 1\n\n## b › two\n/);
    assert.deepEqual(new Map(readSections(file)), sections);
  });
});

describe('changes of lines', () => {
  it('are those that went and those that came', () => {
    assert.deepEqual(lineChanges(['a', 'b', 'c'], ['a', 'c', 'd']), ['- b', '+ d']);
    assert.deepEqual(lineChanges(['a'], ['a']), []);
    assert.deepEqual(lineChanges(['a', 'b'], ['b', 'a']), ['- a', '+ a']);
  });
});
