import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The lines that close each layer. */
const layers = {
  wall: [
    ['wasm/realm.mjs', 'closeWall();\n'],
    ['wasm/job.py', '    noscript.take_away()\n'],
  ],
  machineCode: [['wasm/realm.mjs', 'machineCode.close();\n']],
  doors: [
    ['wasm/realm.mjs', 'shutDoors();\n'],
    ['wasm/realm.mjs', 'closeDoors();\n'],
  ],
  language: [['wasm/realm.mjs', 'freezeLanguage();\n']],
} as const;

export type Layer = keyof typeof layers;
type Line = readonly [file: string, text: string];

/** A copy of the product's `sandbox/` below `folder` in which these layers are never closed. */
export async function sandboxWithout(undone: readonly Layer[], folder: string): Promise<string> {
  const sandbox = await mkdtemp(path.join(folder, 'sandbox-'));
  await cp(path.join(root, 'sandbox'), sandbox, { recursive: true });
  for (const [name, line] of undone.flatMap((layer): readonly Line[] => layers[layer])) {
    const text = await readFile(path.join(sandbox, name), 'utf8');
    assert.ok(text.includes(line), `${name} has the line ${line}`);
    await writeFile(path.join(sandbox, name), text.replace(line, ''));
  }
  return sandbox;
}
