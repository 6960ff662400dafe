import type { Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { Report } from '../core/finding.ts';
import { verdictOf } from '../core/finding.ts';
import type { CheckedText, Validator } from '../core/ports.ts';
import type { Language } from '../core/language.ts';
import { sightingsOfJudged } from './earlierCode.ts';
import type { ValidatorOptions } from './options.ts';
import { copyTree } from './parse/copyTree.ts';
import { editBetween } from './parse/edit.ts';
import { LineIndex } from './parse/lineIndex.ts';
import { Parsers, parseWithin } from './parse/parsers.ts';
import { maxSourceLength, readSource } from './parse/source.ts';
import type { Source } from './parse/source.ts';
import type { Check, Sighting, WrittenCode } from './sighting.ts';
import { toFindings } from './sighting.ts';
import { languageChecks } from './languages.ts';
import { writtenCodeOf } from './writtenCode.ts';

/** The validator, with the live texts of the preview. */
export interface LiveValidator extends Validator {
  openText(language: Language): Promise<CheckedText>;
  /** Loads the grammar ahead of the first check. */
  prepare(language: Language): Promise<void>;
  dispose(): Promise<void>;
}

interface Engine {
  readonly parser: Parser;
  readonly check: Check;
  readonly keep: ReadonlySet<string>;
}

const parseMilliseconds = 10_000;

/** The languages whose names live on from run to run of a session. */
const keepsState: ReadonlySet<Language> = new Set(['python']);

/** Makes a validator over the grammars in `options.wasmFolder`; nothing is loaded before the first check. */
export function createValidator(options: ValidatorOptions): LiveValidator {
  const parsers = new Parsers(options.wasmFolder);
  const engines = new Map<Language, Engine>();
  const engine = async (language: Language): Promise<Engine> => {
    const entry = languageChecks[language];
    const [parser, loaded] = await Promise.all([parsers.load(entry.grammar), entry.load()]);
    const made = { parser, ...loaded };
    engines.set(language, made);
    return made;
  };
  const lookAt = (
    source: Source,
    found: Engine,
    written: WrittenCode,
    judgedFrom = 0,
  ): readonly Sighting[] => {
    const tree = parseSource(found.parser, source);
    try {
      return inspect(source, tree, found, options, written, judgedFrom);
    } finally {
      tree?.delete();
    }
  };
  const writtenCode = (): WrittenCode =>
    writtenCodeOf((language, code, deeper) => {
      const found = engines.get(language);
      return found && lookAt(readSource(language, code), found, deeper);
    });
  return {
    async check(language, code, earlier = []) {
      try {
        const found = await engine(language);
        await Promise.all(startedBy(language, code).map(engine));
        const source = readSource(language, code);
        const written = writtenCode();
        if (!keepsState.has(language) || earlier.length === 0 || !source.readable)
          return reportOf(lookAt(source, found, written), source, options);
        const text = earlier.map((one) => `${readSource(language, one).text}\n`).join('');
        const before = { text, seen: lookAt(unjudged(text), found, written) };
        const together = { ...source, sightings: [], text: text + source.text };
        const sightings = sightingsOfJudged(lookAt(together, found, written, text.length), before);
        return reportOf([...source.sightings, ...sightings], source, options);
      } catch (error) {
        return failure(error);
      }
    },
    async openText(language) {
      const found = await engine(language);
      // What will be written there is not known yet.
      await Promise.all(startedBy(language, 'python node').map(engine));
      let old: { tree: Tree; text: string } | undefined;
      return {
        update(code) {
          try {
            const source = readSource(language, code);
            if (old) old.tree.edit(editBetween(old.text, source.text));
            const tree = parseSource(found.parser, source, old?.tree);
            old?.tree.delete();
            old = tree && { tree, text: source.text };
            return reportOf(inspect(source, tree, found, options, writtenCode()), source, options);
          } catch (error) {
            // The old tree may be edited already for a text that was never parsed: the next one is parsed whole.
            old?.tree.delete();
            old = undefined;
            return failure(error);
          }
        },
        close() {
          old?.tree.delete();
          old = undefined;
        },
      };
    },
    async prepare(language) {
      await engine(language);
    },
    dispose: () => parsers.dispose(),
  };
}

/** Languages of the programs that a script may start, and that are checked with it. */
function startedBy(language: Language, code: string): Language[] {
  if (language !== 'shell') return [];
  const started: Language[] = /\bpython/.test(code) ? ['python'] : [];
  return /\bnode/.test(code) ? [...started, 'javascript'] : started;
}

function unjudged(text: string): Source {
  return { text, sightings: [], readable: true };
}

/** The tree of a source that is text and short enough; undefined otherwise. */
function parseSource(parser: Parser, source: Source, old?: Tree): Tree | undefined {
  if (!source.readable || source.text.length > maxSourceLength) return undefined;
  return parseWithin(parser, source.text, parseMilliseconds, old);
}

function inspect(
  source: Source,
  tree: Tree | undefined,
  { check, keep }: Engine,
  options: ValidatorOptions,
  written: WrittenCode,
  judgedFrom = 0,
): readonly Sighting[] {
  const sightings: Sighting[] = [...source.sightings];
  // What is not text was refused already; there is nothing to parse.
  if (!source.readable) return sightings;
  if (tree === undefined) {
    sightings.push({
      rule: 'too-complex',
      start: 0,
      end: 0,
      message: 'The code is too long to be checked',
      route: [],
    });
  } else {
    const parsed = { ...copyTree(tree, source.text, keep), judgedFrom };
    if (parsed.error) {
      const { start, end, missing } = parsed.error;
      const message = missing === undefined ? 'This cannot be parsed' : `${missing} is missing here`;
      sightings.push({ rule: 'syntax', start, end, message, route: [] });
    }
    // Broken code is refused already; what else it reaches is still worth telling.
    for (const sighting of check(parsed, options, written)) sightings.push(sighting);
  }
  return sightings;
}

function reportOf(sightings: readonly Sighting[], source: Source, options: ValidatorOptions): Report {
  const findings = toFindings(sightings, new LineIndex(source.text), options);
  return { verdict: verdictOf(findings), findings };
}

/** Whatever goes wrong in here must refuse the code, never let it pass. */
function failure(error: unknown): Report {
  const message = `The check itself failed: ${error instanceof Error ? error.message : String(error)}`;
  const range = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
  return {
    verdict: 'block',
    findings: [{ rule: 'too-complex', severity: 'block', range, message, route: [] }],
  };
}
