import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { glovebox } from '../support/glovebox.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import { depositsStory, quicksortStory, salesStory, storyRequests } from '../support/messages/stories.ts';
import { runCode, say, type Script } from '../support/messages/script.ts';

const sample = path.join(import.meta.dirname, '../fixtures/sample');
const key = 'sk-ant-test-0123456789';

interface Answer {
  readonly text: string;
  readonly runs: readonly {
    readonly status: string;
    readonly stdout: string;
    readonly artifacts: readonly { readonly mime: string }[];
  }[];
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly costUsd?: number };
}

describe('glovebox ask', function () {
  this.timeout(600_000);
  let folder: string;
  let server: MessagesServer | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-ask-'));
    await cp(sample, folder, { recursive: true });
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (script: Script, request: string, ...args: string[]) => {
    server = await startMessagesServer(script, { apiKey: key });
    return glovebox(['ask', request, '--json', '--sandbox', 'docker', ...args], {
      data: folder,
      env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url },
    });
  };

  it('gives monthly totals and a chart that were really computed', async () => {
    const ended = await ask(salesStory, storyRequests.sales, '--input', 'sales.csv', '--approve', 'clean');
    const answer = JSON.parse(ended.out) as Answer;
    assert.equal(ended.status, 0, ended.err);
    assert.match(answer.text, /524,320\.41/);
    assert.deepEqual(
      answer.runs.map((run) => run.status),
      ['ok'],
    );
    assert.ok(answer.runs[0]?.artifacts.some((artifact) => artifact.mime === 'image/png'));
    assert.ok(answer.usage.inputTokens > 0 && answer.usage.outputTokens > 0);
    assert.ok((answer.usage.costUsd ?? 0) > 0);
    assert.deepEqual(server?.rejections, []);
  });

  it('verifies a quicksort and times it', async () => {
    const ended = await ask(quicksortStory, storyRequests.quicksort, '--approve', 'clean');
    const answer = JSON.parse(ended.out) as Answer;
    assert.equal(ended.status, 0, ended.err);
    assert.match(answer.runs[0]?.stdout ?? '', /\[1, 2, 3, 4, 5, 7, 8, 10\]/);
  });

  it('computes what monthly deposits grow to', async () => {
    const ended = await ask(depositsStory, storyRequests.deposits, '--approve', 'clean');
    const answer = JSON.parse(ended.out) as Answer;
    assert.equal(ended.status, 0, ended.err);
    assert.match(`${answer.text}${answer.runs[0]?.stdout}`, /204[,.]?\d{3}|20[0-9],\d{3}/);
  });

  it('runs nothing when nobody approves', async () => {
    const ended = await ask(salesStory, storyRequests.sales, '--input', 'sales.csv');
    const answer = JSON.parse(ended.out) as Answer;
    assert.deepEqual(
      answer.runs.map((run) => run.status),
      ['cancelled'],
    );
    assert.notEqual(ended.status, 0);
  });

  it('ends with 5 without a key, with a wrong key, and where no model answers', async () => {
    const without = await glovebox(['ask', 'hello', '--json'], { data: folder });
    assert.equal(without.status, 5);
    assert.match(without.err, /API key/);
    server = await startMessagesServer([], { apiKey: key });
    const env = { ANTHROPIC_API_KEY: 'sk-ant-wrong', ANTHROPIC_BASE_URL: server.url };
    const wrong = await glovebox(['ask', 'hello', '--json'], { data: folder, env });
    assert.equal(wrong.status, 5);
    assert.equal(`${wrong.out}${wrong.err}`.includes('sk-ant-wrong'), false);
    const nobody = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' };
    assert.equal((await glovebox(['ask', 'hello', '--json'], { data: folder, env: nobody })).status, 5);
  });

  it('takes model, endpoint and spending limit from a file of settings, and rather from flags', async () => {
    const dear = { usage: { input: 200_000, output: 1000 } };
    const script = [runCode('Here.', { code: 'print(1)', purpose: 'Try' }, dear), say('Done.')];
    const models = ['own-model', 'claude-sonnet-4-6'];
    const started = (server = await startMessagesServer(script, { apiKey: key, models, kept: false }));
    const file = path.join(folder, 'settings.json');
    const ask = async (settings: object, ...args: string[]) => {
      await writeFile(file, JSON.stringify({ 'glovebox.baseUrl': started.url, ...settings }));
      const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' };
      return glovebox(['ask', 'hello', '--json', '--settings', file, ...args], { data: folder, env });
    };
    const limited = await ask({ 'glovebox.spendingLimit': 0.1, 'glovebox.sandbox': 'wasm' });
    assert.equal(limited.status, 1, limited.err);
    assert.match(limited.out, /"code": "spending-limit"/);
    assert.deepEqual(
      started.requests.map(({ body }) => body.model),
      ['claude-sonnet-4-6'],
    );
    const other = await ask({ 'glovebox.model': 'own-model' }, '--model', 'claude-unknown');
    assert.equal(other.status, 5);
    assert.match(other.err, /does not know the model "claude-unknown".*\n--model NAME asks another one/);
    await ask({ 'glovebox.model': 'claude-unknown' }, '--model=own-model');
    assert.equal(started.requests.length, 2);
    assert.equal(started.requests.at(-1)?.body.model, 'own-model');
  });

  it('is the only command that takes a model', async () => {
    const run = await glovebox(['run', 'monthly_totals.py', '--model', 'own-model'], { data: folder });
    assert.deepEqual([run.status, run.err], [2, 'glovebox: --model goes with ask alone.\n']);
  });
});
