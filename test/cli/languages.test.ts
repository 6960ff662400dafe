import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { codeFileName, languages, languageTable, type Language } from '../../src/core/language.ts';
import { glovebox, type GloveboxRun } from '../support/glovebox.ts';
import { runCode, say, type ScriptedRequest, type Turn } from '../support/messages/script.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import { toolResults } from '../support/messages/storyText.ts';
import { primesWritten, productOfPrimes } from '../support/productOfPrimes.ts';

const key = 'sk-ant-test-0123456789';

interface Printed {
  readonly status: string;
  readonly verdict: string;
  readonly stdout: string;
  readonly message?: string;
  readonly sandbox: { readonly backend: string };
}

/** Proposes the program, and then repeats what it was told of its run. */
function proposing(language: Language): (request: ScriptedRequest) => Promise<Turn> {
  return async (request) => {
    const [result] = toolResults(request);
    if (result !== undefined) return say(`I was told: ${result}`);
    const purpose = `Multiply primes in ${languageTable[language].label}`;
    return runCode('I will multiply them.', { language, code: productOfPrimes[language], purpose });
  };
}

/** It ran where it can, and elsewhere nothing did and the person reads where it could. */
function assertRanOrToldWhere(language: Language, backend: 'docker' | 'wasm', run: Printed): void {
  const { sandboxes, label } = languageTable[language];
  assert.deepEqual([run.verdict, run.sandbox.backend], ['allow', backend]);
  if (sandboxes.includes(backend)) {
    assert.deepEqual([run.status, run.stdout], ['ok', primesWritten], run.message);
    return;
  }
  assert.deepEqual([run.status, run.stdout], ['unavailable', '']);
  assert.match(run.message ?? '', new RegExp(`not ${label}; nothing was run\\. Choose .*docker \\(`));
}

describe('glovebox in each language', function () {
  this.timeout(600_000);
  let folder: string;
  let server: MessagesServer | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-language-'));
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const wantedStatus = (language: Language, backend: 'docker' | 'wasm', ended: GloveboxRun): void =>
    assert.equal(ended.status, languageTable[language].sandboxes.includes(backend) ? 0 : 4, ended.err);

  for (const backend of ['docker', 'wasm'] as const) {
    for (const language of languages) {
      it(`run: ${language} in ${backend}`, async () => {
        const file = codeFileName('primes', language);
        await writeFile(path.join(folder, file), productOfPrimes[language]);
        const ended = await glovebox(['run', file, '--json', '--sandbox', backend], { data: folder });
        wantedStatus(language, backend, ended);
        assertRanOrToldWhere(language, backend, JSON.parse(ended.out) as Printed);
      });

      it(`ask: the agent's ${language} in ${backend}`, async () => {
        server = await startMessagesServer(proposing(language), { apiKey: key });
        // What can't run needs nobody's approval to be told of.
        const approval = languageTable[language].sandboxes.includes(backend) ? ['--approve', 'clean'] : [];
        const words = ['ask', 'Multiply the first primes.', '--json', ...approval];
        const ended = await glovebox([...words, '--sandbox', backend], {
          data: folder,
          env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url },
        });
        wantedStatus(language, backend, ended);
        const { text, runs } = JSON.parse(ended.out) as { text: string; runs: readonly [Printed] };
        assert.equal(runs.length, 1);
        assertRanOrToldWhere(language, backend, runs[0]);
        // The model learned the same.
        assert.ok(text.includes(runs[0].message ?? primesWritten), text);
        assert.deepEqual(server.rejections, []);
      });
    }
  }

  it('run: without --json too the person reads where it can run', async () => {
    await writeFile(path.join(folder, 'primes.sh'), productOfPrimes.shell);
    const ended = await glovebox(['run', 'primes.sh', '--sandbox', 'wasm'], { data: folder });
    assert.deepEqual([ended.status, ended.out], [4, '']);
    assert.match(
      ended.err,
      /message +The sandbox "embedded \(WebAssembly\)" runs .*not shell.*Choose docker \(Docker\)/,
    );
    const [run] = JSON.parse((await glovebox(['history', 'list', '--json'], { data: folder })).out) as [
      { runId: string },
    ];
    const shown = await glovebox(['history', 'show', run.runId], { data: folder });
    assert.match(shown.out, /nobody was asked: The sandbox "embedded/);
  });
});
