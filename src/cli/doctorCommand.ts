import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import type { AliveSandbox } from '../core/ports.ts';
import { failures, proofWords, type SelfTestReport } from '../core/selfTest.ts';
import type { HealthCheck } from '../health.ts';
import { exitStatus } from './exitStatus.ts';
import { plainText } from './plainText.ts';
import type { Terminal } from './terminal.ts';

/**
 * `doctor [--json]`: what works here, what does not, what to do about it, and which guarantees of the
 * sandbox hold when it is attacked. 4 without a sandbox that holds.
 */
export async function doctorCommand(
  args: readonly string[],
  app: Pick<App, 'testSandbox' | 'doctor'>,
  terminal: Terminal,
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  // A sandbox that an earlier test closed is tested again: it may have been repaired.
  const tested = await app
    .testSandbox((step) => terminal.err(`${plainText(step)}\n`), terminal.signal)
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (terminal.signal.aborted) return exitStatus.interrupted;
  const health = await app.doctor();
  const selfTest = selfTestCheck(tested);
  const checks = [...health.checks, selfTest];
  const sandboxReady = health.sandboxReady && selfTest.ok;
  const report = typeof tested === 'string' ? undefined : tested;
  if (values.json) {
    const of = report === undefined ? {} : { tested: report.sandbox };
    const guarantees = report?.proofs ?? [];
    terminal.out(`${JSON.stringify({ ...health, sandboxReady, checks, ...of, guarantees }, undefined, 2)}\n`);
  } else {
    for (const { ok, name, detail } of checks) {
      terminal.out(`${ok ? 'ok     ' : 'problem'}  ${name.padEnd(12)} ${plainText(detail)}\n`);
    }
    for (const one of health.alive) terminal.out(`         ${plainText(aliveText(one))}\n`);
    if (report !== undefined) terminal.out(`\n${proofLines(report)}`);
  }
  return sandboxReady ? exitStatus.ok : exitStatus.noSandbox;
}

/** A test that could not be made says that no run can be, either. */
function selfTestCheck(tested: SelfTestReport | string): HealthCheck {
  if (typeof tested === 'string') return { name: 'self-test', ok: false, detail: tested };
  const through = failures(tested).length;
  const where = `${tested.sandbox.backend} (${tested.sandbox.runtime})`;
  const detail =
    through === 0
      ? `Nothing that was tried got out of ${where}.`
      : `${through} of the attacks got through in ${where}, so it is closed.`;
  return { name: 'self-test', ok: through === 0, detail };
}

function aliveText({ id, state, image, owner, leaseUntil, stale }: AliveSandbox): string {
  const until = leaseUntil === undefined ? 'without a lease' : `until ${new Date(leaseUntil).toISOString()}`;
  return `${id.slice(0, 12)}  ${state}  ${image}  of ${owner} ${stale ? 'which is gone' : until}`;
}

function proofLines({ proofs }: SelfTestReport): string {
  const lines = proofs.map(
    ({ what, state, detail }) => `${proofWords[state].padEnd(17)}  ${what.padEnd(40)} ${plainText(detail)}\n`,
  );
  return lines.join('');
}
