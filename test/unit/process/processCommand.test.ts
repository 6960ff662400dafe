import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/core/limits.ts';
import { processCommand } from '../../../src/executors/process/processCommand.ts';

describe('the command that shuts a process in', () => {
  it('finds the Node.js that was chosen before one that stands beside Python', () => {
    const { args } = processCommand({
      sandbox: '/product/sandbox',
      python: { executable: '/usr/bin/python3', parts: [] },
      node: '/home/person/node-24/bin/node',
      limits: defaultLimits,
      runsNode: true,
      user: { id: 1000, group: 1000, drop: false },
    });
    const [first, second] = args[args.indexOf('PATH') + 1]?.split(':') ?? [];
    assert.deepEqual([first, second], ['/opt/glovebox/node', '/usr/bin']);
    assert.equal(args[args.indexOf('/home/person/node-24/bin/node') + 1], '/opt/glovebox/node/node');
  });
});
