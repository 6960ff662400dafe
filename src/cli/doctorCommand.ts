import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import { exitStatus } from './exitStatus.ts';
import { plainText } from './plainText.ts';
import type { Terminal } from './terminal.ts';

/** `doctor [--json]`: what works here, what does not, and what to do about it. 4 without a sandbox. */
export async function doctorCommand(args: readonly string[], app: App, terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const health = await app.doctor();
  if (values.json) terminal.out(`${JSON.stringify(health, undefined, 2)}\n`);
  else {
    for (const check of health.checks) {
      terminal.out(
        `${check.ok ? 'ok     ' : 'problem'}  ${check.name.padEnd(12)} ${plainText(check.detail)}\n`,
      );
    }
  }
  return health.sandboxReady ? exitStatus.ok : exitStatus.noSandbox;
}
