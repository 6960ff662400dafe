import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** What a suite needs from the machine. */
export type Need = 'engine' | 'browser' | 'workbench' | 'package';

export interface Suite {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly timeoutMs: number;
  /** The suite up to whose end this one may go on beside all others. */
  readonly beside?: string;
}

/** The folders of test/ in which mocha runs in plain Node, from fast to slow. */
export const suites: readonly Suite[] = [
  { name: 'unit', needs: [], timeoutMs: 10_000 },
  // A browser and an interpreter leave a processor idle half of the time, as containers that start do.
  { name: 'page', needs: ['browser'], timeoutMs: 30_000, beside: 'contract' },
  { name: 'embedded', needs: ['engine'], timeoutMs: 120_000, beside: 'contract' },
  { name: 'contract', needs: ['engine'], timeoutMs: 120_000 },
  { name: 'cli', needs: ['engine'], timeoutMs: 120_000 },
  { name: 'e2e', needs: ['engine', 'browser', 'workbench', 'package'], timeoutMs: 300_000 },
];

/** The tests that VS Code's own extension host runs. */
export const hostFolder = 'integration';

/** All test files, by the folder of test/ that they are in. */
export async function testFiles(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = path.join(root, 'test');
  const names = await readdir(folder, { recursive: true });
  const byFolder = new Map<string, string[]>();
  for (const name of names.filter((file) => file.endsWith('.test.ts')).sort()) {
    const first = name.split(path.sep)[0] ?? '';
    byFolder.set(first, [...(byFolder.get(first) ?? []), path.join('test', name)]);
  }
  return byFolder;
}
