import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import { blankConversation } from '../../../src/ui/chat/storedConversation.ts';

describe('kept conversations', () => {
  let folder: string;
  let files: ConversationFiles;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbc-'));
    files = new ConversationFiles(path.join(folder, 'conversations'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const save = (id: string, at: number) => {
    const conversation = blankConversation(id, at);
    return files.save(conversation.conversation, conversation);
  };

  it('are listed newest first, also beside a file that is damaged', async () => {
    assert.deepEqual(await files.list(), []);
    await save('old', 1);
    await save('new', 2);
    await writeFile(path.join(folder, 'conversations', 'bad.json'), '{"conversation":');
    assert.deepEqual(
      (await files.list()).map(({ id }) => id),
      ['new', 'old'],
    );
    assert.equal(await files.load('bad'), undefined);
  });

  it('are read again only when they are others than before, whoever wrote them', async () => {
    await save('a', 1);
    await save('b', 2);
    await files.list();
    const elsewhere = new ConversationFiles(path.join(folder, 'conversations'));
    const other = blankConversation('a', 3);
    await elsewhere.save(other.conversation, other);
    const read: string[] = [];
    const load = files.load.bind(files);
    files.load = (id) => {
      read.push(id);
      return load(id);
    };
    assert.deepEqual(
      (await files.list()).map(({ id, at }) => `${id} ${at}`),
      ['a 3', 'b 2'],
    );
    assert.deepEqual(read, ['a']);
    await elsewhere.remove('a');
    assert.deepEqual(
      (await files.list()).map(({ id }) => id),
      ['b'],
    );
  });

  it('can be read by their owner alone, and leave no half-written file behind', async () => {
    await Promise.all([save('a', 1), save('a', 2), save('a', 3)]);
    assert.deepEqual(await readdir(path.join(folder, 'conversations')), ['a.json']);
    const { mode } = await stat(path.join(folder, 'conversations', 'a.json'));
    if (process.platform !== 'win32') assert.equal(mode & 0o077, 0);
    assert.deepEqual(
      (await files.list()).map(({ at }) => at),
      [3],
    );
  });

  it('lie nowhere but in their folder', async () => {
    await writeFile(path.join(folder, 'secret.json'), '{}');
    assert.equal(await files.load('../secret'), undefined);
    await assert.rejects(files.remove('../secret'));
    await assert.rejects(save('../../up', 1));
  });
});
