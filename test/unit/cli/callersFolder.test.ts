import assert from 'node:assert/strict';
import { callersFolder } from '../../../src/cli/callersFolder.ts';

describe('the folder that paths of the command line count from', () => {
  const npm = { npm_lifecycle_event: 'glovebox', INIT_CWD: '/home/ada/project' };

  it('is where the person stands who starts it by npm', () => {
    assert.equal(callersFolder(npm, '/clone', '/clone'), '/home/ada/project');
  });

  it('stays what it is everywhere else', () => {
    const other = { ...npm, npm_lifecycle_event: 'start' };
    assert.equal(callersFolder(other, '/clone', '/clone'), undefined, 'another script of ours');
    assert.equal(callersFolder(npm, '/other/sub', '/clone'), undefined, 'a script of that name elsewhere');
    assert.equal(callersFolder({}, '/clone', '/clone'), undefined);
    assert.equal(callersFolder({ ...npm, INIT_CWD: '' }, '/clone', '/clone'), undefined);
  });
});
