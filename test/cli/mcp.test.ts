import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { languages, languagesOf, type Language } from '../../src/core/language.ts';
import { glovebox } from '../support/glovebox.ts';
import { productOfPrimes } from '../support/productOfPrimes.ts';
import { FakeEngine } from '../unit/docker/fakeEngine.ts';

const cli = path.join(import.meta.dirname, '../../dist/cli.js');

/** What the person says to a question of the server. */
type Answer = { readonly decision: string; readonly reason?: string };

describe('glovebox mcp', function () {
  this.timeout(300_000);
  let folder: string;
  let client: Client | undefined;
  let questions: string[];
  let more: Record<string, string>;

  beforeEach(async () => {
    more = {};
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-mcp-'));
    questions = [];
  });
  afterEach(async () => {
    await client?.close();
    client = undefined;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A client of the protocol whose person gives this answer; without one it can't ask anybody. */
  async function connect(answer: Answer | undefined, ...args: string[]): Promise<Client> {
    const capabilities = answer === undefined ? {} : { elicitation: {} };
    const connected = new Client({ name: 'test', version: '1' }, { capabilities });
    if (answer !== undefined)
      connected.setRequestHandler(ElicitRequestSchema, ({ params }) => {
        questions.push(params.message);
        return { action: 'accept', content: { ...answer } };
      });
    const env = Object.fromEntries(
      Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    await connected.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [cli, 'mcp', ...(args.includes('--sandbox') ? [] : ['--sandbox', 'docker']), ...args],
        env: { ...env, GLOVEBOX_DATA: folder, ...more },
        cwd: folder,
        stderr: 'ignore',
      }),
    );
    client = connected;
    return connected;
  }

  const run = async (to: Client, code: string, language: Language = 'python'): Promise<CallToolResult> =>
    (await to.callTool({
      name: 'run_code',
      arguments: { language, code, purpose: 'Count' },
    })) as CallToolResult;
  const textOf = ({ content }: CallToolResult): string =>
    content.map((block) => (block.type === 'text' ? block.text : block.type)).join('\n');
  const history = async (): Promise<{ status: string; origin: string }[]> => {
    const { out } = await glovebox(['history', 'list', '--json'], { data: folder });
    return JSON.parse(out) as { status: string; origin: string }[];
  };

  it('runs what the person approves, who sees all of the code, and records it', async () => {
    await writeFile(path.join(folder, 'numbers.csv'), '1\n2\n39\n');
    const to = await connect({ decision: 'run' }, '--input', 'numbers.csv');
    const code = 'print(sum(int(line) for line in open("numbers.csv")))';
    const answer = await run(to, code);
    assert.notEqual(answer.isError, true);
    assert.match(textOf(answer), /status: ok[\s\S]*<stdout>\n42/);
    assert.equal(questions.length, 1);
    assert.ok(questions[0]?.includes(code) && questions[0].includes('numbers.csv'));
    await to.close();
    assert.deepEqual(
      (await history()).map(({ status, origin }) => [status, origin]),
      [['ok', 'mcp']],
    );
  });

  it('runs nothing that the person rejects, and tells the model why', async () => {
    const answer = await run(await connect({ decision: 'reject', reason: 'use the other file' }), 'print(1)');
    assert.equal(answer.isError, true);
    assert.match(textOf(answer), /status: rejected[\s\S]*use the other file/);
  });

  it('runs what the validator blocks only when the person insists', async () => {
    const evil = 'import os\nos.system("echo through")';
    const plain = await run(await connect({ decision: 'run' }), evil);
    assert.equal(plain.isError, true);
    assert.doesNotMatch(textOf(plain), /^through/m);
    assert.match(questions[0] ?? '', /process\.spawn/);
    await client?.close();
    assert.match(textOf(await run(await connect({ decision: 'run anyway' }), evil)), /^through/m);
  });

  it('runs clean code unasked only where it was started so, and never blocked code', async () => {
    assert.match(textOf(await run(await connect(undefined), 'print(6 * 7)')), /can't ask the person/);
    await client?.close();
    const to = await connect(undefined, '--approve', 'clean');
    assert.match(textOf(await run(to, 'print(6 * 7)')), /<stdout>\n42/);
    const evil = await run(to, 'import os\nos.system("echo through")');
    assert.equal(evil.isError, true);
    assert.doesNotMatch(textOf(evil), /^through/m);
  });

  it('runs each language, and says which sandbox does where its own does not', async () => {
    const docker = await connect(undefined, '--approve', 'clean');
    for (const language of languages)
      assert.match(textOf(await run(docker, productOfPrimes[language], language)), /<stdout>\nproduct: 42/);
    await docker.close();
    const wasm = await connect(undefined, '--approve', 'clean', '--sandbox', 'wasm');
    for (const language of languages.filter((one) => !languagesOf('wasm').includes(one))) {
      const answer = await run(wasm, productOfPrimes[language], language);
      assert.equal(answer.isError, true);
      assert.match(textOf(answer), /status: unavailable[\s\S]*nothing was run\. Choose docker \(/);
    }
  });

  const descriptionOf = async (to: Client): Promise<string> =>
    (await to.listTools()).tools.map(({ description }) => description).join();

  it("tells the client's model of the sandbox what our own agent is told", async () => {
    const docker = await connect(undefined);
    assert.match(docker.getInstructions() ?? '', /^Languages: Python, JavaScript, TypeScript, shell\.$/m);
    assert.match(docker.getInstructions() ?? '', /^Third-party packages: numpy, pandas, matplotlib\./m);
    assert.match(docker.getInstructions() ?? '', /^Limits: 30 s, 512 MB of memory/m);
    await docker.close();
    const wasm = await connect(undefined, '--sandbox', 'wasm');
    assert.match(wasm.getInstructions() ?? '', /^Third-party packages: none\./m);
    for (const told of [wasm.getInstructions() ?? '', await descriptionOf(wasm)])
      assert.match(told, /Languages: Python, JavaScript; not TypeScript or shell;/);
  });

  it('keeps no client waiting for an engine that hangs', async () => {
    const engine = await FakeEngine.start();
    try {
      engine.fallSilent(() => true);
      more = { DOCKER_HOST: engine.host };
      const to = await connect(undefined);
      assert.match(to.getInstructions() ?? '', /has not answered yet/);
      assert.match(await descriptionOf(to), /^Runs a program/);
      await to.close();
    } finally {
      await engine.stop();
    }
  });

  it('says what is wrong with the input of the tool', async () => {
    const to = await connect({ decision: 'run' });
    const answer = (await to.callTool({
      name: 'run_code',
      arguments: { language: 'cobol', code: '' },
    })) as CallToolResult;
    assert.equal(answer.isError, true);
    assert.match(textOf(answer), /language/);
    assert.deepEqual(questions, []);
  });
});
