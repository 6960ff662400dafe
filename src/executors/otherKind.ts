import { GloveboxError } from '../core/errors.ts';
import { kindNames, type SandboxKind } from '../core/guarantees.ts';
import type { SandboxInfo } from '../core/run.ts';
import { kindOf } from '../core/selfTest.ts';

/** What to say where code was approved for another kind of sandbox than the one there is now. */
export function otherKind(approved: SandboxKind | undefined, sandbox: SandboxInfo): string | undefined {
  const kind = kindOf(sandbox);
  if (approved === undefined || approved === kind) return undefined;
  return `It was approved for the sandbox "${kindNames[approved]}", but it is "${kindNames[kind]}" now. Nothing was run. Run it again to decide on it anew.`;
}

/** Throws it: for a sandbox that turns out to be another only when it is about to be used. */
export function requireKind(approved: SandboxKind | undefined, sandbox: SandboxInfo): void {
  const message = otherKind(approved, sandbox);
  if (message !== undefined) throw new GloveboxError('no-sandbox', message);
}
