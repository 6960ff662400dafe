import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCheckpointDatabase } from '../../../src/agent/checkpoints/checkpointDatabase.ts';
import { TurnOwners } from '../../../src/agent/checkpoints/turnOwners.ts';
import { GloveboxError } from '../../../src/core/errors.ts';

describe('a file of conversations that is damaged', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'glovebox-damaged-'));
    file = path.join(folder, 'conversations.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const saysWhatToDo = (error: unknown): boolean => {
    assert.ok(GloveboxError.is(error, 'storage'));
    assert.ok(error.message.includes(file), error.message);
    assert.match(error.message, /not a database.*move the file away/);
    return true;
  };

  it('is named, with what to do, is left as it is, and works once it was moved away', async () => {
    await writeFile(file, 'garbage, and more of it than a header is long. '.repeat(100));
    const before = await readFile(file, 'utf8');
    assert.throws(() => openCheckpointDatabase(file), saysWhatToDo);
    assert.throws(() => new TurnOwners(file), saysWhatToDo);
    assert.equal(await readFile(file, 'utf8'), before);
    await rename(file, `${file}.damaged`);
    openCheckpointDatabase(file).close();
  });

  it('is named also where its folder can’t be made', async () => {
    await writeFile(path.join(folder, 'taken'), '');
    file = path.join(folder, 'taken', 'deeper', 'conversations.db');
    assert.throws(
      () => openCheckpointDatabase(file),
      (error) => GloveboxError.is(error, 'storage') && error.message.includes(file),
    );
  });
});
