import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { codeTitle } from '../../src/agent/codeTitle.ts';
import { checkedLanguageOf, languageOf, unknownEnding } from '../../src/cli/languageOf.ts';
import { guarantees, sandboxKinds } from '../../src/core/guarantees.ts';
import {
  codeFileName,
  labelsOf,
  languageOfEditor,
  languages,
  languagesOf,
  languageTable,
} from '../../src/core/language.ts';
import { unsuited } from '../../src/executors/unsuited.ts';
import { editorLanguages, runnableWhen } from '../../src/ui/run/languages.ts';
import { findCommand } from '../../scripts/setup/command.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The runner's table: how each language is called inside, and the endings that its files may keep. */
async function runnerTable(): Promise<Record<string, { interpreter: string; endings: string[] }>> {
  const print =
    'import json, sys; sys.path.insert(0, sys.argv[1]); import languages as l; ' +
    'print(json.dumps({n: {"interpreter": c[0], "endings": [e, *(s for s in l._SUFFIXES[n] if s != e)]} ' +
    'for n, (c, e) in l._INTERPRETERS.items()}))';
  const runner = path.join(root, 'sandbox/runner');
  const { stdout } = await promisify(execFile)('python3', ['-I', '-B', '-c', print, runner]);
  return JSON.parse(stdout) as Record<string, { interpreter: string; endings: string[] }>;
}

describe('the table of languages', () => {
  it('is what the runner in the sandboxes goes by', async function () {
    if ((await findCommand('python3')) === undefined) this.skip();
    // Python runs in the waiting worker itself, under the name that it is given.
    const wanted = languages
      .filter((language) => language !== 'python')
      .map((language) => {
        const { interpreter, endings } = languageTable[language];
        return [language, { interpreter, endings: [...endings] }] as const;
      });
    const inside = Object.entries(await runnerTable()).map(([name, { interpreter, endings }]) => [
      name,
      { interpreter: path.posix.basename(interpreter), endings },
    ]);
    assert.deepEqual(Object.fromEntries(inside), Object.fromEntries(wanted));
  });

  it('is what the table of guarantees tells people', () => {
    for (const kind of sandboxKinds) {
      const { how } = guarantees.languages.by[kind];
      const told = languages.filter((language) =>
        new RegExp(`\\b${languageTable[language].label}\\b`).test(how),
      );
      assert.deepEqual(told, languagesOf(kind), kind);
    }
  });

  it('is what the manifest says of the editor and of the tool for assistants', () => {
    const text = readFileSync(path.join(root, 'package.json'), 'utf8');
    const manifest = JSON.parse(text) as {
      readonly activationEvents: readonly string[];
      readonly contributes: { readonly languageModelTools: readonly { readonly inputSchema: unknown }[] };
    };
    const prefix = 'onLanguage:';
    const woken = manifest.activationEvents.filter((event) => event.startsWith(prefix));
    assert.deepEqual(woken.map((event) => event.slice(prefix.length)).sort(), editorLanguages.toSorted());
    const clauses = [...text.matchAll(/(?:editor|resource)LangId =~ \/\^\(([a-z|]+)\)\$\//g)];
    assert.ok(clauses.length > 5);
    for (const [clause, ids] of clauses) assert.equal(ids, editorLanguages.join('|'), clause);
    assert.match(runnableWhen, /^editorLangId =~ /);
    const schema = manifest.contributes.languageModelTools[0]?.inputSchema as {
      readonly properties: { readonly language: { readonly enum: readonly string[] } };
    };
    assert.deepEqual(schema.properties.language.enum, languages);
  });

  it('gives no ending and no language of the editor to two', () => {
    for (const all of [languages.flatMap((one) => languageTable[one].endings), editorLanguages])
      assert.equal(new Set(all).size, all.length);
    for (const one of languages) {
      for (const ending of languageTable[one].endings)
        assert.equal(languageOf(`a${ending.toUpperCase()}`), one);
      for (const id of languageTable[one].editorIds) assert.equal(languageOfEditor(id), one);
    }
    assert.deepEqual([languageOf('a.jsx'), checkedLanguageOf('a.jsx')], [undefined, 'javascript']);
    assert.equal(languageOfEditor('constructor'), undefined);
    assert.match(unknownEnding('a.rb').message, /^a\.rb: .* known are \.py, \.js, \.ts and \.sh\.$/);
  });

  it('names files of code, and leaves an ending that fits', () => {
    assert.equal(codeFileName('job.mts', 'typescript'), 'job.mts');
    assert.equal(codeFileName('job.py', 'shell'), 'job.py.sh');
    assert.equal(codeFileName('', 'javascript'), 'code.js');
    assert.equal(codeTitle('Count the rows!', 'shell'), 'count-the-rows.sh');
    assert.equal(codeTitle('数える', 'python'), 'code.py');
  });

  it('says where a language can run to who asked a sandbox that does not take it', () => {
    assert.equal(labelsOf(['shell']), 'shell');
    assert.equal(labelsOf([]), '');
    assert.equal(unsuited('javascript', 'wasm'), undefined);
    assert.match(
      unsuited('shell', 'wasm') ?? '',
      /embedded \(WebAssembly\)" runs Python and JavaScript, not shell; .* Choose docker \(Docker\) or process \(local process \(Linux\)\) as the sandbox\.$/,
    );
  });
});
