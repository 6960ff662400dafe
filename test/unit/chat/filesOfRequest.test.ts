import assert from 'node:assert/strict';
import { filesOfRequest } from '../../../src/ui/chat/filesOfRequest.ts';
import { inputFile } from '../agent/agentDesk.ts';

describe('the files of an earlier request', () => {
  it('are those that were sent, then those of the workspace, and what is gone is named', async () => {
    const pasted = inputFile('shot.png', 'pasted');
    const inWorkspace = inputFile('data/sales.csv', 'a,b');
    const found = await filesOfRequest(
      ['data/sales.csv', 'shot.png', 'elsewhere.csv'],
      [pasted],
      async ([name]) => (name === inWorkspace.name ? [inWorkspace] : []),
    );
    assert.deepEqual(found, { files: [inWorkspace, pasted], missing: ['elsewhere.csv'] });
  });
});
