import { sandboxFacts } from '../../agent/sandboxFacts.ts';
import type { Limits } from '../../core/limits.ts';
import type { SandboxStatus } from '../../core/ports.ts';

/** What the client's model is told ahead of any run: of the sandbox, the same as our own agent. */
export function serverInstructions(status: SandboxStatus | undefined, limits: Limits): string {
  const facts =
    status === undefined
      ? 'It has not answered yet. If an import fails, use the standard library.'
      : sandboxFacts(status, limits);
  return `The sandbox of run_code, as it was when this server started; it may have become another one since.\n${facts}`;
}
