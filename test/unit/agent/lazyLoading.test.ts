import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const source = path.join(import.meta.dirname, '../../../src');

/** Runs in a process of its own: counts the files of LangChain that are loaded by then. */
const program = (folder: string): string => `
import { registerHooks } from 'node:module';
let loaded = 0;
registerHooks({
  load(url, context, next) {
    if (/node_modules\\/(@langchain|langchain)\\//.test(url)) loaded += 1;
    return next(url, context);
  },
});
const { createApp } = await import(${JSON.stringify(path.join(source, 'app.ts'))});
const { defaultSettings } = await import(${JSON.stringify(path.join(source, 'appSettings.ts'))});
const app = createApp({
  stays: true,
  root: ${JSON.stringify(path.dirname(source))},
  dataFolder: ${JSON.stringify(folder)},
  dataFolderAdvice: '',
  settings: () => ({ ...defaultSettings, model: { ...defaultSettings.model, baseUrl: 'http://127.0.0.1:9' } }),
  apiKey: async () => 'test-key',
});
await app.validator.check('python', 'print(1)');
await app.skills();
await app.history();
await app.models().catch(() => undefined);
const before = loaded;
await app.createAgent({ approver: { decide: async () => ({ kind: 'reject' }) }, output: { show() {} } });
await app.close();
console.log(JSON.stringify({ before, after: loaded }));
`;

describe('LangChain', () => {
  it('is not loaded before the agent is needed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'glovebox-lazy-'));
    try {
      const args = ['--no-warnings', '--input-type=module', '-e', program(folder)];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const { before, after } = JSON.parse(stdout) as { before: number; after: number };
      assert.equal(before, 0);
      assert.ok(after > 10, `only ${after} files: this counts nothing`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }).timeout(60_000);
});
