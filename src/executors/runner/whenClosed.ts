import type { Disposable } from '../../core/lifecycle.ts';
import type { Sandbox } from './sandbox.ts';

/** Acts once on the sandbox's end, until disposed: a session outlives its runs, and must not keep what they held. */
export function whenClosed(sandbox: Sandbox, act: () => void): Disposable {
  let todo: (() => void) | undefined = act;
  void sandbox.closed.then(() => todo?.());
  return { dispose: () => void (todo = undefined) };
}
