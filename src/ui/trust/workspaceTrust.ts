import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { RunCode } from '../../core/door.ts';

/** Throws in a workspace that nobody has vouched for. The manifest says it too; this is the lock. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new GloveboxError(
    'untrusted',
    vscode.l10n.t(
      'This workspace is not trusted, so Glovebox runs no code from it. Trust the workspace if you know where it comes from.',
    ),
  );
}

/** The pipeline behind the lock: every door of the editor gets this one. */
export function trustedOnly(runCode: RunCode): RunCode {
  return async (draft, door) => {
    requireTrust();
    return runCode(draft, door);
  };
}
