import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import type { AliveSandbox } from '../core/ports.ts';
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
    for (const one of health.alive) terminal.out(`         ${plainText(aliveText(one))}\n`);
  }
  return health.sandboxReady ? exitStatus.ok : exitStatus.noSandbox;
}

function aliveText({ id, state, image, owner, leaseUntil, stale }: AliveSandbox): string {
  const until = leaseUntil === undefined ? 'without a lease' : `until ${new Date(leaseUntil).toISOString()}`;
  return `${id.slice(0, 12)}  ${state}  ${image}  of ${owner} ${stale ? 'which is gone' : until}`;
}
