import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { artifactText, inputFile, runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

const hostile = `
import os
os.chdir("outputs")
def put(name, text="x"):
    with open(name, "w") as file: file.write(text)
put("plain.txt", "plain")
put("line\\nbreak.txt")
put("\\u202egnp.txt")
put("con.txt"); put("CON.TXT")
put("a b\\t;rm -rf ~.txt")
put("x" * 200)
os.makedirs("deep/er"); put("deep/er/f.txt", "deep")
os.symlink("/etc/passwd", "passwd.txt")
os.symlink("/", "root")
os.symlink("../outputs", "loop")
try: os.link("plain.txt", "hard.txt"); put("single.txt")
except (OSError, AttributeError): pass
try: os.mkfifo("fifo")
except (OSError, AttributeError): pass
`;

/** What goes in, and what of the outputs folder comes out. */
export function artifactsContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: files`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);

    it('input files are in the folder where the program starts, whole', async () => {
      const big = new Uint8Array(3_000_000).map((_, index) => index % 251);
      const code =
        'import hashlib, os\nprint(open("sales.csv").read())\nprint(hashlib.sha256(open("data/big.bin", "rb").read()).hexdigest())\nprint(os.path.dirname(os.path.abspath(__file__)) == os.getcwd())';
      const result = await runCode(subject.executor, code, {
        files: [inputFile('sales.csv', 'month,n\nJan,1'), inputFile('data/big.bin', big)],
      });
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', big)).toString('hex');
      assert.equal(result.stdout, `month,n\nJan,1\n${digest}\nTrue\n`, told(result));
    });

    for (const bad of ['../evil', '/etc/evil', 'a/../../evil', '', 'a//b', '.']) {
      it(`an input file may not be called ${JSON.stringify(bad)}`, async () => {
        const result = await runCode(subject.executor, 'print("ran")', { files: [inputFile(bad, 'x')] });
        assert.notEqual(result.status, 'ok');
        assert.equal(result.stdout, '', told(result));
        assert.match(result.message ?? '', /input/);
      });
    }

    it('an input file may not be called as the outputs folder, and it is said', async () => {
      const result = await runCode(subject.executor, 'print("ran")', { files: [inputFile('outputs', 'x')] });
      assert.deepEqual([result.status, result.stdout], ['error', ''], told(result));
      assert.match(result.message ?? '', /could not be put into the sandbox/);
    });

    for (const [where, sessionId] of [
      ['a run', undefined],
      ['a session', 'room'],
    ] as const) {
      it(`input as large as the work folder leaves the program of ${where} room to write`, async () => {
        const code =
          'import os\nopen("outputs/own", "wb").write(bytes(3 << 20))\nprint(os.path.getsize("large.csv"))';
        const result = await runCode(subject.executor, code, {
          files: [inputFile('large.csv', new Uint8Array(8 << 20))],
          limits: { workBytes: 8 << 20 },
          ...(sessionId === undefined ? {} : { sessionId }),
        });
        assert.deepEqual([result.status, result.stdout], ['ok', `${8 << 20}\n`], told(result));
        assert.deepEqual(
          result.artifacts.map(({ bytes }) => bytes),
          [3 << 20],
        );
      });
    }

    it('more input than allowed is refused before anything runs', async () => {
      const result = await runCode(subject.executor, 'print("ran")', {
        files: [inputFile('a', new Uint8Array(2000))],
        limits: { inputBytes: 1000 },
      });
      assert.notEqual(result.status, 'ok');
      assert.equal(result.stdout, '');
      assert.match(result.message ?? '', /larger/);
    });

    it('an input file that cannot be read is told, and nothing runs', async () => {
      const gone = { name: 'gone.csv', bytes: 3, open: () => createReadStream('/no/such/file.csv') };
      const result = await runCode(subject.executor, 'print("ran")', { files: [gone] });
      assert.notEqual(result.status, 'ok');
      assert.equal(result.stdout, '');
      assert.match(result.message ?? '', /"gone\.csv" can't be read/, told(result));
    });

    it('what is written to outputs comes back, also when the program fails', async () => {
      const code =
        'import os\nopen("outputs/é.txt", "w").write("one")\nopen(os.environ["GLOVEBOX_OUTPUTS"] + "/two.csv", "w").write("a,b")\nopen("not-an-output.txt", "w").write("no")\nraise SystemExit(3)';
      const result = await runCode(subject.executor, code);
      assert.equal(result.exitCode, 3, told(result));
      assert.deepEqual(result.artifacts.map(({ name: file }) => file).sort(), ['two.csv', 'é.txt']);
      assert.equal(await artifactText(result, 'é.txt'), 'one');
      assert.equal(result.artifacts.find(({ name: file }) => file === 'two.csv')?.mime, 'text/csv');
    });

    it('links, pipes and hostile names do no harm', async () => {
      const result = await runCode(subject.executor, hostile);
      assert.equal(result.status, 'ok', told(result));
      const names = result.artifacts.map(({ name: file }) => file);
      for (const left of ['passwd.txt', 'root', 'loop', 'fifo', 'hard.txt'])
        assert.ok(!names.includes(left), left);
      assert.ok(names.includes('deep/er/f.txt') && names.includes('line\nbreak.txt'), names.join('|'));
      const folder = await realpath(path.dirname(result.artifacts[0]?.path ?? ''));
      const paths = result.artifacts.map((artifact) => artifact.path);
      assert.equal(new Set(paths.map((file) => file.toLowerCase())).size, paths.length);
      for (const file of paths) {
        assert.ok((await lstat(file)).isFile());
        const shown = path.relative(path.dirname(folder), await realpath(file));
        assert.ok(!shown.startsWith('..'), shown);
        assert.doesNotMatch(shown, /[\n\t;~\u202e]|(^|\/)con\.txt$/i);
        assert.ok(Buffer.byteLength(path.basename(file)) <= 255);
      }
      assert.ok(
        result.notices.some((notice) => /link/.test(notice)),
        told(result),
      );
    });

    it('a name too long to be told takes nothing else away', async () => {
      const code = `
open("outputs/a", "w").close()
try: open("outputs/" + "b" * 9000, "w").close()
except OSError: print("refused")
open("outputs/c", "w").close()`;
      const result = await runCode(subject.executor, code);
      assert.deepEqual(
        [result.status, result.artifacts.map(({ name: file }) => file)],
        ['ok', ['a', 'c']],
        told(result),
      );
      // Where there may be such a name, it is said what became of it.
      if (result.stdout !== 'refused\n') assert.match(result.notices.join(), /the name is too long/);
    });

    it('the outputs folder replaced by a link gives nothing', async () => {
      const code = 'import os\nos.rmdir("outputs")\nos.symlink("/etc", "outputs")';
      const result = await runCode(subject.executor, code);
      assert.deepEqual([result.status, result.artifacts], ['ok', []], told(result));
      assert.ok(result.notices.length > 0);
    });

    it('10,000 files and too many bytes are capped, and it is said', async () => {
      const many = await runCode(
        subject.executor,
        'for i in range(10_000): open(f"outputs/{i:05}", "w").close()',
        { limits: { artifactCount: 20 } },
      );
      assert.deepEqual([many.status, many.artifacts.length], ['ok', 20], told(many));
      assert.ok(
        many.notices.some((notice) => /too many/.test(notice)),
        told(many),
      );
      const large = await runCode(
        subject.executor,
        'open("outputs/big", "wb").write(bytes(3_000_000)); open("outputs/small", "w").write("s")',
        { limits: { artifactBytes: 1_000_000 } },
      );
      assert.deepEqual(
        large.artifacts.map(({ name: file }) => file),
        ['small'],
        told(large),
      );
      assert.ok(
        large.notices.some((notice) => /too large/.test(notice)),
        told(large),
      );
    });

    if (!guarantees.figures) {
      it('a package that is missing is named, with what to do', async () => {
        const result = await runCode(subject.executor, 'import matplotlib.pyplot');
        assert.equal(result.status, 'error', told(result));
        const notices = result.notices.filter((notice) => /matplotlib/.test(notice));
        assert.match(notices.join(), /can be fetched|install/i, told(result));
      });
      return;
    }
    it('pictures are saved without being asked for', async () => {
      const code =
        'import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\nplt.figure(); plt.plot([2, 1])\nplt.figure(); plt.plot([3]); plt.savefig("outputs/own.png")';
      const result = await runCode(subject.executor, code);
      assert.deepEqual(
        result.artifacts.map(({ name: file }) => file).sort(),
        ['figure-1.png', 'figure-2.png', 'own.png'],
        told(result),
      );
      const first = await artifactText(result, 'figure-1.png');
      assert.ok(first?.slice(1, 4) === 'PNG');
    });
  });
}
