import assert from 'node:assert/strict';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { askOn } from '../../../src/cli/askOn.ts';
import { checkCommand } from '../../../src/cli/checkCommand.ts';
import { checkStream } from '../../../src/cli/checkStream.ts';
import { exitStatusOfFailure } from '../../../src/cli/exitStatus.ts';
import { exactText, plainText } from '../../../src/cli/plainText.ts';
import { productOf } from '../../../src/readProduct.ts';
import { processTerminal } from '../../../src/cli/terminal.ts';
import { rawWhereUnseen, terminalOutput } from '../../../src/cli/terminalOutput.ts';
import type { Verdict } from '../../../src/core/finding.ts';
import type { Validator } from '../../../src/core/ports.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

describe('a question on the terminal', () => {
  const ask = (keys: string, stop = new AbortController()): Promise<string> => {
    const input = new PassThrough();
    input.write(keys);
    return askOn(input, new PassThrough().resume(), 'Run? ', stop.signal, () => stop.abort());
  };

  it('is answered by a line, or by nothing where the input ends', async () => {
    assert.equal(await ask('yes\r'), 'yes');
    assert.equal(await ask('\u0004'), '');
  });

  it('is asked only where what it is about can be seen', () => {
    const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY });
    const asks = (stdin: boolean, stderr: boolean) => {
      const streams = { stdin: stream(stdin), stdout: stream(true), stderr: stream(stderr), env: {} };
      return (
        processTerminal(new AbortController(), streams as unknown as NodeJS.Process).question !== undefined
      );
    };
    assert.deepEqual([asks(true, true), asks(true, false), asks(false, true)], [true, false, false]);
  });

  it('is not answered by what was typed before it was there', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough({ encoding: 'utf8' });
    input.write('y\rye');
    const answer = askOn(input, output, 'Run? ', new AbortController().signal, () => undefined);
    let shown = '';
    for await (const piece of output) {
      shown += String(piece);
      if (shown.includes('Run? ')) break;
    }
    input.write('no\r');
    assert.equal(await answer, 'no');
  });

  it('hears Ctrl-C as an interrupt and not as an answer', async () => {
    const stop = new AbortController();
    await assert.rejects(ask('\u0003', stop), { name: 'AbortError' });
    assert.equal(stop.signal.aborted, true);
  });
});

describe('what a person reads on the terminal', () => {
  const hidden = 'a\u200bb\u2060c\u00add\ufeffe\u{e0041}f';

  it('leaves nothing hidden that is to be approved, by the table of the chat page', () => {
    assert.equal(exactText(hidden), 'a\\x200bb\\x2060c\\xadd\\xfeffe\\xe0041f');
    assert.equal(exactText('\u001b[2J\r\n\tx'), '\\x1b[2J\n\tx');
    assert.equal(plainText('done ✔\ufe0f'), 'done ✔\ufe0f');
  });

  it('is harmless on the stream that a person sees, whatever becomes of the other', () => {
    const draft = { id: 'p', origin: 'terminal', language: 'python', code: '', purpose: '' } as const;
    const proposal = propose({ ...draft, title: 'x.py', files: [] }, 'docker');
    const shown = (stdout: boolean, stderr: boolean) => {
      const { printed, terminal } = recordingTerminal();
      const output = terminalOutput(terminal, rawWhereUnseen({ ...terminal, seen: { stdout, stderr } }));
      for (const stream of ['stdout', 'stderr'] as const)
        output.show(proposal, { kind: 'output', stream, text: '\u001b' });
      return [printed.out, printed.err];
    };
    assert.deepEqual(shown(false, true), ['\u001b', '\\x1b']);
    assert.deepEqual(shown(true, false), ['\\x1b', '\u001b']);
  });
});

describe('the exit status', () => {
  it('is 5 for what the model answers, and for that alone', () => {
    for (const code of ['no-key', 'bad-key', 'model-unreachable', 'rate-limited', 'billing', 'no-model'])
      assert.equal(exitStatusOfFailure(code), 5, code);
    for (const code of ['loop', 'step-limit', 'time-limit', 'spending-limit', 'storage', 'internal'])
      assert.equal(exitStatusOfFailure(code), 1, code);
    assert.equal(exitStatusOfFailure('bad-input'), 2);
    assert.equal(exitStatusOfFailure('toString'), 1);
  });

  it('of a check is 2 where a file that was named was not checked, and 3 where another is blocked', async () => {
    const check = async (verdict: Verdict, ...files: string[]) => {
      const { printed, terminal } = recordingTerminal();
      const validator: Validator = { check: async () => ({ verdict, findings: [] }) };
      return [await checkCommand(files, { validator }, terminal, '.'), printed.err];
    };
    const [known, folder] = [import.meta.filename, import.meta.dirname];
    for (const [file, why] of [
      [path.join(folder, 'absent.py'), /absent\.py: not checked, there is no such file/],
      [path.join(folder, '../../../package.json'), /not checked, .*the ending tells the language/],
    ] as const) {
      const [status, err] = await check('allow', known, file, known);
      assert.equal(status, 2, file);
      assert.match(String(err), why);
      assert.equal((await check('block', known, file))[0], 3);
    }
    assert.deepEqual(await check('allow', known, folder), [0, '']);
  });

  it('of an interrupted check is 130, whatever was found until then', async () => {
    const stop = new AbortController();
    const { printed, terminal } = recordingTerminal();
    const validator: Validator = {
      async check() {
        stop.abort();
        return { verdict: 'allow', findings: [] };
      },
    };
    const files = [import.meta.filename, import.meta.filename];
    const stopped = { ...terminal, signal: stop.signal };
    assert.equal(await checkCommand(files, { validator }, stopped, '.'), 130);
    assert.equal(printed.out.split('\n').length, 2);
  });

  it('of an interrupted stream comes at once, without waiting for its next line', async () => {
    const stop = new AbortController();
    const { terminal } = recordingTerminal();
    const stdin = new Readable({ read: () => undefined });
    const validator: Validator = { check: async () => ({ verdict: 'allow', findings: [] }) };
    const over = checkStream(validator, { ...terminal, stdin, signal: stop.signal });
    stop.abort();
    await over;
  });
});

describe('the pages that a log names', () => {
  it('are those of the public repository, where there is one', () => {
    const repository = { url: 'git+https://github.com/o/p.git' };
    assert.deepEqual(productOf({ version: '1.0.0', repository, homepage: 'https://example.org' }), {
      version: '1.0.0',
      homepage: 'https://example.org',
      rulesUrl: 'https://github.com/o/p/blob/HEAD/docs/rules.md',
    });
    assert.deepEqual(productOf({ version: '1.0.0', repository: 'file:///home/me/p' }), { version: '1.0.0' });
  });
});
