import type { WorkspaceFiles } from '../../../src/agent/workspaceFiles.ts';
import { isSecretPath } from '../../../src/core/secretPath.ts';
import { inputFile } from './agentDesk.ts';

/** A workspace of texts by their paths. */
export function givenFiles(texts: Readonly<Record<string, string>>): WorkspaceFiles {
  return {
    open: async (name) => {
      const text = texts[name];
      return text === undefined
        ? { found: false, reason: `There is no file "${name}" in the workspace.` }
        : { found: true, file: inputFile(name, text) };
    },
    creatable: async (name) => (name in texts ? `"${name}" exists already.` : undefined),
    list: async function* () {
      for (const [path, text] of Object.entries(texts))
        if (!isSecretPath(path)) yield { path, bytes: Buffer.byteLength(text) };
    },
  };
}
