import assert from 'node:assert/strict';
import { kindNames } from '../../src/core/guarantees.ts';
import { languages, languageTable, type Language } from '../../src/core/language.ts';
import { inputFile, runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

interface Program {
  readonly code: string;
  readonly fails: string;
  readonly shows: RegExp;
  /** Reads standard input twice. */
  readonly again: string;
}

const readsAndWrites = `const fs = FS;
const text = fs.readFileSync('in.txt', 'utf8') + fs.readFileSync(0, 'utf8');
fs.writeFileSync('outputs/out.txt', text.toUpperCase());
console.log(text);
console.error('aside');
process.exitCode = 3;`;

const readsAgain = `const fs = FS;
const all = () => \`<\${fs.readFileSync(0, 'utf8')}>\`;
console.log(all() + all());`;

/** Python's are the other suites. */
type Other = Exclude<Language, 'python'>;

const programs: Readonly<Record<Other, Program>> = {
  shell: {
    code: 'cat in.txt -\ntr a-z A-Z < in.txt > outputs/out.txt\necho aside >&2\nexit 3',
    fails: 'set -e\ncat /no/such/file',
    shows: /No such file/,
    again: 'echo "<$(cat)><$(cat)>"',
  },
  javascript: {
    code: readsAndWrites.replace('FS', "require('node:fs')"),
    fails: "function f() { throw new Error('why'); }\nf();",
    shows: /program\.js:1[\s\S]*Error: why/,
    again: readsAgain.replace('FS', "require('node:fs')"),
  },
  typescript: {
    code: `import * as fsModule from 'node:fs';\n${readsAndWrites.replace('FS', 'fsModule as typeof fsModule')}`,
    fails: "const f = (why: string): never => { throw new Error(why); };\nf('why');",
    shows: /Error: why[\s\S]*program\.ts:1/,
    again: `import * as fsModule from 'node:fs';\n${readsAgain.replace('FS', 'fsModule')}`,
  },
};

/** Other languages go the same way as Python. */
export function languagesContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  const others = languages.filter((language) => language !== 'python');
  const runsHere = (language: Other): boolean => languageTable[language].sandboxes.includes(guarantees.kind);
  describe(`${name}: languages`, function () {
    // The first use of a language may build its image.
    this.timeout(guarantees.patienceSeconds * 1000 * 3);
    const subject = subjectForSuite(makeSubject);

    for (const language of others.filter((one) => !runsHere(one))) {
      it(`${language}: is refused, and which sandboxes take it is said`, async () => {
        const result = await runCode(subject.executor, programs[language].code, { language });
        assert.deepEqual([result.status, result.stdout], ['unavailable', ''], told(result));
        const { label, sandboxes } = languageTable[language];
        const message = result.message ?? '';
        assert.ok(message.includes(`not ${label}; nothing was run`), message);
        for (const kind of sandboxes.filter((one) => one !== 'gvisor'))
          assert.ok(message.includes(`${kind} (${kindNames[kind]})`), message);
      });
    }

    for (const language of others.filter(runsHere)) {
      const { code, fails, shows, again } = programs[language];
      it(`${language}: files, stdin, both outputs, artifacts and the exit code`, async () => {
        const result = await runCode(subject.executor, code, {
          language,
          title: 'program',
          files: [inputFile('in.txt', 'from a file ')],
          stdin: 'and stdin',
        });
        assert.deepEqual([result.status, result.exitCode], ['error', 3], told(result));
        assert.equal(result.stdout.trim(), 'from a file and stdin');
        assert.equal(result.stderr, 'aside\n');
        assert.deepEqual(
          result.artifacts.map(({ name: file }) => file),
          ['out.txt'],
        );
      });

      it(`${language}: standard input has an end, however often it is read`, async () => {
        for (const stdin of ['text', undefined]) {
          const options = { language, title: 'program', ...(stdin === undefined ? {} : { stdin }) };
          const result = await runCode(subject.executor, again, options);
          assert.deepEqual([result.status, result.stdout.trim()], ['ok', `<${stdin ?? ''}><>`], told(result));
        }
      });

      it(`${language}: a failure says where`, async () => {
        const result = await runCode(subject.executor, fails, { language, title: 'program' });
        assert.equal(result.status, 'error', told(result));
        assert.match(result.stderr, shows);
      });
    }
  });
}
